import * as z from 'zod';
import { instant, number, Ref, verb } from '#kernel/contract.ts';
import { nowVerbs } from './frame.ts';
import { Override, Shift, Swap, Temporary } from './shapes.ts';

/** Who is on call when: computed, never stored. */
export const calendarVerbs = {
  ...nowVerbs,
  shifts: verb('GET /rotas/{number}/shifts', {
    can: 'rotas.read',
    about: 'list who is paged in a window of at most 100 days, layer by layer and as the result',
    input: { number, from: instant, until: instant },
    output: z.object({
      result: z.array(Shift),
      layers: z.array(z.object({ layerId: z.uuid(), shifts: z.array(Shift) })),
      /** People who are told beside them and cover nothing. */
      shadows: z.array(Shift),
      overrides: z.array(Override),
      swaps: z.array(Swap),
      temporaries: z.array(Temporary),
      /** Of those who take part. */
      absences: z.array(z.object({ id: z.uuid(), person: Ref, from: instant, until: instant })),
      /** `absent`: who would be on call then and is away. */
      gaps: z.array(z.object({ from: instant, until: instant, absent: z.array(Ref) })),
      holidays: z.array(z.object({ day: z.iso.date(), name: z.string() })),
      coveredHours: z.number(),
      totalHours: z.number(),
    }),
  }),
  mine: verb('GET /rotas/mine', {
    can: 'rotas.read',
    about: 'list your shifts in a window of at most 100 days, over all rotas',
    input: { from: instant, until: instant },
    output: z.object({ items: z.array(z.object({ rota: Ref, from: instant, until: instant, shadow: z.boolean() })) }),
  }),
  handovers: verb('GET /rotas/{number}/handovers', {
    can: 'rotas.read',
    about: 'list the next handovers',
    input: { number, count: z.coerce.number().int().min(1).max(50).default(6) },
    output: z.object({ items: z.array(z.object({ at: instant, before: z.array(Ref), after: z.array(Ref) })) }),
  }),
};
