import { actionsAbout, createAction, lackOf, personIdOf, teamIdOf, today } from '#capabilities/followups/index.ts';
import { iso } from '#kernel/clock.ts';
import { cursorOf, keyOf } from '#kernel/cursor.ts';
import type { Actions, Write } from '#kernel/desk.ts';
import { refusePermission } from '#kernel/permissions.ts';
import { allow, missing, Problem, refused } from '#kernel/problem.ts';
import { refsOf } from '#kernel/records/index.ts';
import { incidents } from '../contract.ts';
import { SECTIONS, type Review, type Section } from '../contract/shapes.ts';
import type { ReviewPage } from '../contract/review.ts';
import * as reviews from '../store/reviews.ts';
import { missingForFinish, pickedByDefault, refuseReviewChange, type ReviewState } from '../rules.ts';
import type { Seer } from '../shown.ts';
import { tables } from '../store/incidents.ts';
import { timelineOf } from '../timeline.ts';

type Reviews = Pick<
  Actions<typeof incidents>,
  'reviews' | 'review' | 'sectionRevisions' | 'updateReview' | 'writeSection' | 'pick' | 'addAction' | 'submitReview' | 'returnReview' | 'finishReview' | 'reopenReview'
>;

const TIMELINE_MOST = 500;

export const reviewActions: Reviews = {
  async reviews(ctx, { limit, cursor, state, owner, team, overdue }) {
    const [dueOn, id] = keyOf(cursor, 2);
    const rows = await reviews.list(ctx.db, ctx.actor, {
      states: overdue ? ['draft', 'in review'] : state,
      limit: limit + 1,
      after: dueOn && id ? { dueOn, id } : undefined,
      dueBefore: overdue ? today(ctx.now) : undefined,
      ownerId: owner ? await personIdOf(ctx, owner) : undefined,
      teamIds: team && !owner ? [await teamIdOf(ctx, team)] : undefined,
    });
    const shown = rows.slice(0, limit);
    const last = rows.length > limit ? shown.at(-1) : undefined;
    return { items: await shownReviews(ctx, shown), cursor: last ? cursorOf([last.dueOn, last.id]) : null };
  },

  review: (ctx, { number }) => reviewPage(ctx, number),

  async sectionRevisions(ctx, { number, section }) {
    const rows = await reviews.revisionsOf(ctx.db, (await reviewRow(ctx, number)).id, section);
    const refs = await refsOf(
      ctx.db,
      ctx.actor,
      rows.map((row) => row.authorId),
    );
    return { items: rows.map((row) => ({ section: row.section, text: row.text, revision: row.revision, at: row.at, by: refs.get(row.authorId ?? '') ?? null })) };
  },

  async updateReview(ctx, { number, version, title, owner, dueOn }) {
    const row = await changeable(ctx, number, version);
    await ctx.amend(row.id, { ...(title === undefined ? {} : { title }), ...(owner === undefined ? {} : { ownerId: await personIdOf(ctx, owner) }) });
    if (dueOn) await tables(ctx.db).updateTable('incidentsReview').set({ dueOn }).where('id', '=', row.id).execute();
    await ctx.record({ record: row.id, did: 'review.changed', data: { dueOn: dueOn ?? row.dueOn } });
    return reviewPage(ctx, number);
  },

  async writeSection(ctx, { number, section, text, revision }) {
    const row = await changeable(ctx, number, undefined);
    const latest = (await reviews.sectionsOf(ctx.db, row.id)).find((one) => one.section === section);
    const stored = latest?.revision ?? 0;
    if (revision !== undefined && revision !== stored)
      throw new Problem('conflict', `Somebody wrote this section anew while you did (you saw revision ${revision}, now it is ${stored}). Look at the newer words and try again.`);
    if (latest?.text === text) {
      ctx.unchanged();
      return reviewPage(ctx, number);
    }
    await tables(ctx.db)
      .insertInto('incidentsSection')
      .values({ reviewId: row.id, section, revision: stored + 1, text, authorId: ctx.actor.id, at: iso(ctx.now) })
      .execute();
    if (section === 'summary') await ctx.amend(row.id, { words: text });
    await ctx.record({ record: row.id, did: 'review.written', data: { section, revision: stored + 1 } });
    return reviewPage(ctx, number);
  },

  async pick(ctx, { number, entries }) {
    const row = await changeable(ctx, number, undefined);
    await tables(ctx.db)
      .insertInto('incidentsPick')
      .values(entries.map(({ id, picked }) => ({ reviewId: row.id, activityId: id, picked })))
      .onConflict((c) => c.columns(['reviewId', 'activityId']).doUpdateSet((e) => ({ picked: e.ref('excluded.picked') })))
      .execute();
    await ctx.record({ record: row.id, did: 'review.picked', data: { count: entries.length } });
    return reviewPage(ctx, number);
  },

  async addAction(ctx, { number, title, detail, owner, team, dueOn, priority }) {
    const row = await changeable(ctx, number, undefined);
    const action = await createAction(ctx, {
      title,
      detail,
      priority,
      aboutId: row.id,
      dueOn: dueOn ?? null,
      ownerId: owner ? await personIdOf(ctx, owner) : null,
      teamId: team ? await teamIdOf(ctx, team) : row.teamId,
    });
    await ctx.record({ record: row.id, did: 'review.actionAdded', data: { action: action.number } });
    return reviewPage(ctx, number);
  },

  submitReview: (ctx, { number, version }) => move(ctx, { number, version }, { from: ['draft'], to: 'in review', did: 'review.submitted' }),
  returnReview: (ctx, { number, version }) => move(ctx, { number, version }, { from: ['in review'], to: 'draft', did: 'review.returned' }),
  reopenReview: (ctx, { number, version }) => move(ctx, { number, version }, { from: ['done'], to: 'in review', did: 'review.reopened' }),

  async finishReview(ctx, { number, version, noActionReason }) {
    const row = await changeable(ctx, number, version);
    const reason = noActionReason || row.noActionReason;
    const hindered = await missingOf(ctx, { ...row, noActionReason: reason });
    if (hindered.length > 0) throw refused(hindered.join(' '));
    await tables(ctx.db)
      .updateTable('incidentsReview')
      .set({ state: 'done', finishedAt: iso(ctx.now), noActionReason: reason })
      .where('id', '=', row.id)
      .execute();
    await ctx.record({ record: row.id, did: 'review.finished', data: { dueOn: row.dueOn, withoutAction: reason !== '' } });
    return reviewPage(ctx, number);
  },
};

