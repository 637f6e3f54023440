import { tell } from '#capabilities/notify/index.ts';
import { iso, ms } from '#kernel/clock.ts';
import type { Job, Write } from '#kernel/desk.ts';
import { SYSTEM } from '#kernel/permissions.ts';
import { activeUntil, isActive, LOOK_AHEAD, nextTurn, type When } from './rules/index.ts';
import * as store from './store.ts';

const MINUTE = 60_000;
const keyOf = (id: string) => `mutes:turn:${id}`;

/** When its maker is reminded; null when not, or no more. */
function reminderAt(mute: Pick<store.StoredMute, 'remindMinutes' | 'reminded'>, when: When): number | null {
  return mute.remindMinutes === null || mute.reminded || when.until === null ? null : when.until - mute.remindMinutes * MINUTE;
}

/**
 * Brings a mute to where the clock is: writes that it began or is over, reminds its maker once, and enqueues its one next
 * job. Called after each change and by that job; called twice, it does nothing more.
 */
export async function turn(ctx: Write, id: string): Promise<void> {
  const mute = await store.lock(ctx.db, id);
  if (!mute || mute.over) return ctx.cancel(keyOf(id));
  const when = store.whenOf(mute);
  const active = isActive(when, ctx.now);
  const over = when.until !== null && when.until <= ctx.now;
  const desk = ctx.as(SYSTEM);
  if (active !== mute.active || over) await store.update(ctx.db, id, { active, over });
  if (active && !mute.active) {
    const until = activeUntil(when, ctx.now);
    await desk.record({ record: id, did: 'mute.began', data: { kind: mute.kind, until: until === null ? null : iso(until) } });
  }
  if ((mute.active && !active) || over) await desk.record({ record: id, did: 'mute.over', data: { kind: mute.kind, forGood: over } });
  if (over) return ctx.cancel(keyOf(id));
  const remindAt = reminderAt(mute, when);
  if (remindAt !== null && remindAt <= ctx.now) await remind(desk, mute);
  const next = nextTurn(when, ctx.now) ?? ctx.now + LOOK_AHEAD;
  await ctx.enqueue('mutes.turn', { mute: id }, { key: keyOf(id), runAt: remindAt !== null && remindAt > ctx.now ? Math.min(next, remindAt) : next });
}

async function remind(ctx: Write, mute: store.StoredMute): Promise<void> {
  await store.update(ctx.db, mute.id, { reminded: true });
  const row = await store.byId(ctx.db, mute.id);
  if (!row?.ownerId) return;
  const minutes = Math.ceil((ms(row.endsAt ?? row.startsAt) - ctx.now) / MINUTE);
  const left = minutes === 1 ? 'one minute' : `${minutes} minutes`;
  await tell(ctx, {
    personId: row.ownerId,
    about: mute.id,
    title: `Ends in ${left}: ${row.title}`,
    text: `${row.number} stops keeping things silent in ${left}. Extend it when the work is not done.`,
  });
  await ctx.record({ record: mute.id, did: 'mute.reminded', data: { minutes } });
}

export function turnJob({ payload, write }: Job): Promise<void> {
  return write((ctx) => turn(ctx, String(payload.mute)));
}
