import { iso, ms } from '#kernel/clock.ts';
import type { Actions } from '#kernel/desk.ts';
import { forbidden, refused } from '#kernel/problem.ts';
import { refsOf } from '#kernel/records/index.ts';
import { loadRotas } from '../calendar.ts';
import type { rotas } from '../contract/index.ts';
import { handoverOf, sectionsOf } from '../handover.ts';
import { changesOfPeople } from '../rules/index.ts';
import * as store from '../store/index.ts';
import { known, refOfRota, rotaRow } from './shown.ts';

type Handovers = Pick<Actions<typeof rotas>, 'handoverNote' | 'confirmHandover' | 'unconfirmed'>;

/** A handover longer ago is not asked about any more. */
const BACK = 35 * 86_400_000;
const SOON = 86_400_000;
const NONE = 'Nobody handed over then. Look at the list of handovers for one that did happen.';

export const handoverActions: Handovers = {
  async handoverNote(ctx, { number, at }) {
    const row = await rotaRow(ctx, number);
    const found = await handoverOf(ctx, row, at === undefined ? undefined : ms(at));
    if (!found) throw refused(at === undefined ? 'Nobody handed over within the last 100 days.' : NONE);
    const { handover, shift, next } = found;
    const refs = await refsOf(ctx.db, ctx.actor, [...handover.before, ...handover.after]);
    const confirmed = (await store.confirmationsOf(ctx.db, [row.id], iso(handover.at))).filter((one) => ms(one.at) === handover.at);
    const incoming = known(refs, handover.after).map((person) => {
      const own = confirmed.find((one) => one.personId === person.id);
      return { person, confirmedAt: own?.confirmedAt ?? null, note: own?.note ?? '' };
    });
    return {
      at: iso(handover.at),
      until: iso(next.until),
      outgoing: known(refs, handover.before),
      incoming,
      sections: (await sectionsOf(ctx, row, { shift, next })).map(({ title, lines }) => ({ title, lines: [...lines] })),
      refused: refuseConfirming(handover.after, ctx.actor.id) ?? null,
    };
  },

  async confirmHandover(ctx, { number, at, note }) {
    const row = await rotaRow(ctx, number);
    const found = await handoverOf(ctx, row, ms(at));
    if (!found) throw refused(NONE);
    const personId = ctx.actor.id;
    const refusal = refuseConfirming(found.handover.after, personId);
    if (ms(at) > ctx.now + SOON) throw refused('This handover is more than a day away. Confirm it when it is near, so that the note is of that day.');
    if (refusal || personId === null) throw forbidden(refusal ?? 'Sign in as yourself.');
    const made = await store
      .tables(ctx.db)
      .insertInto('rotasHandover')
      .values({ rotaId: row.id, at: iso(ms(at)), personId, confirmedAt: iso(ctx.now), note })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    if (made.numInsertedOrUpdatedRows === 0n) ctx.unchanged();
    else await ctx.record({ record: row.id, did: 'rota.handoverConfirmed', data: { at: iso(ms(at)), person: personId } });
    const [own] = (await store.confirmationsOf(ctx.db, [row.id], iso(ms(at)))).filter((one) => one.personId === personId);
    return { at: iso(ms(at)), confirmedAt: own?.confirmedAt ?? iso(ctx.now) };
  },

  async unconfirmed({ db, actor, now }) {
    const window = { from: now - BACK, until: now + 1 };
    const loaded = await loadRotas(db, await store.rotas(db, actor, { limit: store.MOST_ROTAS }), window);
    const last = loaded.flatMap(({ row, rota }) => {
      const handover = changesOfPeople(rota, window).at(-1);
      return handover ? [{ row, handover }] : [];
    });
    const confirmed = await store.confirmationsOf(
      db,
      last.map(({ row }) => row.id),
      iso(window.from),
    );
    const refs = await refsOf(
      db,
      actor,
      last.flatMap(({ handover }) => [...handover.after]),
    );
    const items = last.flatMap(({ row, handover }) =>
      known(refs, handover.after)
        .filter((person) => !confirmed.some((one) => one.rotaId === row.id && one.personId === person.id && ms(one.at) === handover.at))
        .map((person) => ({ rota: refOfRota(row), person, since: iso(handover.at) })),
    );
    return { items };
  },
};

function refuseConfirming(incoming: readonly string[], actorId: string | null): string | undefined {
  return actorId !== null && incoming.includes(actorId) ? undefined : 'Whoever comes on call confirms the handover.';
}
