import * as z from 'zod';
import { contract, instant, number, Ref, verb } from '#kernel/contract.ts';

export const CHANNELS = ['email', 'browser', 'ntfy', 'webhook', 'slack'] as const;
export const channel = z.enum(CHANNELS);
export type ChannelName = (typeof CHANNELS)[number];

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
  })
  .meta({ id: 'Contact' });
export type Contact = z.infer<typeof Contact>;

export const Rule = z.object({ contact: z.string().max(60), delayMinutes: z.number().int().min(0).max(120) }).meta({ id: 'NotificationRule' });

export const Notification = z
  .object({
    id: z.uuid(),
    at: instant,
    person: Ref.nullable(),
    about: Ref.nullable(),
    purpose: z.enum(['page', 'notice', 'test']),
    channel,
    contact: z.string(),
    state: z.enum(['pending', 'sending', 'sent', 'failed', 'cancelled']),
    result: z.string(),
    attempt: z.number().int(),
    tookMs: z.number().int().nullable(),
    title: z.string(),
  })
  .meta({ id: 'Notification' });
export type Notification = z.infer<typeof Notification>;

const Contacts = z.object({ contacts: z.array(Contact), rules: z.array(Rule), warning: z.string().nullable() });

export const notify = contract({
  name: 'notify',
  about: 'how each person is reached: contacts, personal rules, and what was sent',
  permissions: { 'notify.own': 'viewer', 'notify.audit': 'viewer', 'notify.release': 'admin' },
  kinds: {},
  events: {
    'contact.added': 'added a contact',
    'contact.removed': 'removed a contact',
    'contact.verified': 'received a test',
    'contact.failed': 'could not be reached on a contact',
    'rules.changed': 'changed the notification rules',
    'page.started': 'is being paged',
    'page.told': 'was told',
    'page.refused': 'could not be told',
    'page.unreachable': 'cannot be reached on any contact',
    'page.ended': 'the page ended',
    'notice.told': 'was told',
    'notice.refused': 'could not be told',
    'browser.shown': 'sent to open browsers',
    'contact.tested': 'asked for a test message',
  },
  verbs: {
    contacts: verb('GET /me/contacts', { can: 'notify.own', about: 'list my contacts and rules', output: Contacts }),
    addContact: verb('POST /me/contacts', {
      can: 'notify.own',
      about: 'add a contact; a test message proves it',
      input: { channel: z.enum(['email', 'ntfy', 'webhook', 'slack']), label: z.string().trim().min(1).max(60), address: z.string().trim().min(3).max(500) },
      output: Contacts,
    }),
    removeContact: verb('POST /me/contacts/{id}/remove', {
      can: 'notify.own',
      about: 'remove a contact and the rules that use it',
      input: { id: z.string().max(60) },
      output: Contacts,
    }),
    test: verb('POST /me/contacts/{id}/test', {
      can: 'notify.own',
      about: 'really send a test message; its result arrives live',
      input: { id: z.string().max(60) },
      output: z.object({ notification: z.uuid() }),
    }),
    setRules: verb('POST /me/notification-rules', {
      can: 'notify.own',
      about: 'say on which contact to be told when',
      input: { rules: z.array(Rule).min(1, 'Keep at least one rule, or nobody can reach you.').max(20) },
      output: Contacts,
    }),
    sentAbout: verb('GET /records/{number}/notifications', {
      can: 'notify.audit',
      about: 'list who was told when about a record',
      input: { number },
      output: z.object({ items: z.array(Notification) }),
    }),
    mine: verb('GET /me/notifications', { can: 'notify.own', about: 'list what was sent to me lately', output: z.object({ items: z.array(Notification) }) }),
    held: verb('GET /notifications/held', {
      can: 'notify.release',
      about: 'list what waits because the desk was restored',
      output: z.object({ held: z.boolean(), items: z.array(Notification) }),
    }),
    release: verb('POST /notifications/release', {
      can: 'notify.release',
      about: 'let messages leave again after a restore',
      input: { dropWaiting: z.boolean().default(false) },
      output: z.object({ released: z.number().int(), dropped: z.number().int() }),
    }),
  },
});
