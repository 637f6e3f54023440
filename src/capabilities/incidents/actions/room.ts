import { personIdOf, teamIdOf } from '#capabilities/followups/index.ts';
import { tell } from '#capabilities/notify/index.ts';
import { iso } from '#kernel/clock.ts';
import { cursorOf, keyOf } from '#kernel/cursor.ts';
import type { Actions, Write } from '#kernel/desk.ts';
import { uuidv7 } from '#kernel/ids.ts';
import { allow, missing, Problem } from '#kernel/problem.ts';
import { byNumber, refsOf } from '#kernel/records/index.ts';
import { setClock } from '../clock.ts';
import type { incidents } from '../contract.ts';
import { refuseWhenResolved, ROLE_WORDS } from '../rules.ts';
import { pageOf, rowOf, shownIncidents } from '../shown.ts';
import * as store from '../store/incidents.ts';
import { timelineOf } from '../timeline.ts';
import { change, keepText, lockedRow, moveTo, serviceIdOf } from './run.ts';

type Room = Pick<
  Actions<typeof incidents>,
  'list' | 'live' | 'get' | 'timeline' | 'meanings' | 'ofAlert' | 'assign' | 'join' | 'leave' | 'writeMeaning' | 'postUpdate' | 'addNote' | 'changeNote' | 'answerNote'
>;

const RESULT = { tested: 'info', changed: 'info', unknown: 'unknown', decision: 'info' } as const;

