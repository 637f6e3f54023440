import { iso } from '#kernel/clock.ts';
import type { Actions, Read } from '#kernel/desk.ts';
import { allow } from '#kernel/problem.ts';
import { byNumber, refsOf } from '#kernel/records/index.ts';
import { channels } from '../channels/index.ts';
import type { notify, Notification } from '../contract.ts';
import * as store from '../store/index.ts';

export const sentActions: Pick<Actions<typeof notify>, 'sentAbout' | 'mine' | 'held' | 'release'> = {
  async sentAbout(ctx, { number }) {
    const record = await byNumber(ctx.db, ctx.actor, number);
    return { items: await shown(ctx, await store.notificationsAbout(ctx.db, record.id)) };
  },

  async mine(ctx) {
    return { items: await shown(ctx, await store.notificationsOf(ctx.db, ctx.actor.id ?? '')) };
  },

  async held(ctx) {
    return { held: ctx.desk.state.held, items: await shown(ctx, ctx.desk.state.held ? await store.waiting(ctx.db, 200) : []) };
  },

  async release(ctx, { dropWaiting }) {
    const { db, desk, now } = ctx;
    allow(desk.state.held ? undefined : 'Nothing is held: messages leave as usual.');
    let dropped = 0;
    if (dropWaiting) {
      const gone = await store
        .tables(db)
        .updateTable('notifyNotification')
        .set({ state: 'cancelled', settledAt: iso(now), result: 'dropped after a restore' })
        .where('state', 'in', ['pending', 'sending', 'bundled'])
        .executeTakeFirst();
      dropped = Number(gone.numUpdatedRows);
    }
    const left = await store.waiting(db, 10_000);
    await ctx.enqueue('notify.deliver', {}, { attempts: 25 });
    await db.deleteFrom('setting').where('name', '=', 'held').execute();
    await ctx.record({ record: null, did: 'desk.released', data: { released: left.length, dropped } });
    desk.state.held = false;
    return { released: left.length, dropped };
  },
};

async function shown(ctx: Read, rows: Awaited<ReturnType<typeof store.notificationsOf>>): Promise<Notification[]> {
  const refs = await refsOf(
    ctx.db,
    ctx.actor,
    rows.flatMap((row) => [row.personId, row.aboutId, ...(row.purpose === 'post' ? [row.contact] : [])]),
  );
  return rows.map((row) => ({
    id: row.id,
    at: row.settledAt ?? row.dueAt,
    person: refs.get(row.personId ?? '') ?? null,
    about: refs.get(row.aboutId ?? '') ?? null,
    purpose: row.purpose,
    channel: row.channel,
    contact: (row.purpose === 'post' && refs.get(row.contact)?.title) || channels[row.channel].word,
    state: row.state,
    result: row.result,
    attempt: row.attempt,
    tookMs: row.tookMs,
    title: row.title,
    receipt: row.receipt,
    waitsUntil: row.state === 'pending' ? row.notBefore : null,
    brokenOff: row.brokenOff,
  }));
}
