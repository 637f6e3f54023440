import { actionsAbout, lackOf, today } from '#capabilities/followups/index.ts';
import type { FollowUp } from '#capabilities/followups/contract.ts';
import { iso } from '#kernel/clock.ts';
import type { Ref } from '#kernel/contract.ts';
import { refusePermission } from '#kernel/permissions.ts';
import { missing } from '#kernel/problem.ts';
import { refsOf } from '#kernel/records/index.ts';
import { incidents } from '../contract.ts';
import type { ReviewPage } from '../contract/review.ts';
import { SECTIONS, type Finding, type Review, type ReviewFacts, type Section } from '../contract/review-shapes.ts';
import { blameIn } from '../rules/blame.ts';
import { durationsOf, gapsOf, marksOf, unknownOf, type Mark } from '../rules/durations.ts';
import { missingForFinish, pickedByDefault, refuseReviewChange } from '../rules.ts';
import type { Seer } from '../shown.ts';
import * as store from '../store/incidents.ts';
import * as reviews from '../store/reviews.ts';
import { timelineOf } from '../timeline.ts';

const TIMELINE_MOST = 500;

export async function reviewRow({ db, actor }: Seer, number: string): Promise<reviews.ReviewRow> {
  const row = await reviews.byNumber(db, actor, number);
  if (!row) throw missing(number);
  return row;
}

/** Reviews as they go over the wire: two queries for any number of them. */
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
    reviewedAt: row.reviewedAt,
    finishedAt: row.finishedAt,
    noActionReason: row.noActionReason,
    incident: refs.get(row.incidentId) ?? null,
    owner: refs.get(row.ownerId ?? '') ?? null,
    team: refs.get(row.teamId ?? '') ?? null,
    overdue: row.state !== 'closed' && row.dueOn < today(ctx.now),
    openActions: count(row.id, 'open'),
    doneActions: count(row.id, 'done'),
    version: row.version,
  }));
}

type Found = Awaited<ReturnType<typeof reviews.findingsOf>>;

/** What hinders closing it, as sentences. */
export async function missingOf(ctx: Seer, row: reviews.ReviewRow): Promise<readonly string[]> {
  const summary = (await reviews.sectionsOf(ctx.db, row.id)).find((one) => one.section === 'summary')?.text ?? '';
  return hindrances({ row, summary, actions: await actionsAbout(ctx, [row.id]), found: await reviews.findingsOf(ctx.db, row.id) });
}

function hindrances(what: { row: reviews.ReviewRow; summary: string; actions: readonly FollowUp[]; found: Found }): readonly string[] {
  const { row, summary, actions, found } = what;
  const kept = new Set(actions.filter((a) => a.state !== 'dropped').map((a) => a.id));
  return missingForFinish({
    summary,
    noActionReason: row.noActionReason,
    findings: found.map((one) => ({ factor: one.factor, actions: one.actionIds.filter((id) => kept.has(id)).length, noActionReason: one.noActionReason })),
    lacks: actions.flatMap((a) => lackOf({ number: a.number, state: a.state, hasOwner: a.owner !== null, dueOn: a.dueOn }) ?? []),
  });
}

async function factsOf(ctx: Seer, incidentId: string): Promise<ReviewFacts> {
  const [incident] = await store.byIds(ctx.db, ctx.actor, [incidentId]);
  const [meaning] = await store.meaningsOf(ctx.db, incidentId, 1);
  const notes = await store.notesOf(ctx.db, incidentId);
  const log = (await reviews.markingLog(ctx.db, ctx.actor, incidentId)).map(({ did, at, via, data }) => ({ did, at, data, byPerson: via !== 'system' }));
  const marks = marksOf(log);
  const refs = await refsOf(ctx.db, ctx.actor, [incident?.serviceId, ...notes.flatMap((n) => [n.authorId, n.answeredBy])]);
  const ref = (id: string | null | undefined): Ref | null => refs.get(id ?? '') ?? null;
  const at = (mark: Mark) => (marks[mark] === null ? null : iso(marks[mark]));
  const shown = (kind: 'tested' | 'changed' | 'unknown') =>
    notes.filter((n) => n.kind === kind).map(({ authorId, answeredBy, incidentId: _, ...n }) => ({ ...n, by: ref(authorId), answeredBy: ref(answeredBy) }));
  return {
    marks: { began: at('began'), detected: at('detected'), acknowledged: at('acknowledged'), contained: at('contained'), resolved: at('resolved') },
    durations: durationsOf(marks),
    gaps: [...gapsOf(marks)],
    unknown: [...unknownOf(marks)],
    service: ref(incident?.serviceId),
    meaning: meaning?.text ?? '',
    tested: shown('tested'),
    changed: shown('changed'),
    questions: shown('unknown'),
  };
}

