import * as z from 'zod';
import { contract, flag, instant, Ref, verb } from '#kernel/contract.ts';
import { Incident } from '#capabilities/incidents/contract/frame.ts';

export const scope = z.enum(['mine', 'teams', 'everyone']);
export type Scope = z.infer<typeof scope>;

export const Need = z
  .object({
    key: z.string(),
    state: z.enum(['critical', 'warning', 'unknown', 'info']),
    record: Ref.nullable(),
    title: z.string(),
    reasons: z.array(z.object({ words: z.string(), record: Ref.nullable() })),
    dueAt: instant.nullable(),
    dueWords: z.string().nullable(),
    /** `verb` is what the button runs at once; null when it only opens `href`. */
    action: z.object({ verb: z.string().nullable(), label: z.string(), number: z.string().nullable(), href: z.string() }),
    score: z.number().int(),
    scoreParts: z.array(z.object({ words: z.string(), points: z.number().int() })),
  })
  .meta({ id: 'Need' });
export type Need = z.infer<typeof Need>;

const OnCallLine = z.object({ rota: Ref, team: Ref.nullable(), people: z.array(Ref), until: instant.nullable(), next: z.array(Ref), nextAt: instant.nullable() });

export const watch = contract({
  name: 'watch',
  about: 'what needs attention now, ranked and with reasons',
  permissions: { 'watch.read': 'viewer' },
  kinds: {},
  events: {},
  verbs: {
    needs: verb('GET /watch/needs', {
      can: 'watch.read',
      about: 'list what needs me, my teams or everyone, the most urgent first',
      input: { scope: scope.default('mine') },
      output: z.object({
        items: z.array(Need),
        counts: z.object({ mine: z.number().int(), teams: z.number().int(), everyone: z.number().int() }),
        /** How many pages wait for my answer. */
        pagesWaiting: z.number().int(),
        /** Lines beyond the first 200. */
        moreCount: z.number().int(),
      }),
    }),
    counts: verb('GET /watch/counts', {
      can: 'watch.read',
      about: 'count what the rail shows: what needs me, live incidents, open alerts that people are told of, those that belong together as one (at most 1000)',
      output: z.object({ needs: z.number().int(), pages: z.number().int(), liveIncidents: z.number().int(), openAlerts: z.number().int() }),
    }),
    today: verb('GET /watch/today', {
      can: 'watch.read',
      about: 'show live incidents, who is on call, what changed in a day and what comes in seven',
      input: { mineOnly: flag.default(false) },
      output: z.object({
        live: z.array(Incident),
        onCall: z.array(OnCallLine),
        changed: z.array(z.object({ id: z.uuid(), at: instant, did: z.string(), words: z.string(), record: Ref.nullable(), actor: Ref.nullable(), via: z.string() })),
        /** Another page of changes exists in the timeline of each record. */
        changedMore: z.boolean(),
        next: z.array(
          z.object({ at: instant, kind: z.enum(['handover', 'clock change', 'action due', 'review due']), words: z.string(), record: Ref.nullable(), allDay: z.boolean() }),
        ),
      }),
    }),
  },
});
