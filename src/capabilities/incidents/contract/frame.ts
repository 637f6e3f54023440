import * as z from 'zod';
import { verb } from '#kernel/contract.ts';
import { Incident } from './shapes.ts';

export { Incident };

export const frameVerbs = {
  live: verb('GET /incidents/live', { can: 'incidents.read', about: 'list the incidents that run now, the worst first', output: z.object({ items: z.array(Incident) }) }),
};

/** The part of the contract that the frame of every page reads: the whole of it would be loaded before anything is seen. */
export const liveIncidents = { name: 'incidents', about: '', permissions: {}, kinds: {}, events: {}, verbs: frameVerbs } as const;