export const roomActions: Room = {
  async list(ctx, { limit, cursor, live, practice, stage, severity, service, team, commander, from, until, q }) {
    const [at, id] = keyOf(cursor, 2);
    const rows = await store.list(ctx.db, ctx.actor, {
      live: live === undefined ? undefined : live ? 'live' : 'over',
      practice,
      stages: stage,
      severities: severity,
      from,
      until,
      q,
      limit: limit + 1,
      before: at && id ? { at, id } : undefined,
      serviceId: service ? await serviceIdOf(ctx, service) : undefined,
      teamId: team ? await teamIdOf(ctx, team) : undefined,
      commanderId: commander ? await personIdOf(ctx, commander) : undefined,
    });
    const shown = rows.slice(0, limit);
    const last = rows.length > limit ? shown.at(-1) : undefined;
    return { items: await shownIncidents(ctx, shown), cursor: last ? cursorOf([last.declaredAt, last.id]) : null };
  },

  async live(ctx) {
    return { items: await shownIncidents(ctx, await store.live(ctx.db, ctx.actor)) };
  },

  get: (ctx, { number }) => pageOf(ctx, number),

  async timeline(ctx, { number, limit, cursor, group }) {
    const { id } = await rowOf(ctx, number);
    return timelineOf(ctx, { incidentId: id, groups: group, limit, cursor });
  },

  async meanings(ctx, { number }) {
    const rows = await store.meaningsOf(ctx.db, (await rowOf(ctx, number)).id, 200);
    const refs = await refsOf(
      ctx.db,
      ctx.actor,
      rows.map((row) => row.authorId),
    );
    return { items: rows.map(({ text, revision, authorId, at }) => ({ text, revision, at, by: refs.get(authorId ?? '') ?? null })) };
  },

  async ofAlert(ctx, { number }) {
    const alert = await byNumber(ctx.db, ctx.actor, number);
    const rows = await store.incidentsOfAlert(ctx.db, alert.id);
    const refs = await refsOf(
      ctx.db,
      ctx.actor,
      rows.map((row) => row.id),
    );
    return { items: rows.flatMap((row) => refs.get(row.id) ?? []) };
  },

  async assign(ctx, { number, role, person }) {
    const row = await lockedRow(ctx, number, undefined);
    allow(refuseWhenResolved(row.stage));
    const column = store.ROLE_COLUMN[role];
    const [before, after] = [row[column], person === null ? null : await personIdOf(ctx, person)];
    if (before === after) {
      ctx.unchanged();
      return pageOf(ctx, number);
    }
    await change(ctx, row.id, { [column]: after });
    if (role === 'commander') await ctx.amend(row.id, { ownerId: after });
    const did = after === null ? 'incident.roleVacated' : before === null ? 'incident.roleAssigned' : 'incident.roleHandedOver';
    await ctx.record({ record: row.id, did, data: { role, person: after ?? before, from: before } });
    if (after) await letRead(ctx, row, after);
    if (after && after !== ctx.actor.id) {
      await tell(ctx, {
        personId: after,
        about: row.id,
        title: `You are ${ROLE_WORDS[role]} of ${row.number}`,
        text: `${ctx.actor.name} gave you this role in ${row.severity} ${row.number}: ${row.title}.`,
      });
    }
    return pageOf(ctx, number);
  },

  async join(ctx, { number, person }) {
    const row = await lockedRow(ctx, number, undefined);
    allow(refuseWhenResolved(row.stage));
    const personId = await personIdOf(ctx, person);
    const added = await store
      .tables(ctx.db)
      .insertInto('incidentsParticipant')
      .values({ incidentId: row.id, personId, joinedAt: iso(ctx.now) })
      .onConflict((c) => c.doNothing())
      .executeTakeFirst();
    if (added.numInsertedOrUpdatedRows === 0n) ctx.unchanged();
    else await ctx.record({ record: row.id, did: 'incident.joined', data: { person: personId } });
    await letRead(ctx, row, personId);
    return pageOf(ctx, number);
  },

  async leave(ctx, { number, person }) {
    const row = await lockedRow(ctx, number, undefined);
    const personId = await personIdOf(ctx, person);
    const gone = await store.tables(ctx.db).deleteFrom('incidentsParticipant').where('incidentId', '=', row.id).where('personId', '=', personId).executeTakeFirst();
    if (gone.numDeletedRows === 0n) ctx.unchanged();
    else await ctx.record({ record: row.id, did: 'incident.left', data: { person: personId } });
    return pageOf(ctx, number);
  },

  async writeMeaning(ctx, { number, text, revision }) {
    const row = await lockedRow(ctx, number, undefined);
    const [latest] = await store.meaningsOf(ctx.db, row.id, 1);
    const stored = latest?.revision ?? 0;
    if (revision !== undefined && revision !== stored)
      throw new Problem('conflict', `Somebody wrote this anew while you did (you saw revision ${revision}, now it is ${stored}). Look at the newer words and try again.`);
    await store
      .tables(ctx.db)
      .insertInto('incidentsMeaning')
      .values({ incidentId: row.id, revision: stored + 1, text, authorId: ctx.actor.id, at: iso(ctx.now) })
      .execute();
    await ctx.amend(row.id, { words: text });
    await ctx.record({ record: row.id, did: 'incident.meaningWritten', data: { revision: stored + 1 } });
    return pageOf(ctx, number);
  },

  async postUpdate(ctx, { number, text, stage }) {
    const row = await lockedRow(ctx, number, undefined);
    allow(refuseWhenResolved(row.stage));
    const id = await keepText(ctx, row, { purpose: 'update', stage: stage ?? row.stage, text });
    await change(ctx, row.id, { updatedAt: iso(ctx.now) });
    await ctx.record({ record: row.id, did: 'incident.updated', data: { text: id, stage: stage ?? row.stage } });
    if (stage && stage !== row.stage) await moveTo(ctx, row, stage);
    await setClock(ctx, row.id);
    return pageOf(ctx, number);
  },

  async addNote(ctx, { number, kind, text, result }) {
    const row = await lockedRow(ctx, number, undefined);
    const id = uuidv7(ctx.now);
    await store
      .tables(ctx.db)
      .insertInto('incidentsNote')
      .values({
        id,
        incidentId: row.id,
        kind,
        result: result ?? RESULT[kind],
        text,
        answer: '',
        authorId: ctx.actor.id,
        at: iso(ctx.now),
        answeredBy: null,
        answeredAt: null,
      })
      .execute();
    await ctx.record({ record: row.id, did: 'incident.noted', data: { note: id, kind } });
    return pageOf(ctx, number);
  },

  async changeNote(ctx, { number, note, text, result }) {
    const row = await lockedRow(ctx, number, undefined);
    const known = await noteOf(ctx, row.id, note);
    if (text !== undefined && text !== known.text) {
      const earlier = await store
        .tables(ctx.db)
        .selectFrom('incidentsNoteRevision')
        .select((e) => e.fn.countAll<number>().as('n'))
        .where('noteId', '=', note)
        .executeTakeFirstOrThrow();
      await store
        .tables(ctx.db)
        .insertInto('incidentsNoteRevision')
        .values({ noteId: note, revision: Number(earlier.n) + 1, text: known.text, at: iso(ctx.now) })
        .execute();
    }
    await store
      .tables(ctx.db)
      .updateTable('incidentsNote')
      .set({ text: text ?? known.text, result: result ?? known.result })
      .where('id', '=', note)
      .execute();
    await ctx.record({ record: row.id, did: 'incident.noteChanged', data: { note, kind: known.kind } });
    return pageOf(ctx, number);
  },

  async answerNote(ctx, { number, note, answer }) {
    const row = await lockedRow(ctx, number, undefined);
    const known = await noteOf(ctx, row.id, note);
    allow(known.kind === 'unknown' ? undefined : 'Only an open question can be answered.');
    await store
      .tables(ctx.db)
      .updateTable('incidentsNote')
      .set({ answer, result: 'good', answeredBy: ctx.actor.id, answeredAt: iso(ctx.now) })
      .where('id', '=', note)
      .execute();
    await ctx.record({ record: row.id, did: 'incident.noteAnswered', data: { note, kind: known.kind } });
    return pageOf(ctx, number);
  },
};

async function noteOf(ctx: Write, incidentId: string, id: string) {
  const note = await store.tables(ctx.db).selectFrom('incidentsNote').selectAll().where('id', '=', id).where('incidentId', '=', incidentId).executeTakeFirst();
  if (!note) throw missing('This note');
  return note;
}

/** Whoever is brought into a restricted incident may read it. */
async function letRead(ctx: Write, row: store.IncidentRow, personId: string): Promise<void> {
  if (row.visibility === 'restricted') await store.addReaders(ctx.db, [row.id], [personId]);
}
