import * as z from 'zod';
import { compute, contract, instant, many, mayOf, number, page, pageInput, Ref, verb, version } from '#kernel/contract.ts';

export const muteKind = z.enum(['maintenance', 'mute']);
const state = z.enum(['coming', 'active', 'waiting', 'over']);
const reason = z.string().trim().min(1, 'Say why, in a few words.').max(200);
/** Instants that calendars are made for. */
const planned = instant.refine((text) => text >= '2000' && text < '2200', 'Choose a time between 2000 and 2199.');
const zone = z
  .string()
  .max(60)
  .regex(/^[A-Za-z_]+(\/[A-Za-z0-9_+-]+)*$/, 'Name an IANA time zone such as Europe/Berlin.');
const clock = z.string().max(5);
const range = z.strictObject({ from: z.number().int(), until: z.number().int() });
const ranges = z.array(range).max(20).default([]);

/** Texts such as `{service="shop", check=~"CHK-.*"}`: any of them suffices, within one all labels must match. */
const matchers = z.array(z.string().max(2000)).min(1, 'Say what is kept silent: choose a service, a check or labels.').max(50);
const remindMinutes = z.number().int().min(1).max(10_080).nullable();

/** Weekdays are 1 (Monday) to 7 (Sunday); none named is every day. */
const weekly = z.strictObject({ start: clock, minutes: z.number().int(), weekdays: z.array(z.number().int()).max(7).default([]), zone });
/** An empty field restricts nothing; days of the month may count from its end, -1 is the last. */
const interval = z.strictObject({
  times: z
    .array(z.strictObject({ from: clock, until: clock }))
    .max(20)
    .default([]),
  weekdays: ranges,
  daysOfMonth: ranges,
  months: ranges,
  years: ranges,
  zone,
});

/** One window; or what comes again, from an instant (now) until another (for ever). */
export const whenInput = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('window'), from: planned.optional(), until: planned }),
  z.strictObject({ kind: z.literal('weekly'), from: planned.optional(), until: planned.nullable().default(null), weekly }),
  z.strictObject({ kind: z.literal('intervals'), from: planned.optional(), until: planned.nullable().default(null), intervals: z.array(interval).min(1).max(10) }),
]);

const shownRange = z.object({ from: z.number().int(), until: z.number().int() });
export const ShownWhen = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('window'), from: instant, until: instant }),
    z.object({
      kind: z.literal('weekly'),
      from: instant,
      until: instant.nullable(),
      weekly: z.object({ start: z.string(), minutes: z.number().int(), weekdays: z.array(z.number().int()), zone: z.string() }),
    }),
    z.object({
      kind: z.literal('intervals'),
      from: instant,
      until: instant.nullable(),
      intervals: z.array(
        z.object({
          times: z.array(z.object({ from: z.string(), until: z.string() })),
          weekdays: z.array(shownRange),
          daysOfMonth: z.array(shownRange),
          months: z.array(shownRange),
          years: z.array(shownRange),
          zone: z.string(),
        }),
      ),
    }),
  ])
  .meta({ id: 'MuteWhen' });
export type ShownWhen = z.infer<typeof ShownWhen>;

const Occurrence = z.object({ from: instant, until: instant });

export const Mute = z
  .object({
    id: z.uuid(),
    number: z.string(),
    reason: z.string(),
    /** `maintenance` counts neither way in uptime; `mute` only silences. */
    kind: muteKind,
    /** `waiting`: it comes again, and is between two of its windows. */
    state,
    matchers: z.array(z.string()),
    when: ShownWhen,
    /** When its times come again, in words: "each Monday 22:00–23:30, Europe/Berlin". */
    pattern: z.string().nullable(),
    /** The window that runs or comes next. */
    next: Occurrence.nullable(),
    by: Ref.nullable(),
    remindMinutes: z.number().int().nullable(),
    endedByHand: z.boolean(),
    /** The one that it continues with other labels or times. */
    continues: Ref.nullable(),
    openedAt: instant,
    version: z.number().int(),
  })
  .meta({ id: 'Mute' });
export type Mute = z.infer<typeof Mute>;

/** What would be kept silent, by kind: the services, the checks, the alerts that are open now. */
const Affected = z.object({ kind: z.string(), count: z.number().int(), examples: z.array(Ref) });

export const mutes = contract({
  name: 'mutes',
  about: 'what is kept silent, from when until when, and why: maintenance and mutes',
  permissions: { 'mutes.read': 'viewer', 'mutes.write': 'responder', 'mutes.long': 'lead' },
  kinds: { mute: { prefix: 'MUT', word: 'mute', page: '/mutes/{number}' } },
  events: {
    'mute.created': 'made the mute',
    'mute.changed': 'changed the mute',
    'mute.ended': 'ended the mute',
    'mute.began': 'began to silence',
    'mute.over': 'no longer silences',
    'mute.reminded': 'reminded its maker of the end',
  },
  verbs: {
    list: verb('GET /mutes', {
      can: 'mutes.read',
      about: 'list mutes and maintenance, the newest first',
      input: { ...pageInput, q: z.string().trim().max(100).optional(), state: many(state).optional(), kind: many(muteKind).optional() },
      output: page(Mute),
    }),
    calendar: verb('GET /mutes/calendar', {
      can: 'mutes.read',
      about: 'list the windows of mutes between two instants, at most 62 days',
      input: { from: planned, until: planned },
      output: z.object({
        items: z.array(z.object({ number: z.string(), reason: z.string(), kind: muteKind, from: instant, until: instant })),
        /** Windows beyond the first 2000 are left out. */
        isCut: z.boolean(),
      }),
    }),
    get: verb('GET /mutes/{number}', {
      can: 'mutes.read',
      about: 'look at a mute, its next windows and what it keeps silent',
      input: { number },
      output: z.object({
        mute: Mute,
        windows: z.array(Occurrence),
        affected: z.array(Affected),
        /** The mute that took its place, if one did. */
        continuedBy: Ref.nullable(),
        may: mayOf('update', 'extend', 'end'),
      }),
    }),
    preview: compute('POST /mutes/preview', {
      can: 'mutes.read',
      about: 'show the next windows and what would be kept silent, before it is made',
      input: { matchers: z.array(z.string().max(2000)).max(50).default([]), when: whenInput.optional() },
      output: z.object({
        windows: z.array(Occurrence),
        affected: z.array(Affected),
        /** Why the times or the labels would be refused, or null. */
        whenRefused: z.string().nullable(),
        matchersRefused: z.string().nullable(),
      }),
    }),
    create: verb('POST /mutes', {
      can: 'mutes.write',
      about: 'keep something silent; longer than 24 hours or again and again needs a lead',
      input: { reason, kind: muteKind.default('mute'), matchers, when: whenInput, remindMinutes: remindMinutes.default(null) },
      output: Mute,
    }),
    update: verb('POST /mutes/{number}', {
      can: 'mutes.write',
      about: 'change a mute; one that has begun and silences something else is ended and continued by a new one',
      input: {
        number,
        version,
        reason: reason.optional(),
        kind: muteKind.optional(),
        matchers: matchers.optional(),
        when: whenInput.optional(),
        remindMinutes: remindMinutes.optional(),
      },
      output: Mute,
    }),
    extend: verb('POST /mutes/{number}/extend', {
      can: 'mutes.write',
      about: 'move the end of a mute',
      input: { number, version: version.optional(), until: planned },
      output: Mute,
    }),
    end: verb('POST /mutes/{number}/end', { can: 'mutes.write', about: 'end a mute now', input: { number, version: version.optional() }, output: Mute }),
  },
});
