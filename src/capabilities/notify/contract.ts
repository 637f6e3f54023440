import * as z from 'zod';
import { contract, mayOf, number, page, pageInput, title, verb, version } from '#kernel/contract.ts';
import { addable, Contact, Notification, Rule, shareable, SharedChannel, urgency } from './contract/shapes.ts';

export { CHANNELS, type ChannelName, type Contact, type Notification, type Urgency } from './contract/shapes.ts';

const Contacts = z.object({ contacts: z.array(Contact), rules: z.object({ high: z.array(Rule), low: z.array(Rule) }), warning: z.string().nullable() });
const rulesInput = z.array(Rule).min(1, 'Keep at least one rule, or nobody can reach you.').max(20);
const address = z.string().trim().min(3).max(2000);

export const notify = contract({
  name: 'notify',
  about: 'how each person is reached: contacts, personal rules, shared channels, and what was sent',
  permissions: { 'notify.own': 'viewer', 'notify.audit': 'viewer', 'notify.channels': 'viewer', 'notify.plan': 'lead', 'notify.release': 'admin' },
  kinds: { channel: { prefix: 'CHN', word: 'channel', page: '/channels' } },
  events: {
    'contact.added': 'added a contact',
    'contact.removed': 'removed a contact',
    'contact.verified': 'received a test',
    'contact.failed': 'could not be reached on a contact',
    'rules.changed': 'changed the notification rules',
    'page.started': 'is being paged',
    'page.told': 'was told',
    'page.refused': 'could not be told',
    'page.brokenOff': 'was being told when the desk stopped; is told again',
    'page.unreachable': 'cannot be reached on any contact',
    'page.ended': 'the page ended',
    'notice.told': 'was told',
    'notice.refused': 'could not be told',
    'browser.shown': 'sent to open browsers',
    'contact.tested': 'asked for a test message',
    'channel.added': 'added the channel',
    'channel.changed': 'changed the channel',
    'channel.retired': 'retired the channel',
    'channel.tested': 'asked for a test message',
    'channel.verified': 'received a test',
    'channel.failed': 'could not be reached',
    'post.told': 'was told to the channel',
    'post.refused': 'could not be told to the channel',
  },
  verbs: {
    contacts: verb('GET /me/contacts', { can: 'notify.own', about: 'list my contacts and rules', output: Contacts }),
    addContact: verb('POST /me/contacts', {
      can: 'notify.own',
      about: 'add a contact; a test message proves it',
      input: { channel: addable, label: z.string().trim().min(1).max(60), address },
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
      about: 'say on which contact to be told when, per urgency',
      input: { urgency: urgency.default('high'), rules: rulesInput },
      output: Contacts,
    }),
    channels: verb('GET /channels', { can: 'notify.channels', about: 'list the channels that several people read', input: { ...pageInput }, output: page(SharedChannel) }),
    getChannel: verb('GET /channels/{number}', {
      can: 'notify.channels',
      about: 'look at a channel',
      input: { number },
      output: z.object({ channel: SharedChannel, may: mayOf('update') }),
    }),
    createChannel: verb('POST /channels', {
      can: 'notify.plan',
      about: 'add a channel that several people read; test it afterwards',
      input: { name: title, channel: shareable, address, team: number.nullable().default(null) },
      output: SharedChannel,
    }),
    updateChannel: verb('POST /channels/{number}', {
      can: 'notify.plan',
      about: 'change the name or the address of a channel',
      input: { number, version, name: title.optional(), address: address.optional(), team: number.nullable().optional() },
      output: SharedChannel,
    }),
    retireChannel: verb('POST /channels/{number}/retire', {
      can: 'notify.plan',
      about: 'retire a channel: nothing is posted to it any more',
      input: { number, version },
      output: SharedChannel,
    }),
    testChannel: verb('POST /channels/{number}/test', {
      can: 'notify.plan',
      about: 'really post a test message; its result arrives live',
      input: { number },
      output: z.object({ notification: z.uuid() }),
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
