import * as z from 'zod';
import { instant, Ref } from '#kernel/contract.ts';

export const CHANNELS = [
  'email',
  'browser',
  'push',
  'sms',
  'voice',
  'slack',
  'teams',
  'mattermost',
  'rocketchat',
  'discord',
  'telegram',
  'matrix',
  'ntfy',
  'gotify',
  'webhook',
] as const;
export const channel = z.enum(CHANNELS);
export type ChannelName = (typeof CHANNELS)[number];

/** What a person may add for themselves. */
export const addable = channel.exclude(['browser']);
/** What several people can read: a room, a group, an address of a machine. */
export const shareable = channel.exclude(['browser', 'push', 'sms', 'voice']);

export const urgency = z.enum(['high', 'low']);
export type Urgency = z.infer<typeof urgency>;

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Write a time of day such as 22:00.');
/** A window of local time; `until` not after `from` runs over midnight, equal is the whole day. */
export const HoursShape = z
  .strictObject({
    days: z
      .array(z.enum(['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su']))
      .min(1, 'Choose at least one day.')
      .max(7),
    from: clock,
    until: clock,
  })
  .meta({ id: 'Hours' });

/** A contact is `email` (the address of the profile), `browser` (this desk open in a browser), or one added by the person. */
export const Contact = z
  .object({
    id: z.string(),
    channel,
    label: z.string(),
    /** The address as far as it may be shown. */
    shown: z.string(),
    verifiedAt: instant.nullable(),
    builtIn: z.boolean(),
    /** Why it cannot be used now, or null. */
    trouble: z.string().nullable(),
    /** A code was sent to it that must be typed in. */
    awaitsCode: z.boolean(),
    /** When it may be used for what can wait; empty is always. */
    hours: z.array(HoursShape),
    failed: z.object({ at: instant, why: z.string() }).nullable(),
  })
  .meta({ id: 'Contact' });
export type Contact = z.infer<typeof Contact>;

export const Rule = z.object({ contact: z.string().max(60), delayMinutes: z.number().int().min(0).max(120) }).meta({ id: 'NotificationRule' });

export const Notification = z
  .object({
    id: z.uuid(),
    at: instant,
    /** Null when it went to a channel that several people read. */
    person: Ref.nullable(),
    about: Ref.nullable(),
    purpose: z.enum(['page', 'notice', 'test', 'post', 'outside']),
    channel,
    contact: z.string(),
    state: z.enum(['pending', 'sending', 'sent', 'failed', 'cancelled', 'bundled']),
    result: z.string(),
    attempt: z.number().int(),
    tookMs: z.number().int().nullable(),
    title: z.string(),
    /** What the provider told of it later: delivered, read, answered. */
    receipt: z.string().nullable(),
    /** Until when it waits for hours or limits, while it waits. */
    waitsUntil: instant.nullable(),
    /** How often the desk stopped in the middle of sending it: each may have sent it once more. */
    brokenOff: z.number().int(),
  })
  .meta({ id: 'Notification' });
export type Notification = z.infer<typeof Notification>;

/** A channel that several people read. */
export const SharedChannel = z
  .object({
    id: z.uuid(),
    number: z.string(),
    name: z.string(),
    channel,
    /** The address as far as it may be shown. */
    shown: z.string(),
    team: Ref.nullable(),
    verifiedAt: instant.nullable(),
    trouble: z.string().nullable(),
    version: z.number().int(),
  })
  .meta({ id: 'SharedChannel' });
