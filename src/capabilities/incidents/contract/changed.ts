import * as z from 'zod';
import { instant, number, Ref, verb } from '#kernel/contract.ts';
import { severity } from './shapes.ts';

const Reason = z.object({ speaks: z.enum(['for', 'against']), words: z.string() }).meta({ id: 'SuspectReason' });

export const Suspect = z
  .object({
    key: z.string(),
    at: instant,
    kind: z.enum(['deployment', 'configuration', 'import', 'maintenance']),
    title: z.string(),
    record: Ref.nullable(),
    by: Ref.nullable(),
    link: z.string().nullable(),
    /** 0 to 1: nearness in the graph × closeness in time × risk of the kind. */
    score: z.number(),
    likely: z.enum(['likely', 'possible', 'unclear']),
    reasons: z.array(Reason),
    /** What somebody said of it; null: nobody has yet. */
    verdict: z.object({ was: z.boolean(), by: Ref.nullable(), at: instant }).nullable(),
  })
  .meta({ id: 'Suspect' });
export type Suspect = z.infer<typeof Suspect>;

/** An incident of before that is like another, and what ended it. */
const SimilarIncident = z
  .object({
    incident: Ref,
    severity,
    resolvedAt: instant.nullable(),
    resolution: z.string(),
    /** 0 to 1. */
    score: z.number(),
    reasons: z.array(z.string()),
  })
  .meta({ id: 'SimilarIncident' });

/** What was changed at and near the service before an incident, the most suspect first. */
export const changedVerbs = {
  changed: verb('GET /incidents/{number}/changed', {
    can: 'incidents.read',
    about: 'list what was changed at and near the service before an incident, the most suspect first, each with its reasons',
    input: { number, hours: z.coerce.number().int().min(1).max(168).default(24), hops: z.coerce.number().int().min(0).max(5).default(3) },
    output: z.object({
      items: z.array(Suspect),
      /** Changes found; more than are listed when there are many. */
      found: z.number().int(),
      /** Since when it fails: the first alert of the incident, else its declaration. */
      firstFailure: instant,
      /** Why nothing can be said, or null. */
      because: z.string().nullable(),
    }),
  }),
  similar: verb('GET /incidents/{number}/similar', {
    can: 'incidents.read',
    about: 'list incidents of before that are like this one, with what ended each',
    input: { number },
    output: z.object({ items: z.array(SimilarIncident) }),
  }),
  judgeChange: verb('POST /incidents/{number}/changed', {
    can: 'incidents.run',
    about: 'say that a change was the cause, or was not; null takes it back',
    input: { number, key: z.string().min(1).max(200), was: z.boolean().nullable() },
    output: z.object({ verdict: Suspect.shape.verdict }),
  }),
};
