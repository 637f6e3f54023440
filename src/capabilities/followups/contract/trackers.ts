import * as z from 'zod';
import { title } from '#kernel/contract.ts';

export const trackerKind = z.enum(['github', 'gitlab', 'jira']);
export type TrackerKind = z.infer<typeof trackerKind>;

/** An issue tracker that actions may be handed to. Its token is never shown again. */
export const IssueTracker = z
  .object({ id: z.uuid(), name: z.string(), kind: trackerKind, address: z.string(), project: z.string(), account: z.string() })
  .meta({ id: 'IssueTracker' });
export type IssueTracker = z.infer<typeof IssueTracker>;

/** The issue of an action elsewhere; `key` is empty while it is on its way, `trouble` says why it did not arrive. */
export const ActionIssue = z
  .object({ tracker: z.string(), key: z.string(), url: z.string(), state: z.enum(['open', 'done', 'dropped']), trouble: z.string() })
  .meta({ id: 'ActionIssue' });
export type ActionIssue = z.infer<typeof ActionIssue>;

export const newTracker = {
  name: title.max(80),
  kind: trackerKind,
  /** Where it is; GitHub and GitLab have one of their own. */
  address: z.url({ protocol: /^https?$/, message: 'Write a whole address that begins with https://.' }).optional(),
  project: z.string().trim().min(1, 'Say which project.').max(200),
  account: z.string().trim().max(200).default(''),
  token: z.string().trim().min(8, 'A token is longer.').max(1000),
};
