import * as z from 'zod';
import { instant, mayOf, number, page, pageInput, Ref, verb, version } from '#kernel/contract.ts';
import { Component } from './shapes.ts';

const kind = z.enum(['disagreement', 'duplicate', 'unseen', 'owner left', 'missing']);
const count = z.number().int();

/** A question that the catalog asks: two that do not agree, or something that lacks an answer. */
export const Card = z
  .object({
    id: z.uuid(),
    kind,
    record: Ref,
    other: Ref.nullable(),
    sentence: z.string(),
    /** Who says what; `import` null is the record itself. */
    says: z.array(z.object({ import: Ref.nullable(), value: z.string(), lastSeen: instant.nullable() })),
    /** What `answerCard` takes here. */
    choices: z.array(z.object({ choice: z.string(), label: z.string() })),
    state: z.enum(['open', 'ignored', 'settled']),
    ignoredUntil: instant.nullable(),
    foundAt: instant,
    settledAt: instant.nullable(),
    settledHow: z.string(),
    /** Why the viewer cannot answer it, or null. */
    refused: z.string().nullable(),
  })
  .meta({ id: 'CatalogCard' });
export type Card = z.infer<typeof Card>;

export const inboxVerbs = {
  inbox: verb('GET /catalog/inbox', {
    can: 'catalog.read',
    about: 'list the questions that the catalog asks, oldest first',
    input: { ...pageInput, kind: kind.optional(), state: z.enum(['open', 'ignored', 'settled']).default('open'), about: number.optional() },
    output: page(Card).extend({ counts: z.array(z.object({ kind, open: count })) }),
  }),
  answerCard: verb('POST /catalog/inbox/{id}/answer', {
    can: 'catalog.write',
    about: 'answer a question of the catalog with one of its choices',
    input: { id: z.uuid(), choice: z.string().max(60), team: number.optional() },
    output: Card,
  }),
  ignoreCard: verb('POST /catalog/inbox/{id}/ignore', {
    can: 'catalog.write',
    about: 'leave a question of the catalog alone until a time',
    input: { id: z.uuid(), until: instant, reason: z.string().trim().min(3, 'Say why in a few words.').max(300) },
    output: Card,
  }),
  checkInbox: verb('POST /catalog/inbox/check', { can: 'catalog.write', about: 'look for questions now instead of within the hour', output: z.object({ asked: z.boolean() }) }),
  mergeComponents: verb('POST /components/{number}/merge', {
    can: 'catalog.write',
    about: 'say that another component is this one; its links, dependencies and sources move here, its history stays',
    input: { number, version, other: number },
    output: z.object({ component: Component, may: mayOf('updateComponent') }),
  }),
} as const;
