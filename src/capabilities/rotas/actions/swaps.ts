import { tell } from '#capabilities/notify/index.ts';
import { iso, ms } from '#kernel/clock.ts';
import { cursorOf, keyOf } from '#kernel/cursor.ts';
import type { Actions, Write } from '#kernel/desk.ts';
import { uuidv7 } from '#kernel/ids.ts';
import { atLeast, refusePermission } from '#kernel/permissions.ts';
import { allow, forbidden, invalidField, missing } from '#kernel/problem.ts';
import { byNumber, refsOf } from '#kernel/records/index.ts';
import { loadRota } from '../calendar.ts';
import { rotas } from '../contract/index.ts';
import { hasShiftIn, instantOfLocal, refuseAsking, refuseTaking, resolve, stateOf } from '../rules/index.ts';
import * as store from '../store/index.ts';
import { comingPersonOf, refuseAbsent } from './person.ts';
import { rotaRow, type Seer } from './shown.ts';

type Swaps = Pick<Actions<typeof rotas>, 'swaps' | 'askSwap' | 'takeSwap' | 'withdrawSwap'>;

export const swapActions: Swaps = {
  async swaps(ctx, { rota, state, limit, cursor }) {
    const [at, id] = keyOf(cursor, 2);
    const rotaId = rota ? (await byNumber(ctx.db, ctx.actor, rota)).id : undefined;
    const rows = await store.swapsAhead(ctx.db, ctx.actor, { now: iso(ctx.now), rotaId, state, limit: limit + 1, after: at && id ? { at, id } : undefined });
    const last = rows.length > limit ? rows[limit - 1] : undefined;
    return { items: await swapsShown(ctx, rows.slice(0, limit)), cursor: last ? cursorOf([last.fromAt, last.id]) : null };
  },

  async askSwap(ctx, { number, from, until, to, inReturn, note }) {
    const row = await rotaRow(ctx, number);
    await ctx.expect(row.id, undefined);
    const by = ctx.actor.id;
    if (by === null || ctx.actor.kind !== 'person') throw forbidden('Only a person asks for cover. Sign in as yourself.');
    const window = { from: instantOfLocal(row.zone, from), until: instantOfLocal(row.zone, until) };
    const { rota } = await loadRota(ctx.db, row, window);
    const refusal = refuseAsking(rota, { by, window, now: ctx.now });
    if (refusal) throw invalidField('from', refusal);
    const asked = await comingPersonOf(ctx, 'to', to);
    if (asked?.id === by) throw invalidField('to', 'You cannot take your own shift. Ask somebody else, or leave it open.');
    allow(refuseAbsent(rota, asked, window));
    const back = inReturn ? { from: instantOfLocal(row.zone, inReturn.from), until: instantOfLocal(row.zone, inReturn.until) } : null;
    if (back && (back.until <= back.from || back.from <= ctx.now)) throw invalidField('inReturn.from', 'The shift in return lies ahead, and ends after it begins.');
    if (back && asked && !hasShiftIn((await loadRota(ctx.db, row, back)).rota, back, asked.id))
      throw invalidField('inReturn.from', `${asked.title} is not on call in that time, so there is nothing to take in return.`);
    const swap: store.SwapRow = {
      id: uuidv7(ctx.now),
      rotaId: row.id,
      byId: by,
      toId: asked?.id ?? null,
      fromLocal: from,
      untilLocal: until,
      fromAt: iso(window.from),
      untilAt: iso(window.until),
      returnFromLocal: inReturn?.from ?? null,
      returnUntilLocal: inReturn?.until ?? null,
      returnFromAt: back ? iso(back.from) : null,
      returnUntilAt: back ? iso(back.until) : null,
      note,
      createdAt: iso(ctx.now),
      takenBy: null,
      takenAt: null,
      withdrawnAt: null,
    };
    await store.tables(ctx.db).insertInto('rotasSwap').values(swap).execute();
    await ctx.record({ record: row.id, did: 'rota.swapAsked', data: { swap: swap.id, by, to: swap.toId, from: swap.fromAt, until: swap.untilAt } });
    const told = asked
      ? [asked.id]
      : [...new Set(rota.layers.filter((layer) => (layer.until ?? Infinity) > ctx.now).flatMap((layer) => layer.people.flat()))].filter((id) => id !== by);
    for (const personId of told) await tellOf(ctx, swap, { personId, title: `${ctx.actor.name} asks for cover in ${row.title}`, row });
    return shownSwap(ctx, swap);
  },

  async takeSwap(ctx, { number, swapId }) {
    const { row, swap } = await lockedSwap(ctx, number, swapId);
    const taker = ctx.actor.kind === 'person' ? ctx.actor.id : null;
    allow(refuseTaking(askedOf(swap, ctx.now), taker));
    if (taker === null) throw forbidden('Only a person takes a shift. Sign in as yourself.');
    const window = { from: ms(swap.fromAt), until: ms(swap.untilAt) };
    const { rota } = await loadRota(ctx.db, row, window);
    allow(refuseAbsent(rota, { id: taker, kind: 'person', number: '', title: ctx.actor.name }, window));
    if (resolve({ ...rota, window }).some(({ value }) => value.people.includes(taker) && value.people.includes(swap.byId)))
      allow('You are on call with them in this time already. Somebody else takes it.');
    if (!hasShiftIn(rota, window, swap.byId)) allow('Whoever asked is not on call in this time any more, so there is nothing to take.');
    if (swap.returnFromAt && swap.returnUntilAt) {
      const back = { from: ms(swap.returnFromAt), until: ms(swap.returnUntilAt) };
      if (back.from <= ctx.now) allow('The shift of yours that they want in return has begun already. Ask them to change the request.');
      if (!hasShiftIn((await loadRota(ctx.db, row, back)).rota, back, taker))
        allow('They want a shift of yours in return, and you have none in that time. Ask them to change the request.');
    }
    await store
      .tables(ctx.db)
      .updateTable('rotasSwap')
      .set({ takenBy: taker, takenAt: iso(ctx.now) })
      .where('id', '=', swapId)
      .execute();
    await ctx.record({ record: row.id, did: 'rota.swapTaken', data: { swap: swapId, by: swap.byId, takenBy: taker, from: swap.fromAt, until: swap.untilAt } });
    await tellOf(ctx, swap, { personId: swap.byId, title: `${ctx.actor.name} takes your shift in ${row.title}`, row });
    return shownSwap(ctx, { ...swap, takenBy: taker, takenAt: iso(ctx.now) });
  },

  async withdrawSwap(ctx, { number, swapId }) {
    const { row, swap } = await lockedSwap(ctx, number, swapId);
    allow(refuseWithdrawing(ctx, swap));
    const declined = swap.toId !== null && swap.toId === ctx.actor.id;
    await store
      .tables(ctx.db)
      .updateTable('rotasSwap')
      .set({ withdrawnAt: iso(ctx.now) })
      .where('id', '=', swapId)
      .execute();
    await ctx.record({ record: row.id, did: declined ? 'rota.swapDeclined' : 'rota.swapWithdrawn', data: { swap: swapId } });
    if (declined) await tellOf(ctx, swap, { personId: swap.byId, title: `${ctx.actor.name} does not take your shift in ${row.title}`, row });
    return shownSwap(ctx, { ...swap, withdrawnAt: iso(ctx.now) });
  },
};

