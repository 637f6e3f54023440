import { tell } from '#capabilities/notify/index.ts';
import { peopleByIds } from '#capabilities/people/index.ts';
import { iso } from '#kernel/clock.ts';
import type { Job } from '#kernel/desk.ts';
import type { Actor } from '#kernel/permissions.ts';
import { findingsOf } from './cases.ts';
import type { Measure, Opens, Report } from './contract.ts';
import { gathered, opensOf, type Input, type Seer } from './gathering.ts';
import { wantedBy } from './readers.ts';
import { monthBefore, monthSpan, refuseMonth, sentencesOf, type MonthFigures } from './rules/sentences.ts';
import { spreadOf } from './rules.ts';
import { allow } from '#kernel/problem.ts';

type Told = Omit<Report, 'wanted'>;

const most = (names: readonly string[]): readonly { name: string; count: number }[] =>
  [...Map.groupBy(names, (name) => name)].map(([name, all]) => ({ name, count: all.length })).toSorted((a, b) => b.count - a.count || a.name.localeCompare(b.name));

/** A month in plain language, from the same cases as every other figure. */
export async function reportOf(ctx: Seer, what: { readonly month: string | undefined; readonly team: string | undefined }): Promise<Told> {
  const month = what.month ?? monthBefore(ctx.now);
  allow(refuseMonth(month, ctx.now));
  const span = monthSpan(month);
  const input: Input = { from: iso(span.from), until: iso(span.until), ...(what.team && { team: what.team }) };
  const casesIn = async (measure: Measure, over: Input = input) => (await gathered(ctx, measure, over)).all;
  const lengths = async (measure: Measure) => {
    const all = await casesIn(measure);
    const { p50, p90, count } = spreadOf(all.flatMap((one) => one.tookMs ?? []));
    return { p50, p90, count };
  };
  const before = monthSpan(monthBefore(span.from + 1));
  const incidents = await casesIn('incidents');
  const alerts = await casesIn('alerts');
  const findings = await findingsOf(ctx, [...new Set(incidents.map((one) => one.record))]);
  const figures: MonthFigures = {
    incidents: incidents.length,
    incidentsBefore: (await casesIn('incidents', { ...input, from: iso(before.from), until: iso(before.until) })).length,
    severe: incidents.filter(({ severity }) => severity === 'SEV1' || severity === 'SEV2').length,
    practice: (await casesIn('incidents', { ...input, practice: true })).length,
    detect: await lengths('timeToDetect'),
    acknowledge: await lengths('timeToAcknowledgeIncident'),
    contain: await lengths('timeToContain'),
    resolve: await lengths('timeToResolveIncident'),
    factors: most([...new Set(findings.map(({ incident, factor }) => `${incident} ${factor}`))].map((pair) => pair.slice(37))).slice(0, 3),
    named: (await casesIn('namedIncidents')).length,
    repeated: (await casesIn('repeatedIncidents')).length,
    alerts: alerts.length,
    pages: (await casesIn('pages')).length,
    pagesOutOfHours: (await casesIn('pagesOutOfHours')).length,
    lateUpdates: (await casesIn('lateUpdates')).length,
    reviews: { due: (await casesIn('reviewsDue')).length, late: (await casesIn('reviewsLate')).length },
    actions: { due: (await casesIn('actionsDue')).length, late: (await casesIn('actionsLate')).length },
  };
  const opens = (measure: Measure | null, only: { practice?: true; severe?: true }): Opens | null =>
    measure === null ? null : opensOf(measure, { ...input, practice: only.practice, ...(only.severe && { severity: ['SEV1', 'SEV2'] }) }, span);
  return {
    month,
    from: iso(span.from),
    until: iso(span.until),
    parts: sentencesOf(figures).map(({ title, lines }) => ({ title, lines: lines.map(({ words, measure, ...only }) => ({ words, opens: opens(measure, only) })) })),
  };
}

/** On the first of the month: the report of the one that ended, to everybody who wants it, each as they may see it. */
export async function sendReports(job: Job): Promise<void> {
  await job.write(async (ctx) => {
    const people = await peopleByIds(ctx.db, await wantedBy(ctx.db));
    const month = monthBefore(ctx.now);
    const wanting = [...people.values()].filter(({ active }) => active);
    if (wanting.length === 0) ctx.unchanged();
    for (const person of wanting) {
      const reader: Actor = { id: person.id, kind: 'person', name: person.name, role: 'viewer', teams: [], leads: [], scopes: null, via: 'system' };
      const { parts } = await reportOf({ db: ctx.db, actor: reader, now: ctx.now }, { month, team: undefined });
      const text = parts.map(({ title, lines }) => `${title}\n${lines.map(({ words }) => `- ${words}`).join('\n')}`).join('\n\n');
      await tell(ctx, {
        personId: person.id,
        about: null,
        topic: `report ${month}`,
        title: `How response went in ${month}`,
        text: `${text}\n\nThe figures behind it: /lead/report?month=${month}`,
      });
      await ctx.record({ record: person.id, did: 'report.sent', data: { month } });
    }
  });
}
