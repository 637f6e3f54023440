import { iso, ms } from '#kernel/clock.ts';
import { cursorOf, keyOf } from '#kernel/cursor.ts';
import type { Actions, Write } from '#kernel/desk.ts';
import { muteRules } from '#capabilities/mutes/index.ts';
import { nextWindows } from '#capabilities/mutes/rules/index.ts';
import { refusePermission } from '#kernel/permissions.ts';
import { allow, invalidField, missing } from '#kernel/problem.ts';
import { byNumber } from '#kernel/records/index.ts';
import { status } from '../contract/index.ts';
import { draftOf, draftPost, mustBe, planTurns, redraft, refuseSending, refuseTimes, sendDraft, wordsOf } from '../posting.ts';
import { isOver } from '../rules/index.ts';
import { settlePage } from '../settling.ts';
import { pageRowOf, postRowOf, shownPost, shownPosts, shownUpdates, urlOf } from '../shown.ts';
import * as store from '../store/index.ts';

type Posts = Pick<Actions<typeof status>, 'posts' | 'post' | 'draftPost' | 'planMaintenance' | 'draftUpdate' | 'moveMaintenance' | 'discardDraft' | 'preview' | 'send'>;

export const postActions: Posts = {
  async posts(ctx, { limit, cursor, page, about, kind, open }) {
    const [after] = keyOf(cursor, 1);
    const rows = await store.listPosts(ctx.db, ctx.actor, {
      pageId: page ? (await pageRowOf(ctx, page)).id : undefined,
      aboutId: about ? (await byNumber(ctx.db, ctx.actor, about)).id : undefined,
      kind,
      open,
      limit: limit + 1,
      after,
    });
    const shown = rows.slice(0, limit);
    const last = rows.length > limit ? shown.at(-1) : undefined;
    return { items: await shownPosts(ctx, shown), cursor: last ? cursorOf([last.id]) : null };
  },

  async post(ctx, { number }) {
    const row = await postRowOf(ctx, number);
    const sent = (await store.updatesOf(ctx.db, [row.id])).filter(({ sentAt }) => sentAt !== null);
    const may = { write: refusePermission(ctx.actor, 'status.write', status.permissions) ?? null };
    return { post: await shownPost(ctx, number), updates: await shownUpdates(ctx, [row.pageId], sent), may };
  },

  async draftPost(ctx, { page, title, about, phase, text, states }) {
    const aboutId = about ? (await byNumber(ctx.db, ctx.actor, about)).id : null;
    const { number } = await draftPost(ctx, { page: await pageRowOf(ctx, page), title, kind: 'incident', aboutId, phase, text, states });
    return shownPost(ctx, number);
  },

  async planMaintenance(ctx, { page, title, text, components, mute, closesItself, ...times }) {
    const taken = mute === undefined ? null : await timesOfMute(ctx, mute);
    const startsAt = taken?.startsAt ?? (times.startsAt === undefined ? ctx.now : ms(times.startsAt));
    const endsAt = taken?.endsAt ?? mustBe(times.endsAt === undefined ? undefined : ms(times.endsAt), 'Say when the maintenance ends, or name a mute that has times.');
    allow(refuseTimes(startsAt, endsAt, ctx.now));
    const states = components.map((component) => ({ component, state: 'under_maintenance' as const }));
    const { number } = await draftPost(ctx, {
      page: await pageRowOf(ctx, page),
      title,
      kind: 'maintenance',
      aboutId: null,
      muteId: taken?.id ?? null,
      phase: 'scheduled',
      text,
      states,
      startsAt,
      endsAt,
      closesItself,
    });
    return shownPost(ctx, number);
  },

  async draftUpdate(ctx, { number, version, phase, text, states, title }) {
    const row = await postRowOf(ctx, number);
    await ctx.expect(row.id, version);
    await redraft(ctx, row, { phase, text, states, title });
    return shownPost(ctx, number);
  },

  async moveMaintenance(ctx, { number, version, startsAt, endsAt }) {
    const row = await postRowOf(ctx, number);
    await ctx.expect(row.id, version);
    if (row.kind !== 'maintenance' || row.startsAt === null) throw invalidField('number', 'Only maintenance has times that can be moved.');
    allow(row.phase !== null && isOver(row.phase) ? 'This maintenance is completed. Plan a new one.' : undefined);
    allow(startsAt !== undefined && row.phase !== null && row.phase !== 'scheduled' ? 'This maintenance has begun: only its end can be moved.' : undefined);
    await moveTimes(ctx, row, { startsAt: startsAt === undefined ? ms(row.startsAt) : ms(startsAt), endsAt: ms(endsAt) });
    return shownPost(ctx, number);
  },

  async discardDraft(ctx, { number, version }) {
    const row = await postRowOf(ctx, number);
    await ctx.expect(row.id, version);
    if (!(await store.dropDraft(ctx.db, row.id))) {
      ctx.unchanged();
      return { number };
    }
    if (row.publishedAt === null) await closeUnsent(ctx, row.id);
    await ctx.record({ record: row.id, did: 'statuspost.discarded' });
    return { number };
  },

  async preview(ctx, { number }) {
    const row = await postRowOf(ctx, number);
    const page = await store.pageById(ctx.db, row.pageId);
    if (!page) throw missing('The page of this post');
    const draft = await draftOf(ctx, row.id);
    const refusal = (await refuseSending(ctx, row, page, draft)) ?? null;
    const words = await wordsOf(ctx, { page, title: row.title, update: draft ?? { phase: row.phase ?? 'investigating', text: '', states: [] } });
    const following = await store.countFollowers(ctx.db, page.id, words.components);
    return { url: urlOf(ctx, page), access: page.access, following, subject: words.subject, text: words.text, refusal };
  },

  async send(ctx, { number, version, tell }) {
    const row = await postRowOf(ctx, number);
    await ctx.expect(row.id, version);
    await sendDraft(ctx, row, { tell });
    return shownPost(ctx, number);
  },
};

/** A post that was never sent and has no draft any more is over; nobody outside ever saw it. */
async function closeUnsent(ctx: Write, id: string): Promise<void> {
  await store
    .tables(ctx.db)
    .updateTable('statusPost')
    .set({ closedAt: iso(ctx.now) })
    .where('id', '=', id)
    .execute();
  await ctx.amend(id, { archivedAt: iso(ctx.now) });
}

export async function moveTimes(ctx: Write, row: store.PostRow, times: { readonly startsAt: number; readonly endsAt: number }): Promise<void> {
  allow(refuseTimes(times.startsAt, times.endsAt, ctx.now));
  const [startsAt, endsAt] = [iso(times.startsAt), iso(times.endsAt)];
  await store.tables(ctx.db).updateTable('statusPost').set({ startsAt, endsAt }).where('id', '=', row.id).execute();
  await ctx.record({ record: row.id, did: 'statuspost.moved', data: { startsAt, endsAt } });
  await planTurns(ctx, { ...row, startsAt, endsAt });
  await settlePage(ctx, row.pageId);
}

async function timesOfMute(ctx: Write, number: string) {
  const record = await byNumber(ctx.db, ctx.actor, number);
  const rule = (await muteRules(ctx.db)).find(({ id }) => id === record.id);
  if (rule?.kind !== 'maintenance') throw invalidField('mute', `${number} is no maintenance that is still to come or going on.`);
  const [next] = nextWindows(rule.when, ctx.now, 1);
  if (!next) throw invalidField('mute', `${number} has no end, or no window to come. Give the times yourself.`);
  return { id: record.id, startsAt: next.from, endsAt: next.until };
}
