import * as z from 'zod';
import { contract, flag, instant, many, mayOf, number, page, pageInput, Ref, text, title, verb, version } from '#kernel/contract.ts';

export const actionState = z.enum(['open', 'done', 'dropped']);
export const priority = z.enum(['high', 'normal', 'low']);
/** A calendar day: 2026-03-02. */
export const day = z.iso.date('Write a day such as 2026-03-02.').refine((text) => text >= '2000-01-01' && text < '2200-01-01', 'Write a day between 2000 and 2199.');
const reason = z.string().trim().min(1, 'Say why, in a few words.').max(500);
/** A person's number, or `me`. */
const personOrMe = z.union([z.literal('me'), number]);

/** What somebody promised to do. Overdue from the day after `dueOn`, in UTC. */
export const FollowUp = z
  .object({
    id: z.uuid(),
    number: z.string(),
    title: z.string(),
    detail: z.string(),
    about: Ref.nullable(),
    owner: Ref.nullable(),
    team: Ref.nullable(),
    dueOn: z.string().nullable(),
    priority,
    state: actionState,
    reason: z.string(),
    openedAt: instant,
    closedAt: instant.nullable(),
    overdue: z.boolean(),
    version: z.number().int(),
  })
  .meta({ id: 'FollowUp' });
export type FollowUp = z.infer<typeof FollowUp>;

export const followups = contract({
  name: 'followups',
  about: 'actions: what somebody promised to do, by when',
  permissions: { 'followups.read': 'viewer', 'followups.write': 'responder' },
  kinds: { action: { prefix: 'ACT', word: 'action', page: '/actions/{number}' } },
  events: {
    'action.created': 'made the action',
    'action.changed': 'changed the action',
    'action.completed': 'completed the action',
    'action.dropped': 'dropped the action',
    'action.reopened': 'reopened the action',
    'action.reminded': 'reminded the owner',
    'action.overdue': 'is overdue; the owner was told',
  },
  verbs: {
    list: verb('GET /actions', {
      can: 'followups.read',
      about: 'list actions, the earliest due first',
      input: {
        ...pageInput,
        q: z.string().trim().max(100).optional(),
        state: many(actionState).optional(),
        owner: personOrMe.optional(),
        team: number.optional(),
        about: number.optional(),
        overdue: flag.optional(),
      },
      output: page(FollowUp),
    }),
    get: verb('GET /actions/{number}', {
      can: 'followups.read',
      about: 'look at an action',
      input: { number },
      output: z.object({ action: FollowUp, may: mayOf('update', 'complete', 'drop', 'reopen') }),
    }),
    create: verb('POST /actions', {
      can: 'followups.write',
      about: 'make an action',
      input: {
        title,
        detail: text.default(''),
        about: number.optional(),
        owner: personOrMe.optional(),
        team: number.optional(),
        dueOn: day.optional(),
        priority: priority.default('normal'),
      },
      output: FollowUp,
    }),
    update: verb('POST /actions/{number}', {
      can: 'followups.write',
      about: 'change an action: its words, owner, team, day or priority',
      input: {
        number,
        version,
        title: title.optional(),
        detail: text.optional(),
        owner: personOrMe.nullable().optional(),
        team: number.nullable().optional(),
        dueOn: day.nullable().optional(),
        priority: priority.optional(),
      },
      output: FollowUp,
    }),
    complete: verb('POST /actions/{number}/complete', {
      can: 'followups.write',
      about: 'say that an action is done',
      input: { number, version: version.optional() },
      output: FollowUp,
    }),
    drop: verb('POST /actions/{number}/drop', {
      can: 'followups.write',
      about: 'drop an action, with the reason',
      input: { number, version: version.optional(), reason },
      output: FollowUp,
    }),
    reopen: verb('POST /actions/{number}/reopen', { can: 'followups.write', about: 'take an action up again', input: { number, version: version.optional() }, output: FollowUp }),
  },
});
