import * as z from 'zod';
import { contract, flag, instant, many, number, page, pageInput, Ref, text, verb } from '../contract.ts';

/** Relations between records and the words of both directions. */
export const RELATIONS = {
  'caused by': 'caused',
  about: 'concerned by',
  'follows from': 'led to',
  'duplicate of': 'duplicated by',
  'part of': 'contains',
  'related to': 'related to',
} as const;
export const relation = z.enum(Object.keys(RELATIONS) as [keyof typeof RELATIONS, ...(keyof typeof RELATIONS)[]]);

export const Found = Ref.extend({
  state: z.enum(['open', 'archived']),
  openedAt: instant,
}).meta({ id: 'Found' });

export const Entry = z
  .object({
    id: z.uuid(),
    at: instant,
    did: z.string(),
    /** The event in words: "acknowledged the alert". */
    words: z.string(),
    actor: Ref.nullable(),
    via: z.string(),
    record: Ref.nullable(),
    data: z.record(z.string(), z.unknown()),
    /** The comment's text as it stands now, when the entry is one. */
    comment: z.object({ id: z.uuid(), body: z.string(), editedAt: instant.nullable() }).nullable(),
  })
  .meta({ id: 'Entry' });
export type Entry = z.infer<typeof Entry>;

export const Linked = z.object({ relation: z.string(), record: Ref }).meta({ id: 'Linked' });

export const Attachment = z
  .object({
    id: z.uuid(),
    name: z.string(),
    mediaType: z.string(),
    size: z.number().int(),
    at: instant,
    by: Ref.nullable(),
    href: z.string(),
  })
  .meta({ id: 'Attachment' });

export const records = contract({
  name: 'records',
  about: 'what all records have: search, timeline, comments, links, attachments, and the activity log',
  permissions: {
    'records.read': 'viewer',
    'records.comment': 'responder',
    'records.link': 'responder',
    'records.audit': 'admin',
  },
  kinds: {},
  events: {
    'record.commented': 'commented',
    'record.commentEdited': 'edited a comment',
    'record.linked': 'linked a record',
    'record.unlinked': 'removed a link',
    'record.attached': 'attached a file',
    'log.redacted': 'emptied the details of a log entry',
    'desk.released': 'let messages leave again after a restore',
  },
  verbs: {
    search: verb('GET /records/search', {
      can: 'records.read',
      about: 'find any record by number or words',
      input: { q: z.string().trim().min(1).max(200), kind: many(z.string()).optional(), archived: flag.default(false), limit: z.coerce.number().int().min(1).max(50).default(12) },
      output: z.object({ items: z.array(Found) }),
    }),
    get: verb('GET /records/{number}', { can: 'records.read', about: 'look up one record of any kind', input: { number }, output: Found }),
    timeline: verb('GET /records/{number}/timeline', {
      can: 'records.read',
      about: 'read what happened to a record, newest first',
      input: { number, ...pageInput },
      output: page(Entry),
    }),
    links: verb('GET /records/{number}/links', {
      can: 'records.read',
      about: 'list the records linked with a record',
      input: { number },
      output: z.object({ items: z.array(Linked) }),
    }),
    comment: verb('POST /records/{number}/comments', {
      can: 'records.comment',
      about: 'comment on a record',
      input: { number, body: text.min(1, 'Write something first.') },
      output: z.object({ id: z.uuid() }),
    }),
    editComment: verb('POST /comments/{id}/edit', {
      can: 'records.comment',
      about: 'correct an own comment; earlier wordings are kept',
      input: { id: z.uuid(), body: text.min(1, 'Write something first.') },
      output: z.object({ id: z.uuid() }),
    }),
    link: verb('POST /records/{number}/links', {
      can: 'records.link',
      about: 'link a record with another',
      input: { number, relation, to: number },
      output: z.object({ items: z.array(Linked) }),
    }),
    unlink: verb('POST /records/{number}/links/remove', {
      can: 'records.link',
      about: 'remove a link',
      input: { number, relation, to: number },
      output: z.object({ items: z.array(Linked) }),
    }),
    attachments: verb('GET /records/{number}/attachments', {
      can: 'records.read',
      about: 'list the files attached to a record',
      input: { number },
      output: z.object({ items: z.array(Attachment) }),
    }),
    activity: verb('GET /activity', {
      can: 'records.audit',
      about: 'read the activity log of the whole desk, newest first',
      input: { ...pageInput, did: many(z.string()).optional(), record: number.optional() },
      output: page(Entry),
    }),
    seals: verb('GET /activity/seals', {
      can: 'records.audit',
      about: 'verify the sealed part of the activity log',
      output: z.object({
        sound: z.boolean(),
        sentence: z.string(),
        seals: z.number().int(),
        sealedRows: z.number().int(),
        unsealedRows: z.number().int(),
        since: instant.nullable(),
        protectedByPrivilege: z.boolean(),
      }),
    }),
  },
});
