import { peopleByIds } from '#capabilities/people/index.ts';
import { attemptsOf, listPages } from '#capabilities/notify/index.ts';
import { iso } from '#kernel/clock.ts';
import { cursorOf, keyOf } from '#kernel/cursor.ts';
import type { Actions, Read, Write } from '#kernel/desk.ts';
import { allow, invalidField } from '#kernel/problem.ts';
import { byNumber, refsOf } from '#kernel/records/index.ts';
import { comes, comingPeople, pagingAbout } from '../about.ts';
import type { oncall } from '../contract.ts';
import { askForHelp, handPaging, snoozePaging } from '../paging/index.ts';
import * as store from '../store/index.ts';
import { subjectOf } from '../subjects.ts';

const NOBODY_PAGED = 'Nobody is paged about this now, so there is nothing to hand on or to put off.';

export const pagingActions: Pick<Actions<typeof oncall>, 'paging' | 'pages' | 'snooze' | 'handOver' | 'help'> = {
  async paging(ctx, { number }) {
    return pagingAbout(ctx, (await byNumber(ctx.db, ctx.actor, number)).id);
  },

  async pages(ctx, { person, record, state, limit, cursor }) {
    const [at, id] = keyOf(cursor, 2);
    const rows = await listPages(ctx.db, ctx.actor, {
      personId: person ? (await byNumber(ctx.db, ctx.actor, person)).id : undefined,
      aboutId: record ? (await byNumber(ctx.db, ctx.actor, record)).id : undefined,
      state,
      limit: limit + 1,
      before: at && id ? { at, id } : undefined,
    });
    const items = await shown(ctx, rows.slice(0, limit));
    const last = rows.length > limit ? items.at(-1) : undefined;
    return { items, cursor: last ? cursorOf([last.startedAt, last.id]) : null };
  },

  async snooze(ctx, { number, minutes }) {
    const { id, subject } = await answerable(ctx, number);
    await subject.acknowledge(ctx, id);
    allow((await snoozePaging(ctx, id, ctx.now + minutes * 60_000)) ? undefined : NOBODY_PAGED);
    return pagingAbout(ctx, id);
  },

  async handOver(ctx, { number, person }) {
    const { id, subject } = await answerable(ctx, number);
    const to = await byNumber(ctx.db, ctx.actor, person);
    const known = (await peopleByIds(ctx.db, [to.id])).get(to.id);
    if (!known) throw invalidField('person', `${person} is a ${to.kind}, not a person.`);
    if (!known.active) throw invalidField('person', `${known.name} is not active on this desk and cannot be paged.`);
    if (known.id === ctx.actor.id) throw invalidField('person', 'Choose somebody else: to have it yourself, acknowledge it.');
    await subject.lock(ctx);
    allow((await handPaging(ctx, id, known.id)) ? undefined : NOBODY_PAGED);
    return pagingAbout(ctx, id);
  },

  async help(ctx, { number }) {
    const { id, subject } = await answerable(ctx, number);
    await subject.lock(ctx);
    allow((await askForHelp(ctx, id)) ? undefined : 'Acknowledge it first; then the next people can be called beside you.');
    return pagingAbout(ctx, id);
  },
};

/** The record about which people are paged for this one. */
async function aboutOf(ctx: Write, number: string) {
  const record = await byNumber(ctx.db, ctx.actor, number);
  const subject = subjectOf(record.kind);
  return { id: subject ? await subject.standsFor(ctx, record.id) : record.id, kind: record.kind, subject };
}

async function answerable(ctx: Write, number: string) {
  const { id, kind, subject } = await aboutOf(ctx, number);
  if (!subject) throw invalidField('number', `Nobody is paged about a ${kind}.`);
  return { id, subject };
}

async function shown(ctx: Read, rows: Awaited<ReturnType<typeof listPages>>) {
  const open = rows.filter((row) => row.endedAt === null);
  const runs = new Map((await store.openRunsAbout(ctx.db, [...new Set(open.map((row) => row.aboutId))])).map((run) => [run.aboutId, run]));
  const next = await comingPeople(ctx, [...runs.values()]);
  const attempts = await attemptsOf(
    ctx.db,
    rows.map((row) => row.id),
  );
  const refs = await refsOf(
    ctx.db,
    ctx.actor,
    rows.flatMap((row) => [row.aboutId, row.personId, ...(next.get(row.aboutId) ?? [])]),
  );
  return rows.map(({ aboutId, personId, startedAt, ...row }) => {
    const run = row.endedAt === null ? runs.get(aboutId) : undefined;
    const people = (next.get(aboutId) ?? []).flatMap((id) => refs.get(id) ?? []);
    return {
      ...row,
      startedAt: iso(Date.parse(startedAt)),
      about: refs.get(aboutId) ?? null,
      person: refs.get(personId) ?? null,
      attempts: attempts.get(row.id) ?? [],
      next: run ? comes(run, ctx.now, people) : null,
      nextAt: run?.nextAt ?? null,
    };
  });
}
