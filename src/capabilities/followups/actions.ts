import { cursorOf, keyOf } from '#kernel/cursor.ts';
import type { Actions, Read, Write } from '#kernel/desk.ts';
import { refusePermission } from '#kernel/permissions.ts';
import { allow, missing } from '#kernel/problem.ts';
import { byNumber } from '#kernel/records/index.ts';
import { followups } from './contract.ts';
import { createAction, personIdOf, shownActions, teamIdOf, tellNewOwner } from './create.ts';
import { closeAction, type Closing } from './closing.ts';
import { refuseSecret, trackerActions } from './issue-actions.ts';
import { issueOf } from './issues-store.ts';
import { planReminders } from './reminders.ts';
import { refuseClosed, refuseJudging, refuseReopening, today } from './rules.ts';
import * as store from './store.ts';

export const actions: Actions<typeof followups> = {
  ...trackerActions,

  async list(ctx, { limit, cursor, q, state, owner, team, about, overdue, kind, factor, helped }) {
    const [dueKey, id] = keyOf(cursor, 2);
    const rows = await store.list(ctx.db, ctx.actor, {
      q,
      states: overdue ? ['open'] : state,
      kinds: kind,
      factor,
      helped,
      limit: limit + 1,
      after: dueKey && id ? { dueKey, id } : undefined,
      ownerId: owner ? await personIdOf(ctx, owner) : undefined,
      teamIds: team ? [await teamIdOf(ctx, team)] : undefined,
      aboutIds: about ? [(await byNumber(ctx.db, ctx.actor, about)).id] : undefined,
      dueBefore: overdue ? today(ctx.now) : undefined,
    });
    const shown = rows.slice(0, limit);
    const last = rows.length > limit ? shown.at(-1) : undefined;
    return { items: await shownActions(ctx, shown), cursor: last ? cursorOf([last.dueKey, last.id]) : null };
  },

  async get(ctx, { number }) {
    const row = await rowOf(ctx, number);
    const refusal = refusePermission(ctx.actor, 'followups.write', followups.permissions);
    const closed = refusal ?? refuseClosed(row.state) ?? null;
    const issue = await issueOf(ctx.db, row.id);
    const given = issue && issue.trouble === '' ? 'This action has an issue already.' : undefined;
    return {
      action: await shownOne(ctx, row),
      issue: issue ? { tracker: issue.tracker, key: issue.key, url: issue.url, state: issue.state, trouble: issue.trouble } : null,
      may: {
        update: closed,
        complete: closed,
        drop: closed,
        reopen: refusal ?? refuseReopening(row.state) ?? null,
        judge: refusal ?? refuseJudging(row.state) ?? null,
        handOn: closed ?? given ?? (await refuseSecret(ctx.db, row.id)) ?? null,
      },
    };
  },

  async create(ctx, { title, detail, about, owner, team, dueOn, priority, kind }) {
    const row = await createAction(ctx, {
      title,
      detail,
      priority,
      kind,
      dueOn: dueOn ?? null,
      aboutId: about ? (await byNumber(ctx.db, ctx.actor, about)).id : null,
      ownerId: owner ? await personIdOf(ctx, owner) : null,
      teamId: team ? await teamIdOf(ctx, team) : null,
    });
    return shownOne(ctx, row);
  },

  async update(ctx, { number, version, title, detail, owner, team, dueOn, priority, kind }) {
    const row = await rowOf(ctx, number);
    await ctx.expect(row.id, version);
    allow(refuseClosed(row.state));
    const ownerId = owner === undefined ? row.ownerId : owner === null ? null : await personIdOf(ctx, owner);
    const teamId = team === undefined ? row.teamId : team === null ? null : await teamIdOf(ctx, team);
    await ctx.amend(row.id, { ownerId, teamId, ...(title === undefined ? {} : { title }), ...(detail === undefined ? {} : { words: detail }) });
    const day = dueOn === undefined ? row.dueOn : dueOn;
    await store
      .tables(ctx.db)
      .updateTable('followupsAction')
      .set({ dueOn: day, ...(detail === undefined ? {} : { detail }), ...(priority === undefined ? {} : { priority }), ...(kind === undefined ? {} : { kind }) })
      .where('id', '=', row.id)
      .execute();
    await ctx.record({ record: row.id, did: 'action.changed', data: { dueOn: day, priority: priority ?? row.priority, owner: ownerId, team: teamId } });
    await planReminders(ctx, { id: row.id, ownerId, teamId, dueOn: day });
    if (ownerId !== row.ownerId) await tellNewOwner(ctx, { id: row.id, number, title: title ?? row.title, ownerId, dueOn: day });
    return shownOne(ctx, await rowOf(ctx, number));
  },

  complete: (ctx, { number, version, evidence }) => close(ctx, number, { version, state: 'done', reason: '', evidence }),
  drop: (ctx, { number, version, reason }) => close(ctx, number, { version, state: 'dropped', reason, evidence: '' }),

  async judge(ctx, { number, version, helped }) {
    const row = await rowOf(ctx, number);
    await ctx.expect(row.id, version);
    const seen = await rowOf(ctx, number);
    allow(refuseJudging(seen.state));
    if (seen.helped === helped) ctx.unchanged();
    else {
      await store.tables(ctx.db).updateTable('followupsAction').set({ helped }).where('id', '=', row.id).execute();
      await ctx.record({ record: row.id, did: 'action.judged', data: { helped, factor: row.factor } });
    }
    return shownOne(ctx, await rowOf(ctx, number));
  },

  async reopen(ctx, { number, version }) {
    const row = await rowOf(ctx, number);
    await ctx.expect(row.id, version);
    allow(refuseReopening(row.state));
    await store.tables(ctx.db).updateTable('followupsAction').set({ state: 'open', reason: '', evidence: '', helped: 'open', closedAt: null }).where('id', '=', row.id).execute();
    await ctx.amend(row.id, { archivedAt: null });
    await ctx.record({ record: row.id, did: 'action.reopened', data: { dueOn: row.dueOn } });
    await planReminders(ctx, row);
    return shownOne(ctx, await rowOf(ctx, number));
  },
};

async function close(ctx: Write, number: string, how: Closing & { readonly version: number | undefined }) {
  const row = await rowOf(ctx, number);
  await ctx.expect(row.id, how.version);
  allow(refuseClosed((await rowOf(ctx, number)).state));
  await closeAction(ctx, row, how);
  return shownOne(ctx, await rowOf(ctx, number));
}

type Seer = Pick<Read | Write, 'db' | 'actor' | 'now'>;

async function rowOf({ db, actor }: Seer, number: string): Promise<store.ActionRow> {
  const row = await store.byNumber(db, actor, number);
  if (!row) throw missing(number);
  return row;
}

async function shownOne(ctx: Seer, row: store.ActionRow) {
  const [action] = await shownActions(ctx, [row]);
  if (!action) throw missing(row.number);
  return action;
}
