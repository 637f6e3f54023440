import * as z from 'zod';
import { ActionIssue, IssueTracker, newTracker } from './contract/trackers.ts';
import { contract, flag, instant, many, mayOf, number, page, pageInput, Ref, text, title, verb, version } from '#kernel/contract.ts';

export const actionState = z.enum(['open', 'done', 'dropped']);
export const KINDS = ['prevent', 'detect', 'mitigate', 'document'] as const;
/** What it is for: it happens no more, is seen earlier, harms less, or is known next time. */
export const actionKind = z.enum(KINDS);
/** Whether it helped; `open` while nobody can say, and again when the same factor comes back. */
export const helped = z.enum(['yes', 'no', 'open']);
export const priority = z.enum(['high', 'normal', 'low']);
/** A calendar day: 2026-03-02. */
export const day = z.iso.date('Write a day such as 2026-03-02.').refine((text) => text >= '2000-01-01' && text < '2200-01-01', 'Write a day between 2000 and 2199.');
const reason = z.string().trim().min(1, 'Say why, in a few words.').max(500);
const evidence = z.string().trim().min(1, 'Give the link or a few words that show that it is done.').max(1000);
const factor = z.string().trim().max(80);
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
    kind: actionKind,
    state: actionState,
    reason: z.string(),
    /** The link or note that shows that it is done. */
    evidence: z.string(),
    /** The contributing factor that it works against; empty when none was named. */
    factor: z.string(),
    helped,
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
  permissions: { 'followups.read': 'viewer', 'followups.write': 'responder', 'followups.trackers': 'lead' },
  kinds: { action: { prefix: 'ACT', word: 'action', page: '/actions/{number}' } },
  events: {
    'action.created': 'made the action',
    'action.changed': 'changed the action',
    'action.completed': 'completed the action',
    'action.dropped': 'dropped the action',
    'action.reopened': 'reopened the action',
    'action.reminded': 'reminded the owner',
    'action.overdue': 'is overdue; the owner and the lead were told',
    'action.judged': 'said whether it helped',
    'action.handedOn': 'handed the action to an issue tracker',
    'action.issueAsked': 'asked the issue tracker for an issue',
    'action.issueMade': 'An issue of the action was made',
    'action.issueFailed': 'The issue tracker did not take the action',
    'action.issueClosed': 'The issue of the action was closed',
    'tracker.added': 'added an issue tracker',
    'tracker.removed': 'removed an issue tracker',
    'action.recurred': 'The same factor came back; whether it helped is open again',
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
        kind: many(actionKind).optional(),
        factor: factor.optional(),
        helped: many(helped).optional(),
      },
      output: page(FollowUp),
    }),
    get: verb('GET /actions/{number}', {
      can: 'followups.read',
      about: 'look at an action',
      input: { number },
      output: z.object({ action: FollowUp, issue: ActionIssue.nullable(), may: mayOf('update', 'complete', 'drop', 'reopen', 'judge', 'handOn') }),
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
        kind: actionKind.default('prevent'),
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
        kind: actionKind.optional(),
      },
      output: FollowUp,
    }),
    complete: verb('POST /actions/{number}/complete', {
      can: 'followups.write',
      about: 'say that an action is done, with the link or note that shows it',
      input: { number, version: version.optional(), evidence },
      output: FollowUp,
    }),
    trackers: verb('GET /trackers', {
      can: 'followups.read',
      about: 'list the issue trackers that actions may be handed to',
      output: z.object({ items: z.array(IssueTracker) }),
    }),
    addTracker: verb('POST /trackers', {
      can: 'followups.trackers',
      about: 'add an issue tracker; its token is kept encrypted and never shown',
      input: newTracker,
      output: z.object({ items: z.array(IssueTracker) }),
    }),
    removeTracker: verb('POST /trackers/{tracker}/remove', {
      can: 'followups.trackers',
      about: 'remove an issue tracker and forget its token; issues there stay',
      input: { tracker: z.uuid() },
      output: z.object({ items: z.array(IssueTracker) }),
    }),
    handOn: verb('POST /actions/{number}/issue', {
      can: 'followups.write',
      about: 'make an issue of an action elsewhere; when it is done there, the action is done',
      input: { number, tracker: z.uuid() },
      output: ActionIssue,
    }),
    judge: verb('POST /actions/{number}/helped', {
      can: 'followups.write',
      about: 'say whether a done action helped',
      input: { number, version: version.optional(), helped },
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
