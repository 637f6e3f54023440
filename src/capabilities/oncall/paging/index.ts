import { tell } from '#capabilities/notify/index.ts';
import { activeAdmins } from '#capabilities/people/index.ts';
import type { Write } from '#kernel/desk.ts';

export { acknowledgePaging, askForHelp, endPaging, escalatePaging, handPaging, snoozePaging, tellHolder } from './answers.ts';
export { heldSentence, startPaging } from './start.ts';
export { auditRuns, onLeft, onUnreachable, restart, stepDue } from './turns.ts';

/** Tells the administrators something about the desk's own duty to page. */
export async function tellAdmins(ctx: Write, what: { about: string | null; title: string; text: string }): Promise<void> {
  for (const admin of await activeAdmins(ctx.db)) await tell(ctx, { personId: admin.id, ...what });
}
