import { iso } from '#kernel/clock.ts';
import type { Db } from '#kernel/database.ts';
import type { Actions } from '#kernel/desk.ts';
import { uuidv7 } from '#kernel/ids.ts';
import { byNumber } from '#kernel/records/index.ts';
import { allow, invalidField, missing } from '#kernel/problem.ts';
import type { followups } from './contract.ts';
import * as issues from './issues-store.ts';
import { refuseClosed } from './rules.ts';
import * as store from './store.ts';
import { trackers } from './trackers/index.ts';

type TrackerActions = Pick<Actions<typeof followups>, 'trackers' | 'addTracker' | 'removeTracker' | 'handOn'>;

/** What only some may see does not leave the desk. */
export async function refuseSecret(db: Db, actionId: string): Promise<string | undefined> {
  const { restricted } = await store.readersLike(db, actionId);
  return restricted ? 'This action is restricted, so it stays on the desk.' : undefined;
}

export const trackerActions: TrackerActions = {
  async trackers({ db }) {
    return { items: await issues.trackersOf(db) };
  },

  async addTracker(ctx, { name, kind, address, project, account, token }) {
    const plug = trackers[kind];
    const place = (address ?? plug.address).replace(/\/+$/, '');
    if (place === '') throw invalidField('address', `Write the address of your ${plug.word}.`);
    const refusal = plug.refuseProject(project);
    if (refusal) throw invalidField('project', refusal);
    const id = uuidv7(ctx.now);
    await issues
      .tables(ctx.db)
      .insertInto('followupsTracker')
      .values({ id, name, kind, address: place, project, account, token: ctx.desk.vault.encrypt(token), removed: false })
      .execute();
    await ctx.record({ record: null, did: 'tracker.added', data: { tracker: id, kind, address: place, project } });
    return { items: await issues.trackersOf(ctx.db) };
  },

  async removeTracker(ctx, { tracker }) {
    if (!(await issues.trackerById(ctx.db, tracker))) throw missing('This issue tracker');
    await issues.tables(ctx.db).updateTable('followupsTracker').set({ removed: true, token: '' }).where('id', '=', tracker).execute();
    await ctx.record({ record: null, did: 'tracker.removed', data: { tracker } });
    return { items: await issues.trackersOf(ctx.db) };
  },

  async handOn(ctx, { number, tracker }) {
    const { id } = await byNumber(ctx.db, ctx.actor, number);
    await ctx.expect(id, undefined);
    const row = await store.byId(ctx.db, ctx.actor, id);
    if (!row) throw missing(number);
    allow(refuseClosed(row.state));
    allow(await refuseSecret(ctx.db, id));
    const issue = await issues.issueOf(ctx.db, id);
    allow(issue && issue.trouble === '' ? 'This action has an issue already.' : undefined);
    const known = await issues.trackerById(ctx.db, tracker);
    if (!known) throw missing('This issue tracker');
    const at = iso(ctx.now);
    await issues.keepIssue(ctx.db, { actionId: id, trackerId: tracker, key: '', url: '', state: 'open', trouble: '', askedAt: at, tried: false, lookedAt: at });
    await ctx.record({ record: id, did: 'action.handedOn', data: { tracker, kind: known.kind } });
    await ctx.enqueue('followups.makeIssue', { action: id }, { key: `followups:issue:${id}` });
    return { tracker: known.name, key: '', url: '', state: 'open' as const, trouble: '' };
  },
};