export async function reviewPage(ctx: Seer, number: string): Promise<ReviewPage> {
  const row = await reviewRow(ctx, number);
  const [review] = await shownReviews(ctx, [row]);
  if (!review) throw missing(number);
  const [written, picks, actions] = [await reviews.sectionsOf(ctx.db, row.id), await reviews.picksOf(ctx.db, row.id), await actionsAbout(ctx, [row.id])];
  const found = await reviews.findingsOf(ctx.db, row.id);
  const refs = await refsOf(
    ctx.db,
    ctx.actor,
    [...written, ...found].map((one) => one.authorId),
  );
  const { items } = await timelineOf(ctx, { incidentId: row.incidentId, limit: TIMELINE_MOST });
  const text = (section: Section) => written.find((one) => one.section === section);
  const findings = found.map(({ id, factor, category, text: said, noActionReason, authorId, at, actionIds }): Finding => {
    const numbers = actions.filter((a) => actionIds.includes(a.id)).map((a) => a.number);
    return { id, factor, category, text: said, actions: numbers, noActionReason, by: refs.get(authorId ?? '') ?? null, at };
  });
  const hindered = row.state === 'closed' ? [] : hindrances({ row, summary: text('summary')?.text ?? '', actions, found });
  return {
    review,
    facts: await factsOf(ctx, row.incidentId),
    sections: SECTIONS.map((section) => {
      const latest = text(section);
      return { section, text: latest?.text ?? '', revision: latest?.revision ?? 0, by: refs.get(latest?.authorId ?? '') ?? null, at: latest?.at ?? null };
    }),
    findings,
    wording: await wordingOf(ctx, [
      ...written.map(({ section, text: said }) => ({ where: section, text: said })),
      ...findings.map((one) => ({ where: one.factor, text: one.text })),
    ]),
    timeline: items.toReversed().map((entry) => ({ ...entry, picked: picks.get(entry.id) ?? pickedByDefault(entry) })),
    actions: [...actions],
    missing: [...hindered],
    may: mayOf(ctx, row, hindered),
  };
}

async function wordingOf({ db }: Seer, texts: readonly { readonly where: string; readonly text: string }[]): Promise<ReviewPage['wording']> {
  const people = (await reviews.namesWithin(db)).filter(({ kind }) => kind === 'person').map(({ title }) => title);
  return texts.flatMap(({ where, text }) => blameIn(text, people).map((one) => ({ ...one, where })));
}

function mayOf({ actor }: Seer, row: reviews.ReviewRow, hindered: readonly string[]): ReviewPage['may'] {
  const run = refusePermission(actor, 'incidents.run', incidents.permissions) ?? null;
  const open = run ?? refuseReviewChange(row.state) ?? null;
  const only = (state: Review['state']) => run ?? (row.state === state ? null : `This review is ${row.state}.`);
  return {
    updateReview: open,
    writeSection: open,
    pick: open,
    addFinding: open,
    addAction: open,
    submitReview: only('draft'),
    returnReview: run ?? (row.state === 'in review' || row.state === 'reviewed' ? null : `This review is ${row.state}.`),
    passReview: only('in review'),
    finishReview: only('reviewed') ?? (hindered.length > 0 ? hindered.join(' ') : null),
    reopenReview: only('closed'),
    editFactors: refusePermission(actor, 'incidents.factors', incidents.permissions) ?? null,
    redact: refuseRedacting(row) ?? null,
  };
}

/** What only some of the house may see does not leave it. */
export function refuseRedacting(row: reviews.ReviewRow): string | undefined {
  return row.visibility === 'restricted' ? 'This incident is restricted; there is no copy of its review for outsiders.' : undefined;
}
