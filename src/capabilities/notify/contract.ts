import * as z from 'zod';
import { contract, mayOf, number, page, pageInput, title, verb, version } from '#kernel/contract.ts';
import { Accounts, provider } from './contract/providers.ts';
import { addable, Contact, HoursShape, Notification, Rule, shareable, SharedChannel, urgency } from './contract/shapes.ts';

export type { ChannelName, Contact, Notification, Urgency } from './contract/shapes.ts';

const Contacts = z.object({ contacts: z.array(Contact), rules: z.object({ high: z.array(Rule), low: z.array(Rule) }), quiet: z.array(HoursShape), warning: z.string().nullable() });
const rulesInput = z.array(Rule).min(1, 'Keep at least one rule, or nobody can reach you.').max(20);
const address = z.string().trim().min(3).max(2000);

export const notify = contract({
  name: 'notify',
  about: 'how each person is reached: contacts, personal rules, shared channels, and what was sent',
  permissions: { 'notify.own': 'viewer', 'notify.audit': 'viewer', 'notify.channels': 'viewer', 'notify.plan': 'lead', 'notify.release': 'admin', 'notify.providers': 'admin' },
  kinds: { channel: { prefix: 'CHN', word: 'channel', page: '/settings/channels' } },
  events: {
    'contact.added': 'added a contact',
    'contact.removed': 'removed a contact',
    'contact.verified': 'received a test',
    'contact.failed': 'could not be reached on a contact',
    'contact.disabled': 'turned a contact off by STOP',
    'contact.enabled': 'turned a contact on by START',
    'page.receipt': 'the provider says what became of a message',
    'contact.changed': 'changed a contact',
    'provider.changed': 'changed an account at a provider',
    'provider.asked': 'asked to test an account',
    'provider.tried': 'tested an account at a provider',
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
    verifyContact: verb('POST /me/contacts/{id}/verify', {
      can: 'notify.own',
      about: 'type in the code that a phone was sent',
      input: { id: z.string().max(60), code: z.string().trim().max(12) },
      output: Contacts,
    }),
    setHours: verb('POST /me/contacts/{id}/hours', {
      can: 'notify.own',
      about: 'say when a contact may be used for what can wait; none is always',
      input: { id: z.string().max(60), hours: z.array(HoursShape).max(14) },
      output: Contacts,
    }),
    setQuiet: verb('POST /me/quiet-hours', {
      can: 'notify.own',
      about: 'say when to be left alone by what can wait; pages of high urgency always come',
      input: { hours: z.array(HoursShape).max(14) },
      output: Contacts,
    }),
    pushKey: verb('GET /push-key', { can: 'notify.own', about: 'read the key by which browsers subscribe to push', output: z.object({ publicKey: z.string() }) }),
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
    providers: verb('GET /notification-providers', { can: 'notify.providers', about: "list the desk's accounts at providers, without their secrets", output: Accounts }),
    setProvider: verb('POST /notification-providers/{provider}', {
      can: 'notify.providers',
      about: 'set an account at a provider; a secret that is left out stays',
      input: {
        provider,
        baseUrl: z.string().max(300).optional(),
        account: z.string().max(100).optional(),
        token: z.string().max(400).optional(),
        from: z.string().max(40).optional(),
      },
      output: Accounts,
    }),
    removeProvider: verb('POST /notification-providers/{provider}/remove', {
      can: 'notify.providers',
      about: 'forget an account at a provider',
      input: { provider },
      output: Accounts,
    }),
    tryProvider: verb('POST /notification-providers/{provider}/test', {
      can: 'notify.providers',
      about: 'really ask the provider whether the account works; the result arrives live',
      input: { provider },
      output: z.object({ asked: z.boolean() }),
    }),
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