async function move(ctx: Write, what: { number: string; version: number | undefined }, step: { from: readonly ReviewState[]; to: ReviewState; did: string }): Promise<ReviewPage> {
  const row = await reviewRow(ctx, what.number);
  await ctx.expect(row.id, what.version);
  const { state } = await reviewRow(ctx, what.number);
  allow(step.from.includes(state) ? undefined : `This review is ${state}.`);
  await tables(ctx.db).updateTable('incidentsReview').set({ state: step.to, finishedAt: null }).where('id', '=', row.id).execute();
  await ctx.record({ record: row.id, did: step.did, data: { from: state, to: step.to } });
  return reviewPage(ctx, what.number);
}

async function reviewRow({ db, actor }: Seer, number: string): Promise<reviews.ReviewRow> {
  const row = await reviews.byNumber(db, actor, number);
  if (!row) throw missing(number);
  return row;
}

async function changeable(ctx: Write, number: string, version: number | undefined): Promise<reviews.ReviewRow> {
  const { id } = await reviewRow(ctx, number);
  await ctx.expect(id, version);
  const row = await reviewRow(ctx, number);
  allow(refuseReviewChange(row.state));
  return row;
}

export async function shownReviews(ctx: Seer, rows: readonly reviews.ReviewRow[]): Promise<Review[]> {
  const refs = await refsOf(
    ctx.db,
    ctx.actor,
    rows.flatMap((row) => [row.incidentId, row.ownerId, row.teamId]),
  );
  const actions = await actionsAbout(
    ctx,
    rows.map((row) => row.id),
  );
  const count = (id: string, state: string) => actions.filter((a) => a.about?.id === id && a.state === state).length;
  return rows.map((row) => ({
    id: row.id,
    number: row.number,
    title: row.title,
    state: row.state,
    severity: row.severity,
    dueOn: row.dueOn,
    openedAt: row.openedAt,
    finishedAt: row.finishedAt,
    noActionReason: row.noActionReason,
    incident: refs.get(row.incidentId) ?? null,
    owner: refs.get(row.ownerId ?? '') ?? null,
    team: refs.get(row.teamId ?? '') ?? null,
    overdue: row.state !== 'done' && row.dueOn < today(ctx.now),
    openActions: count(row.id, 'open'),
    doneActions: count(row.id, 'done'),
    version: row.version,
  }));
}

async function missingOf(ctx: Seer, row: reviews.ReviewRow): Promise<readonly string[]> {
  const actions = await actionsAbout(ctx, [row.id]);
  const summary = (await reviews.sectionsOf(ctx.db, row.id)).find((one) => one.section === 'summary')?.text ?? '';
  const lacks = actions.flatMap((a) => lackOf({ number: a.number, state: a.state, hasOwner: a.owner !== null, dueOn: a.dueOn }) ?? []);
  return missingForFinish({ summary, actionCount: actions.filter((a) => a.state !== 'dropped').length, noActionReason: row.noActionReason, lacks });
}

async function reviewPage(ctx: Seer, number: string): Promise<ReviewPage> {
  const row = await reviewRow(ctx, number);
  const [review] = await shownReviews(ctx, [row]);
  if (!review) throw missing(number);
  const [written, picks, actions] = [await reviews.sectionsOf(ctx.db, row.id), await reviews.picksOf(ctx.db, row.id), await actionsAbout(ctx, [row.id])];
  const refs = await refsOf(
    ctx.db,
    ctx.actor,
    written.map((one) => one.authorId),
  );
  const { items } = await timelineOf(ctx, { incidentId: row.incidentId, limit: TIMELINE_MOST });
  const hindered = row.state === 'done' ? [] : await missingOf(ctx, row);
  const run = refusePermission(ctx.actor, 'incidents.run', incidents.permissions) ?? null;
  const open = run ?? refuseReviewChange(row.state) ?? null;
  return {
    review,
    sections: SECTIONS.map((section: Section) => {
      const latest = written.find((one) => one.section === section);
      return { section, text: latest?.text ?? '', revision: latest?.revision ?? 0, by: refs.get(latest?.authorId ?? '') ?? null, at: latest?.at ?? null };
    }),
    timeline: items.toReversed().map((entry) => ({ ...entry, picked: picks.get(entry.id) ?? pickedByDefault(entry) })),
    actions: [...actions],
    missing: [...hindered],
    may: {
      updateReview: open,
      writeSection: open,
      pick: open,
      addAction: open,
      submitReview: run ?? (row.state === 'draft' ? null : `This review is ${row.state}.`),
      returnReview: run ?? (row.state === 'in review' ? null : `This review is ${row.state}.`),
      finishReview: open ?? (hindered.length > 0 ? hindered.join(' ') : null),
      reopenReview: run ?? (row.state === 'done' ? null : `This review is ${row.state}.`),
    },
  };
}
