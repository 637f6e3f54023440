import * as z from 'zod';
import { instant, number, Ref, verb } from '#kernel/contract.ts';

const Feed = z
  .object({
    id: z.uuid(),
    /** Null: everything the person is on call for. */
    rota: Ref.nullable(),
    /** Whoever knows it can read who is on call when, so it is shown to its owner only. */
    url: z.string(),
    createdAt: instant,
    /** When a program last read it, to within an hour; null when none did. */
    readAt: instant.nullable(),
  })
  .meta({ id: 'RotaFeed' });
const Feeds = z.object({ items: z.array(Feed) });

/** Calendars to subscribe to (iCalendar), of a rota or of everything one is on call for. */
export const feedVerbs = {
  feeds: verb('GET /me/calendars', { can: 'rotas.read', about: 'list my calendar addresses', output: Feeds }),
  addFeed: verb('POST /me/calendars', {
    can: 'rotas.read',
    about: 'make a calendar address, of a rota or of all my shifts; one that is there already is answered again',
    input: { rota: number.optional() },
    output: Feeds,
  }),
  removeFeed: verb('POST /me/calendars/{id}/remove', { can: 'rotas.read', about: 'remove a calendar address: it answers nobody any more', input: { id: z.uuid() }, output: Feeds }),
};
