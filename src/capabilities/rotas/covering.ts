import { reachableAmong } from '#capabilities/notify/index.ts';
import { membersOfTeams, peopleByIds } from '#capabilities/people/index.ts';
import type { Read, Write } from '#kernel/desk.ts';
import { SYSTEM } from '#kernel/permissions.ts';
import { refsOf } from '#kernel/records/index.ts';
import type { Window } from '#kernel/spans.ts';
import { loadRotas, type Loaded } from './calendar.ts';
import { candidatesFor, type Able } from './rules/cover.ts';
import { dutyOf, loadsOf, resolve, type Rota } from './rules/index.ts';
import * as store from './store/index.ts';

type Seer = Pick<Read | Write, 'db' | 'desk' | 'actor' | 'now'>;

const LATELY = 28 * 86_400_000;

/** Everybody who could take a shift of a rota: those of its layers, and its team. */
async function peopleOf(ctx: Seer, row: store.RotaRow, rota: Rota): Promise<readonly string[]> {
  const team = row.teamId ? ((await membersOfTeams(ctx.db, [row.teamId])).get(row.teamId) ?? []) : [];
  return [...new Set([...rota.layers.filter((layer) => (layer.until ?? Infinity) > ctx.now).flatMap((layer) => layer.people.flat()), ...team.map(({ id }) => id)])];
}

/** What is known of people who could take a shift of the rota inside the window: where they are on call, absent, reachable, and how much they had lately. */
export async function ablesOf(ctx: Seer, own: Loaded, window: Window): Promise<readonly Able[]> {
  const ids = await peopleOf(ctx, own.row, own.rota);
  // Whoever is on call anywhere then is not free, whether the viewer may see that rota or not.
  const everywhere = await loadRotas(ctx.db, await store.rotas(ctx.db, SYSTEM, { limit: store.MOST_ROTAS }), window);
  const duties = dutyOf(everywhere.flatMap(({ rota }) => resolve({ ...rota, window })));
  const [known, reachable] = [await peopleByIds(ctx.db, ids), await reachableAmong(ctx, ids)];
  const since = { from: Math.max(ctx.now - LATELY, Date.parse(own.row.openedAt)), until: ctx.now };
  const [past] = since.from < since.until ? await loadRotas(ctx.db, [own.row], since) : [];
  const loads = past ? loadsOf(resolve({ ...past.rota, window: since }), { zone: own.row.zone, holidays: [] }) : new Map<string, { hours: number }>();
  return ids.map((personId) => ({
    personId,
    duties: duties.get(personId) ?? [],
    absences: own.rota.absences ?? [],
    active: known.get(personId)?.active === true,
    reachable: reachable.has(personId),
    hoursLately: loads.get(personId)?.hours ?? 0,
  }));
}

/** Who could take each of these shifts of a rota, the best first. */
export async function candidatesIn(ctx: Seer, row: store.RotaRow, windows: readonly Window[]) {
  const window = { from: Math.min(...windows.map(({ from }) => from)), until: Math.max(...windows.map(({ until }) => until)) };
  const [own] = await loadRotas(ctx.db, [row], window);
  const ables = own ? await ablesOf(ctx, own, window) : [];
  const refs = await refsOf(
    ctx.db,
    ctx.actor,
    ables.map(({ personId }) => personId),
  );
  return windows.map((each) =>
    candidatesFor(each, ables).flatMap(({ personId, able, hoursLately, reasons }) => {
      const person = refs.get(personId);
      return person ? [{ person, able, hoursLately, reasons: [...reasons] }] : [];
    }),
  );
}