const askedOf = (swap: store.SwapRow, now: number) => ({
  by: swap.byId,
  toId: swap.toId,
  state: stateOf({ takenBy: swap.takenBy, from: ms(swap.fromAt), withdrawn: swap.withdrawnAt !== null }, now),
});

function refuseWithdrawing({ actor, now }: Seer, swap: store.SwapRow): string | undefined {
  const { state } = askedOf(swap, now);
  if (state === 'taken') return 'It is taken already. Ask for cover in turn, or ask a lead.';
  if (state !== 'open') return 'It is over already.';
  return actor.id === swap.byId || actor.id === swap.toId || atLeast(actor.role, 'lead') ? undefined : 'Somebody else asked. They withdraw it, or a lead does.';
}

async function lockedSwap(ctx: Write, number: string, id: string) {
  const row = await rotaRow(ctx, number);
  // Two may take it at once: the second one waits here and then sees that it is taken.
  await ctx.expect(row.id, undefined);
  const swap = await store.swapById(ctx.db, row.id, id);
  if (!swap) throw missing('This request');
  return { row, swap };
}

async function tellOf(ctx: Write, swap: store.SwapRow, what: { personId: string; title: string; row: store.RotaRow }): Promise<void> {
  const text = [`${swap.fromLocal.replace('T', ' ')} to ${swap.untilLocal.replace('T', ' ')} (${what.row.zone}).`, swap.note].filter(Boolean).join('\n');
  await tell(ctx, { personId: what.personId, about: what.row.id, title: what.title, text });
}

/** Requests as they are shown; the rota of each must be one the viewer may see. */
export async function swapsShown(ctx: Seer, rows: readonly store.SwapRow[]) {
  const refs = await refsOf(
    ctx.db,
    ctx.actor,
    rows.flatMap((row) => [row.rotaId, row.byId, row.toId, row.takenBy]),
  );
  const permission = refusePermission(ctx.actor, 'rotas.override', rotas.permissions);
  const taker = ctx.actor.kind === 'person' ? ctx.actor.id : null;
  return rows.flatMap((row) => {
    const rota = refs.get(row.rotaId);
    const asked = askedOf(row, ctx.now);
    if (!rota) return [];
    return {
      id: row.id,
      rota,
      by: refs.get(row.byId) ?? null,
      to: refs.get(row.toId ?? '') ?? null,
      fromLocal: row.fromLocal,
      untilLocal: row.untilLocal,
      from: row.fromAt,
      until: row.untilAt,
      inReturn: row.returnFromAt && row.returnUntilAt ? { from: row.returnFromAt, until: row.returnUntilAt } : null,
      note: row.note,
      state: asked.state,
      takenBy: refs.get(row.takenBy ?? '') ?? null,
      takenAt: row.takenAt,
      may: { take: permission ?? refuseTaking(asked, taker) ?? null, withdraw: permission ?? refuseWithdrawing(ctx, row) ?? null },
    };
  });
}

async function shownSwap(ctx: Seer, row: store.SwapRow) {
  const [swap] = await swapsShown(ctx, [row]);
  if (!swap) throw missing('This request');
  return swap;
}
