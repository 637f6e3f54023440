import { peopleByIds } from '#capabilities/people/index.ts';
import { iso, ms } from '#kernel/clock.ts';
import { cursorOf, keyOf } from '#kernel/cursor.ts';
import type { Actions } from '#kernel/desk.ts';
import type { Ref } from '#kernel/contract.ts';
import { uuidv7 } from '#kernel/ids.ts';
import { atLeast } from '#kernel/permissions.ts';
import { forbidden, invalidField, missing } from '#kernel/problem.ts';
import { byNumber, refsOf } from '#kernel/records/index.ts';
import { loadRotas } from '../calendar.ts';
import type { rotas } from '../contract/index.ts';
import { candidatesIn } from '../covering.ts';
import { missedIn } from '../rules/cover.ts';
import { instantOfLocal } from '../rules/index.ts';
import * as store from '../store/index.ts';
import { personOf } from './person.ts';
import { type Seer, refOfRota, rotaRow } from './shown.ts';

type Absences = Pick<Actions<typeof rotas>, 'absences' | 'addAbsence' | 'removeAbsence' | 'cover'>;

const YEAR = 366 * 86_400_000;
const MOST_GAPS = 20;

export const absenceActions: Absences = {
  async absences(ctx, { person, limit, cursor }) {
    const [at, id] = keyOf(cursor, 2);
    const personId = person ? (await byNumber(ctx.db, ctx.actor, person)).id : undefined;
    const rows = await store.absencesAhead(ctx.db, { now: iso(ctx.now), personId, limit: limit + 1, after: at && id ? { at, id } : undefined });
    const last = rows.length > limit ? rows[limit - 1] : undefined;
    const refs = await refsOf(
      ctx.db,
      ctx.actor,
      rows.map((row) => row.personId),
    );
    return { items: rows.slice(0, limit).map((row) => shownAbsence(ctx, row, refs)), cursor: last ? cursorOf([last.fromAt, last.id]) : null };
  },

  async addAbsence(ctx, { person, kind, from, until, zone, note }) {
    const personId = person ? (await personOf(ctx, 'person', person)).id : ctx.actor.id;
    if (personId === null) throw invalidField('person', 'Say who is away.');
    const who = (await peopleByIds(ctx.db, [personId])).get(personId);
    if (!who) throw invalidField('person', 'Say who is away.');
    refuseOther(ctx, personId);
    const clock = zone ?? who.zone;
    const [fromAt, untilAt] = [instantOfLocal(clock, from), instantOfLocal(clock, until)];
    if (untilAt <= fromAt) throw invalidField('until', 'Until is before From.');
    if (untilAt <= ctx.now) throw invalidField('until', 'This lies in the past. Who was on call then cannot be changed any more.');
    if (untilAt - fromAt > YEAR) throw invalidField('until', 'An absence lasts at most a year. Take them out of the layers instead.');
    const row: store.AbsenceRow = {
      id: uuidv7(ctx.now),
      personId,
      kind,
      zone: clock,
      fromLocal: from,
      untilLocal: until,
      fromAt: iso(Math.max(fromAt, ctx.now)),
      untilAt: iso(untilAt),
      note,
      createdAt: iso(ctx.now),
      createdBy: ctx.actor.id,
      removedAt: null,
    };
    await store.tables(ctx.db).insertInto('rotasAbsence').values(row).execute();
    await ctx.record({ record: personId, did: 'absence.added', data: { absence: row.id, from: row.fromAt, until: row.untilAt } });
    return { absence: shownAbsence(ctx, row, await refsOf(ctx.db, ctx.actor, [personId])), gaps: await gapsOf(ctx, row) };
  },

  async removeAbsence(ctx, { absenceId }) {
    const row = await store.absenceById(ctx.db, absenceId);
    if (!row) throw missing('This absence');
    refuseOther(ctx, row.personId);
    if (ms(row.untilAt) <= ctx.now) throw invalidField('absenceId', 'This absence is over.');
    const end = ms(row.fromAt) < ctx.now ? { untilAt: iso(ctx.now) } : { removedAt: iso(ctx.now) };
    await store.tables(ctx.db).updateTable('rotasAbsence').set(end).where('id', '=', absenceId).execute();
    await ctx.record({ record: row.personId, did: 'absence.removed', data: { absence: absenceId } });
    return shownAbsence(ctx, { ...row, ...end }, await refsOf(ctx.db, ctx.actor, [row.personId]));
  },

  async cover(ctx, { number, from, until }) {
    const row = await rotaRow(ctx, number);
    const window = { from: ms(from), until: ms(until) };
    if (window.until <= window.from) throw invalidField('until', 'Until is before From.');
    return { items: (await candidatesIn(ctx, row, [window]))[0] ?? [] };
  },
};

/** Everybody says when they themselves are away; a lead says it of others. */
function refuseOther(ctx: Seer, personId: string): void {
  if (personId !== ctx.actor.id && !atLeast(ctx.actor.role, 'lead')) throw forbidden('Only they or a lead say when somebody else is away.');
}

/** That somebody is away is for everybody to know, why only for them and for leads. */
function shownAbsence({ actor }: Seer, row: store.AbsenceRow, refs: ReadonlyMap<string, Ref>) {
  const told = actor.id === row.personId || atLeast(actor.role, 'lead');
  return {
    id: row.id,
    person: refs.get(row.personId) ?? null,
    kind: told ? row.kind : null,
    zone: row.zone,
    fromLocal: row.fromLocal,
    untilLocal: row.untilLocal,
    from: row.fromAt,
    until: row.untilAt,
    note: told ? row.note : '',
  };
}

/** What nobody covers because of an absence, in the rotas the viewer may see, with who could take it. */
async function gapsOf(ctx: Parameters<Absences['addAbsence']>[0], absence: store.AbsenceRow) {
  const window = { from: ms(absence.fromAt), until: ms(absence.untilAt) };
  const loaded = await loadRotas(ctx.db, await store.rotas(ctx.db, ctx.actor, { limit: store.MOST_ROTAS }), window);
  const found = [];
  for (const { row, rota } of loaded) {
    const gaps = missedIn(rota, window)
      .filter((gap) => gap.open && gap.absent.includes(absence.personId))
      .slice(0, MOST_GAPS);
    const candidates = gaps.length > 0 ? await candidatesIn(ctx, row, gaps) : [];
    found.push(...gaps.map((gap, i) => ({ rota: refOfRota(row), from: iso(gap.from), until: iso(gap.until), candidates: candidates[i] ?? [] })));
  }
  return found;
}
