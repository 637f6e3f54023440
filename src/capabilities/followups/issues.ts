import { tell } from '#capabilities/notify/index.ts';
import { iso } from '#kernel/clock.ts';
import type { Desk, Job, Write } from '#kernel/desk.ts';
import { Unreachable } from '#kernel/outgoing.ts';
import { SYSTEM } from '#kernel/permissions.ts';
import type { TrackerKind } from './contract/trackers.ts';
import { closeAction } from './closing.ts';
import * as issues from './issues-store.ts';
import * as store from './store.ts';
import { trackers } from './trackers/index.ts';
import type { Request, Settings } from './trackers/tracker.ts';

const LOOKED_AT_ONCE = 50;
const TIMEOUT_MS = 10_000;

interface Stored {
  readonly kind: TrackerKind;
  readonly address: string;
  readonly project: string;
  readonly account: string;
  readonly token: string;
}

const settingsOf = ({ vault }: Desk, { address, project, account, token }: Stored): Settings => ({ address, project, account, token: vault.decrypt(token) });

/** What a tracker answered as JSON, or why it did not, as a sentence. */
async function ask(desk: Desk, what: Request): Promise<{ readonly answer: unknown } | { readonly trouble: string }> {
  const host = new URL(what.url).host;
  try {
    const { status, body } = await desk.outgoing.request({ ...what, origin: 'trusted', timeoutMs: TIMEOUT_MS });
    if (status === 401 || status === 403) return { trouble: `${host} does not take the token (${status}).` };
    if (status === 404) return { trouble: `${host} does not know this project or issue, or the token may not see it.` };
    if (status < 200 || status > 299) return { trouble: `${host} answered ${status}.` };
    return { answer: JSON.parse(body) as unknown };
  } catch (error) {
    if (error instanceof Unreachable) return { trouble: error.sentence };
    if (error instanceof SyntaxError) return { trouble: `${host} answered something that is not JSON.` };
    throw error;
  }
}

/** Makes the issue of an action, once: when a node dies in between, nobody knows whether it arrived, and it says so. */
export async function makeIssue(job: Job): Promise<void> {
  const { action: id } = job.payload as { action: string };
  const claimed = await job.write(async (ctx) => {
    const row = await issues.lockIssue(ctx.db, id);
    const action = await store.byId(ctx.db, SYSTEM, id);
    const found = await issues.issueOf(ctx.db, id);
    if (!row || !action || !found || row.key !== '' || row.trouble !== '') {
      ctx.unchanged();
      return undefined;
    }
    if (row.tried) {
      await settle(ctx, id, { trouble: 'Nobody knows whether the issue was made. Look there before you try again.' });
      return undefined;
    }
    await issues.change(ctx.db, id, { tried: true });
    await ctx.record({ record: id, did: 'action.issueAsked', data: { tracker: found.tracker } });
    return { action, found };
  });
  if (!claimed) return;
  const { action, found } = claimed;
  if (found.token === '') {
    await job.write((ctx) => settle(ctx, id, { trouble: 'This issue tracker was removed.' }));
    return;
  }
  const plug = trackers[found.kind];
  const settings = settingsOf(job.desk, found);
  const link = `${job.desk.config.publicUrl}/actions/${action.number}`;
  const text = [action.detail, ...(action.dueOn ? [`Due on ${action.dueOn}.`] : []), `${action.number}: ${link}`].filter(Boolean).join('\n\n');
  const said = await ask(job.desk, plug.create(settings, { title: action.title, text }));
  const made = 'answer' in said ? plug.made(settings, said.answer) : undefined;
  await job.write((ctx) => settle(ctx, id, made ?? { trouble: 'trouble' in said ? said.trouble : `${plug.word} answered something else than an issue.` }));
}

async function settle(ctx: Write, id: string, outcome: { key: string; url: string } | { trouble: string }): Promise<void> {
  await issues.change(ctx.db, id, { ...outcome, lookedAt: iso(ctx.now) });
  await ctx.record({ record: id, did: 'key' in outcome ? 'action.issueMade' : 'action.issueFailed', data: 'key' in outcome ? { key: outcome.key, url: outcome.url } : {} });
}

/** Looks at issues that were open: what is done there is done here, with the issue as evidence; what was dropped there is told. */
export async function lookAtIssues(job: Job): Promise<void> {
  const open = await job.read(({ db }) => issues.openIssues(db, LOOKED_AT_ONCE));
  for (const issue of open) {
    const plug = trackers[issue.kind];
    const said = await ask(job.desk, plug.look(settingsOf(job.desk, issue), issue.key));
    const state = 'answer' in said ? plug.state(said.answer) : undefined;
    const trouble = 'trouble' in said ? said.trouble : state === undefined ? `${plug.word} answered something else than an issue.` : '';
    await job.write(async (ctx) => {
      await issues.change(ctx.db, issue.actionId, { lookedAt: iso(ctx.now), trouble, ...(state && { state }) });
      if (state === undefined || state === 'open') ctx.unchanged();
      else await followIssue(ctx, { actionId: issue.actionId, key: issue.key, url: issue.url, state });
    });
  }
}

async function followIssue(ctx: Write, issue: { readonly actionId: string; readonly key: string; readonly url: string; readonly state: 'done' | 'dropped' }): Promise<void> {
  const locked = await store.lock(ctx.db, issue.actionId);
  const action = await store.byId(ctx.db, SYSTEM, issue.actionId);
  if (!locked || !action) return ctx.unchanged();
  await ctx.record({ record: action.id, did: 'action.issueClosed', data: { key: issue.key, state: issue.state } });
  if (locked.state !== 'open') return;
  if (issue.state === 'done') {
    await closeAction(ctx, action, { state: 'done', reason: '', evidence: issue.url });
  } else if (action.ownerId) {
    const text = `The issue ${issue.key} was closed without being done. Drop ${action.number} with a reason, or do it another way.`;
    await tell(ctx, { personId: action.ownerId, about: action.id, topic: `action ${action.id}`, title: `Closed elsewhere: ${action.title}`, text });
  }
}
