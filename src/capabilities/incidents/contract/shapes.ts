import * as z from 'zod';
import { instant, mayOf, number, Ref } from '#kernel/contract.ts';

export const SEVERITIES = ['SEV1', 'SEV2', 'SEV3', 'SEV4'] as const;
export const STAGES = ['declared', 'investigating', 'mitigating', 'monitoring', 'resolved'] as const;
export const ROLES = ['commander', 'operations', 'communication', 'scribe'] as const;
export const severity = z.enum(SEVERITIES);
export const stage = z.enum(STAGES);
export const incidentRole = z.enum(ROLES);
export type Severity = z.infer<typeof severity>;
export type Stage = z.infer<typeof stage>;
export type IncidentRole = z.infer<typeof incidentRole>;

/** `tested`: what we tried and saw. `changed`: what we changed. `unknown`: an open question. `decision`: what was decided and why. */
export const noteKind = z.enum(['tested', 'changed', 'unknown', 'decision']);
export const noteResult = z.enum(['good', 'critical', 'info', 'unknown']);
export const personOrMe = z.union([z.literal('me'), number]);
export const line = z.string().trim().min(1, 'Write something first.').max(500);

export const Incident = z
  .object({
    id: z.uuid(),
    number: z.string(),
    title: z.string(),
    severity,
    stage,
    service: Ref.nullable(),
    team: Ref.nullable(),
    roles: z.object({ commander: Ref.nullable(), operations: Ref.nullable(), communication: Ref.nullable(), scribe: Ref.nullable() }),
    /** Also here: people who joined and hold no role. */
    participants: z.array(Ref),
    declaredAt: instant,
    stageSince: instant,
    resolvedAt: instant.nullable(),
    resolution: z.string(),
    /** Minutes between two updates; null when none are due. `everyMinutes` is the incident's own setting, null for that of its severity. */
    cadenceMinutes: z.number().int().nullable(),
    everyMinutes: z.number().int().nullable(),
    /** When the next update is due; null when none is. */
    updateDueAt: instant.nullable(),
    updatedAt: instant.nullable(),
    restricted: z.boolean(),
    /** Run for practice: told to nobody outside, counted apart. */
    practice: z.boolean(),
    version: z.number().int(),
  })
  .meta({ id: 'Incident' });
export type Incident = z.infer<typeof Incident>;

export const Meaning = z.object({ text: z.string(), revision: z.number().int(), by: Ref.nullable(), at: instant }).meta({ id: 'IncidentMeaning' });
export type Meaning = z.infer<typeof Meaning>;

export const Update = z.object({ id: z.uuid(), text: z.string(), stage, by: Ref.nullable(), at: instant }).meta({ id: 'IncidentUpdate' });
export type Update = z.infer<typeof Update>;

export const Note = z
  .object({
    id: z.uuid(),
    kind: noteKind,
    result: noteResult,
    text: z.string(),
    answer: z.string(),
    by: Ref.nullable(),
    at: instant,
    answeredBy: Ref.nullable(),
    answeredAt: instant.nullable(),
  })
  .meta({ id: 'IncidentNote' });
export type Note = z.infer<typeof Note>;

/** One line of the timeline with its text, whatever table that is kept in. */
export const TimelineEntry = z
  .object({
    id: z.uuid(),
    at: instant,
    did: z.string(),
    words: z.string(),
    /** What the filters of the page name: update, decision, note, comment, people's other acts, or the desk's own. */
    group: z.enum(['update', 'decision', 'note', 'comment', 'act', 'automatic']),
    text: z.string().nullable(),
    actor: Ref.nullable(),
    via: z.string(),
    /** The alert, person or check that the entry names. */
    record: Ref.nullable(),
    data: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'IncidentEntry' });
export type TimelineEntry = z.infer<typeof TimelineEntry>;

export const IncidentMay = mayOf(
  'update',
  'advance',
  'resolve',
  'reopen',
  'setSeverity',
  'assign',
  'join',
  'leave',
  'writeMeaning',
  'postUpdate',
  'setCadence',
  'addNote',
  'addAlert',
  'removeAlert',
  'restrict',
  'openReview',
);

export const IncidentPage = z
  .object({
    incident: Incident,
    meaning: Meaning.nullable(),
    updates: z.array(Update),
    notes: z.array(Note),
    alerts: z.array(Ref.extend({ joinedAt: instant })),
    review: Ref.nullable(),
    readers: z.array(Ref),
    may: IncidentMay,
  })
  .meta({ id: 'IncidentPage' });
export type IncidentPage = z.infer<typeof IncidentPage>;
