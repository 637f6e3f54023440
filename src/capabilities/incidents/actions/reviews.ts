import { personIdOf, teamIdOf, today } from '#capabilities/followups/index.ts';
import { tell } from '#capabilities/notify/index.ts';
import { iso } from '#kernel/clock.ts';
import { cursorOf, keyOf } from '#kernel/cursor.ts';
import type { Actions, Write } from '#kernel/desk.ts';
import { allow, Problem, refused } from '#kernel/problem.ts';
import { refsOf } from '#kernel/records/index.ts';
import type { incidents } from '../contract.ts';
import type { ReviewPage } from '../contract/review.ts';
import type { ReviewState } from '../contract/review-shapes.ts';
import { missingOf, reviewPage, reviewRow, shownReviews } from '../reviews/page.ts';
import { planReview } from '../reviews/reminders.ts';
import { refuseReviewChange } from '../rules.ts';
import { addReaders, tables } from '../store/incidents.ts';
import * as reviews from '../store/reviews.ts';

type Reviews = Pick<
  Actions<typeof incidents>,
  'reviews' | 'review' | 'sectionRevisions' | 'updateReview' | 'writeSection' | 'pick' | 'submitReview' | 'returnReview' | 'passReview' | 'finishReview' | 'reopenReview'
>;

export const reviewActions: Reviews = {
  async reviews(ctx, { limit, cursor, state, owner, team, overdue }) {
    const [dueOn, id] = keyOf(cursor, 2);
    const rows = await reviews.list(ctx.db, ctx.actor, {
      states: overdue ? ['draft', 'in review', 'reviewed'] : state,
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
    const ownerId = owner === undefined ? row.ownerId : await personIdOf(ctx, owner);
    await ctx.amend(row.id, { ...(title === undefined ? {} : { title }), ownerId });
    if (ownerId !== null && ownerId !== row.ownerId) await letRead(ctx, row, ownerId);
    await planReview(ctx, { id: row.id, ownerId, teamId: row.teamId, dueOn: dueOn ?? row.dueOn });
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

  submitReview: (ctx, { number, version }) => move(ctx, { number, version }, { from: ['draft'], to: 'in review', did: 'review.submitted' }),
  returnReview: (ctx, { number, version }) => move(ctx, { number, version }, { from: ['in review', 'reviewed'], to: 'draft', did: 'review.returned' }),
  passReview: (ctx, { number, version }) => move(ctx, { number, version }, { from: ['in review'], to: 'reviewed', did: 'review.passed' }),
  reopenReview: (ctx, { number, version }) => move(ctx, { number, version }, { from: ['closed'], to: 'in review', did: 'review.reopened' }),

  async finishReview(ctx, { number, version, noActionReason }) {
    const row = await changeable(ctx, number, version);
    allow(row.state === 'reviewed' ? undefined : `This review is ${row.state}. Somebody reads it before it is closed.`);
    const reason = noActionReason || row.noActionReason;
    const hindered = await missingOf(ctx, { ...row, noActionReason: reason });
    if (hindered.length > 0) throw refused(hindered.join(' '));
    await tables(ctx.db)
      .updateTable('incidentsReview')
      .set({ state: 'closed', finishedAt: iso(ctx.now), noActionReason: reason })
      .where('id', '=', row.id)
      .execute();
    await ctx.record({ record: row.id, did: 'review.finished', data: { dueOn: row.dueOn, incident: row.incidentId, withoutAction: reason !== '' } });
    return reviewPage(ctx, number);
  },
};

async function move(ctx: Write, what: { number: string; version: number | undefined }, step: { from: readonly ReviewState[]; to: ReviewState; did: string }): Promise<ReviewPage> {
  const row = await reviewRow(ctx, what.number);
  await ctx.expect(row.id, what.version);
  const { state } = await reviewRow(ctx, what.number);
  allow(step.from.includes(state) ? undefined : `This review is ${state}.`);
  await tables(ctx.db)
    .updateTable('incidentsReview')
    .set({ state: step.to, finishedAt: null, reviewedAt: step.to === 'reviewed' ? iso(ctx.now) : null })
    .where('id', '=', row.id)
    .execute();
  await ctx.record({ record: row.id, did: step.did, data: { from: state, to: step.to } });
  return reviewPage(ctx, what.number);
}

export async function changeable(ctx: Write, number: string, version: number | undefined): Promise<reviews.ReviewRow> {
  const { id } = await reviewRow(ctx, number);
  await ctx.expect(id, version);
  const row = await reviewRow(ctx, number);
  allow(refuseReviewChange(row.state));
  return row;
}

/** Who is given a review may read it, and learns that it is theirs. */
async function letRead(ctx: Write, row: reviews.ReviewRow, personId: string): Promise<void> {
  if (row.visibility === 'restricted') await addReaders(ctx.db, [row.id, row.incidentId], [personId]);
  if (personId !== ctx.actor.id)
    await tell(ctx, { personId, about: row.id, title: `Review for you: ${row.title}`, text: `${ctx.actor.name} gave you ${row.number}, due on ${row.dueOn}.` });
}
