import { createAction, factorCameBack, personIdOf, teamIdOf } from '#capabilities/followups/index.ts';
import { iso } from '#kernel/clock.ts';
import type { Actions, Write } from '#kernel/desk.ts';
import { uuidv7 } from '#kernel/ids.ts';
import { invalidField, missing } from '#kernel/problem.ts';
import type { incidents } from '../contract.ts';
import { exported } from '../reviews/exporting.ts';
import { reviewPage } from '../reviews/page.ts';
import { byIds, tables } from '../store/incidents.ts';
import * as reviews from '../store/reviews.ts';
import { changeable } from './reviews.ts';

type Findings = Pick<Actions<typeof incidents>, 'addFinding' | 'changeFinding' | 'removeFinding' | 'factors' | 'writeFactor' | 'exportReview' | 'addAction'>;

/** What contributed, what follows from it, and the list of words for it. */
export const findingActions: Findings = {
  async addFinding(ctx, { number, factor, text }) {
    const row = await changeable(ctx, number, undefined);
    const { category } = await knownFactor(ctx, factor);
    const id = uuidv7(ctx.now);
    await tables(ctx.db)
      .insertInto('incidentsFinding')
      .values({ id, reviewId: row.id, factor, text, noActionReason: '', authorId: ctx.actor.id, at: iso(ctx.now) })
      .execute();
    await ctx.record({ record: row.id, did: 'review.findingAdded', data: { finding: id, factor, category, incident: row.incidentId } });
    await tellEarlierActions(ctx, row, factor);
    return reviewPage(ctx, number);
  },

  async changeFinding(ctx, { number, finding, factor, text, noActionReason }) {
    const row = await changeable(ctx, number, undefined);
    const known = await findingOf(ctx, row.id, finding);
    const { category } = await knownFactor(ctx, factor ?? known.factor, known.factor);
    const after = { factor: factor ?? known.factor, text: text ?? known.text, noActionReason: noActionReason ?? known.noActionReason };
    if (after.factor === known.factor && after.text === known.text && after.noActionReason === known.noActionReason) {
      ctx.unchanged();
      return reviewPage(ctx, number);
    }
    await tables(ctx.db).updateTable('incidentsFinding').set(after).where('id', '=', finding).execute();
    await ctx.record({ record: row.id, did: 'review.findingChanged', data: { finding, factor: after.factor, category, incident: row.incidentId } });
    if (after.factor !== known.factor) await tellEarlierActions(ctx, row, after.factor);
    return reviewPage(ctx, number);
  },

  async removeFinding(ctx, { number, finding }) {
    const row = await changeable(ctx, number, undefined);
    const known = await findingOf(ctx, row.id, finding);
    await tables(ctx.db).deleteFrom('incidentsFindingAction').where('findingId', '=', finding).execute();
    await tables(ctx.db).deleteFrom('incidentsFinding').where('id', '=', finding).execute();
    await ctx.record({ record: row.id, did: 'review.findingRemoved', data: { finding, factor: known.factor, incident: row.incidentId } });
    return reviewPage(ctx, number);
  },

  async addAction(ctx, { number, title, detail, owner, team, dueOn, priority, kind, finding }) {
    const row = await changeable(ctx, number, undefined);
    const against = finding ? await findingOf(ctx, row.id, finding) : undefined;
    const action = await createAction(ctx, {
      title,
      detail,
      priority,
      kind,
      factor: against?.factor ?? '',
      aboutId: row.id,
      dueOn: dueOn ?? null,
      ownerId: owner ? await personIdOf(ctx, owner) : null,
      teamId: team ? await teamIdOf(ctx, team) : row.teamId,
    });
    if (against) await tables(ctx.db).insertInto('incidentsFindingAction').values({ findingId: against.id, actionId: action.id }).execute();
    await ctx.record({ record: row.id, did: 'review.actionAdded', data: { action: action.number, ...(against && { finding: against.id }) } });
    return reviewPage(ctx, number);
  },

  async factors({ db }) {
    return { items: await reviews.factors(db) };
  },

  async writeFactor(ctx, { name, category, about, retired }) {
    await tables(ctx.db)
      .insertInto('incidentsFactor')
      .values({ name, category, about, retired })
      .onConflict((c) => c.column('name').doUpdateSet({ category, about, retired }))
      .execute();
    await ctx.record({ record: null, did: 'factor.changed', data: { factor: name, category, retired } });
    return { items: await reviews.factors(ctx.db) };
  },

  exportReview: (ctx, { number, format, redacted }) => exported(ctx, number, { format, redacted }),
};

async function findingOf({ db }: Write, reviewId: string, id: string) {
  const finding = await reviews.findingOf(db, reviewId, id);
  if (!finding) throw missing('This finding');
  return finding;
}

/** A factor of the list; a retired one only where it stands already. */
async function knownFactor({ db }: Write, name: string, already?: string) {
  const factor = (await reviews.factors(db)).find((one) => one.name === name);
  if (!factor) throw invalidField('factor', `“${name}” is not in the list of contributing factors. Choose one of it, or ask a lead to add it.`);
  if (factor.retired && name !== already) throw invalidField('factor', `“${name}” is no longer used. Choose another one.`);
  return factor;
}

/** Actions that were to work against this factor did not, or not yet: whether they help is asked again. */
async function tellEarlierActions(ctx: Write, row: reviews.ReviewRow, factor: string): Promise<void> {
  const [incident] = await byIds(ctx.db, ctx.actor, [row.incidentId]);
  if (incident) await factorCameBack(ctx, { factor, incidentId: incident.id, number: incident.number, at: Date.parse(incident.declaredAt) });
}
