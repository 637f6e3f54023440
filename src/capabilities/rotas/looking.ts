import { reachableAmong, tell } from '#capabilities/notify/index.ts';
import { activeAdmins, leadsOf, peopleByIds } from '#capabilities/people/index.ts';
import { iso, ms } from '#kernel/clock.ts';
import type { Job, Read, Write } from '#kernel/desk.ts';
import { uuidv7 } from '#kernel/ids.ts';
import { SYSTEM } from '#kernel/permissions.ts';
import { loadRotas, type Loaded } from './calendar.ts';
import { lookAhead, sameFinding, type Found } from './rules/lookahead.ts';
import { sentenceOf } from './rules/sentences.ts';
import * as store from './store/index.ts';

const AHEAD = 60 * 86_400_000;
const MOST_OF_ONE = 200;
const TOLD = 5;

/** Every day, and some minutes after something was changed: looks 60 days ahead in every rota and tells what is new. */
export async function lookAheadJob(job: Job): Promise<void> {
  const rows = await job.read(({ db }) => store.rotas(db, SYSTEM, { limit: store.MOST_ROTAS }));
  for (const row of rows) await job.write((ctx) => lookAt(ctx, row));
}

async function lookAt(ctx: Write, row: store.RotaRow): Promise<void> {
  // Two workers that look at once tell nothing twice.
  await ctx.expect(row.id, undefined);
  const window = { from: ctx.now, until: ctx.now + AHEAD };
  const [own] = await loadRotas(ctx.db, [row], window);
  const found = own ? await foundIn(ctx, own, window) : [];
  const known = await store.openFindings(ctx.db, [row.id]);
  const fresh: store.FindingRow[] = [];
  const still = new Set<string>();
  for (const each of found) {
    const before = known.find((one) => !still.has(one.id) && sameFinding(each, { kind: one.kind, personId: one.personId, from: ms(one.fromAt), until: ms(one.untilAt) }));
    const times = { fromAt: iso(each.from), untilAt: iso(each.until), hours: each.hours };
    if (before) {
      still.add(before.id);
      await store.tables(ctx.db).updateTable('rotasFinding').set(times).where('id', '=', before.id).execute();
    } else fresh.push({ id: uuidv7(ctx.now), rotaId: row.id, kind: each.kind, personId: each.personId, ...times, foundAt: iso(ctx.now), overAt: null });
  }
  const over = known.filter((one) => !still.has(one.id)).map(({ id }) => id);
  if (over.length > 0)
    await store
      .tables(ctx.db)
      .updateTable('rotasFinding')
      .set({ overAt: iso(ctx.now) })
      .where('id', 'in', over)
      .execute();
  if (fresh.length === 0) return;
  await store.tables(ctx.db).insertInto('rotasFinding').values(fresh).execute();
  await ctx.record({ record: row.id, did: 'rota.looked', data: { found: fresh.length } });
  await tellOwners(ctx, row, fresh);
}

async function foundIn(ctx: Read, { rota }: Loaded, window: { from: number; until: number }): Promise<readonly Found[]> {
  const ids = [
    ...new Set([
      ...rota.layers.flatMap((layer) => layer.people.flat()),
      ...rota.overrides.flatMap((one) => one.personId ?? []),
      ...(rota.temporaries ?? []).flatMap((one) => one.shifts.map(({ personId }) => personId)),
      ...(rota.swaps ?? []).flatMap((one) => one.takenBy ?? []),
    ]),
  ];
  const [people, reachable] = [await peopleByIds(ctx.db, ids), await reachableAmong(ctx, ids)];
  return lookAhead(rota, window, { active: (id) => people.get(id)?.active === true, reachable: (id) => reachable.has(id) }).slice(0, MOST_OF_ONE);
}

/** The owner of the rota, else the leads of its team, else the administrators: each is told once of what is new. */
async function tellOwners(ctx: Write, row: store.RotaRow, fresh: readonly store.FindingRow[]): Promise<void> {
  const leads = row.teamId ? (await leadsOf(ctx.db, row.teamId)).map(({ id }) => id) : [];
  const told = row.ownerId ? [row.ownerId] : leads.length > 0 ? leads : (await activeAdmins(ctx.db)).map(({ id }) => id);
  const sentences = await sentencesOf(ctx, row.zone, fresh.slice(0, TOLD));
  const more = fresh.length > TOLD ? [`And ${fresh.length - TOLD} more: see the rota.`] : [];
  for (const personId of told)
    await tell(ctx, {
      personId,
      about: row.id,
      title: `${row.title}: ${fresh.length === 1 ? 'one thing needs' : `${fresh.length} things need`} you within 60 days`,
      text: [...sentences, ...more].join('\n'),
    });
}

export async function sentencesOf({ db }: Pick<Read, 'db'>, zone: string, rows: readonly store.FindingRow[]): Promise<string[]> {
  const people = await peopleByIds(
    db,
    rows.flatMap((one) => one.personId ?? []),
  );
  return rows.map((one) =>
    sentenceOf({ kind: one.kind, person: people.get(one.personId ?? '')?.name ?? 'Somebody', from: ms(one.fromAt), until: ms(one.untilAt), hours: one.hours }, zone),
  );
}
