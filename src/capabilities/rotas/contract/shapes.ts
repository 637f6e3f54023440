import * as z from 'zod';
import { by } from './frame.ts';
import { instant, mayOf, number, Ref, title } from '#kernel/contract.ts';
import { isZone } from '#kernel/zoned.ts';

/** A wall-clock time in the zone of the rota or layer: 2026-03-02T09:00. */
export const local = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/, 'Write a local time such as 2026-03-02T09:00.');
export const zone = z
  .string()
  .max(60)
  .regex(/^[A-Za-z_]+(\/[A-Za-z0-9_+-]+)*$/, 'Name an IANA time zone such as Europe/Berlin.')
  .refine(isZone, 'Name an IANA time zone such as Europe/Berlin.');

const WEEKDAYS = ['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su'] as const;
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Write a time of day such as 09:00.');

/** On these weekdays from one time of day to another; not later means over midnight, equal means 24 hours. A day is the one on which it begins. */
const Hours = z
  .object({ days: z.array(z.enum(WEEKDAYS)).min(1, 'Name at least one weekday.').max(7), from: clock, until: clock })
  .meta({ id: 'RotaHours', description: 'on these weekdays from one time of day to another; over midnight when it ends no later than it begins' });

const kind = z.enum(['hourly', 'daily', 'weekly', 'monthly']);
const turns = z.enum(['kept', 'calendar']);
const onHolidays = z.enum(['as usual', 'off', 'only']);

export const layerInput = {
  name: title.max(60),
  /** Higher wins where layers cover the same time; equal ones are on call together. */
  priority: z.number().int().min(0).max(100).default(0),
  kind,
  /** Units of `kind` per shift. */
  length: z.number().int().min(1).max(400).default(1),
  /** One handover, on the clock of the layer. */
  start: local,
  /** Where its clock stands; without one, that of the rota. */
  zone: zone.optional(),
  /** In turn; a list is a group on call together, an empty list a turn in which nobody is. */
  people: z
    .array(z.union([number, z.array(number).max(20)]))
    .min(1, 'Name at least one person.')
    .max(60)
    .refine((list) => list.some((one) => one.length > 0), 'Name at least one person.'),
  /** When it is on call at all; empty is always. */
  hours: z.array(Hours).max(50).default([]),
  /** `kept`: a period wholly outside of the hours uses up no turn. */
  turns: turns.default('kept'),
  /** People of a shadow layer are told beside those on call, never instead of them. */
  shadow: z.boolean().default(false),
  from: local.optional(),
  until: local.optional(),
  onHolidays: onHolidays.default('as usual'),
};

export const Layer = z
  .object({
    id: z.uuid(),
    name: z.string(),
    priority: z.number().int(),
    kind,
    length: z.number().int(),
    start: local,
    /** Null: that of the rota. */
    zone: z.string().nullable(),
    people: z.array(z.array(Ref)),
    hours: z.array(Hours),
    turns,
    shadow: z.boolean(),
    from: local.nullable(),
    until: local.nullable(),
    onHolidays,
    /** Since when it stands so, when it was changed or added later; the past stays as it was. */
    fromAt: instant.nullable(),
    untilAt: instant.nullable(),
    /** Which group the shift at `start` belongs to: 0 is the first. A change keeps whoever is on call. */
    firstTurn: z.number().int(),
  })
  .meta({ id: 'RotaLayer' });

export const overrideKind = z.enum(['replace', 'add', 'remove']);

export const Override = z
  .object({
    id: z.uuid(),
    kind: overrideKind,
    /** Who comes; null: nobody. */
    person: Ref.nullable(),
    /** In whose place, or who is removed; null: everybody. */
    instead: Ref.nullable(),
    layerId: z.uuid().nullable(),
    fromLocal: local,
    untilLocal: local,
    from: instant,
    until: instant,
    note: z.string(),
    /** A later change is done to what the earlier ones left. */
    madeAt: instant,
  })
  .meta({ id: 'RotaOverride' });

export const Shift = z
  .object({
    from: instant,
    until: instant,
    people: z.array(Ref),
    by,
    layerId: z.uuid().nullable(),
    /** The request that concerns it, open or taken; while it is open whoever asked stays on call. */
    swapId: z.uuid().nullable(),
  })
  .meta({ id: 'Shift' });

const swapState = z.enum(['open', 'taken', 'past due', 'withdrawn']);

export const Swap = z
  .object({
    id: z.uuid(),
    rota: Ref,
    by: Ref.nullable(),
    /** Who is asked; null: anybody. */
    to: Ref.nullable(),
    fromLocal: local,
    untilLocal: local,
    from: instant,
    until: instant,
    /** The shift of the taker that whoever asked takes over in return. */
    inReturn: z.object({ from: instant, until: instant }).nullable(),
    note: z.string(),
    state: swapState,
    takenBy: Ref.nullable(),
    takenAt: instant.nullable(),
    may: mayOf('take', 'withdraw'),
  })
  .meta({ id: 'ShiftSwap' });

export const Temporary = z
  .object({
    id: z.uuid(),
    from: instant,
    until: instant,
    shifts: z.array(z.object({ person: Ref.nullable(), from: instant, until: instant })),
    note: z.string(),
    madeAt: instant,
  })
  .meta({ id: 'TemporaryShifts' });

export const absenceKind = z.enum(['leave', 'sick', 'training', 'other']);

export const Absence = z
  .object({
    id: z.uuid(),
    person: Ref.nullable(),
    /** Why; null when it is not for the viewer to know: they and leads see it. */
    kind: absenceKind.nullable(),
    zone: z.string(),
    fromLocal: local,
    untilLocal: local,
    from: instant,
    until: instant,
    note: z.string(),
  })
  .meta({ id: 'Absence' });

/** Somebody who could take a shift, or could not, and why. */
export const Candidate = z.object({ person: Ref, able: z.boolean(), hoursLately: z.number(), reasons: z.array(z.string()) }).meta({ id: 'CoverCandidate' });

export const Calendar = z
  .object({ id: z.uuid(), name: z.string(), url: z.string().nullable(), days: z.number().int(), readAt: instant.nullable(), trouble: z.string().nullable() })
  .meta({ id: 'HolidayCalendar' });

export const Rota = z
  .object({
    id: z.uuid(),
    number: z.string(),
    name: z.string(),
    about: z.string(),
    zone: z.string(),
    team: Ref.nullable(),
    /** Whose holidays it keeps. */
    calendarId: z.uuid().nullable(),
    version: z.number().int(),
    layers: z.array(Layer),
  })
  .meta({ id: 'Rota' });
