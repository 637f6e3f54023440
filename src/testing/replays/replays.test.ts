import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openTestDesk, type TestDesk, type TestPerson } from '#testing/desk.ts';
import { addDays } from '#kernel/zoned.ts';
import { play, type Played } from './play.ts';
import { PUBLISHED, type Published } from './timelines.ts';

const MINUTE = 60_000;
const CADENCE = 30 * MINUTE;
const HALF_YEAR = 180 * 86_400_000;
const between = (from: string, to: string | null) => (to === null ? null : Date.parse(to) - Date.parse(from));

/** What the desk should say, from the times in the data alone. */
const expected = (one: Published) => ({
  detect: between(one.began, one.detected),
  acknowledge: between(one.detected, one.taken),
  contain: between(one.began, one.contained),
  resolve: between(one.began, one.resolved),
});

/** Nearest rank. */
function rank(lengths: readonly number[], percent: number): number {
  const sorted = lengths.toSorted((a, b) => a - b);
  return sorted[Math.ceil((percent / 100) * sorted.length) - 1] ?? Number.NaN;
}

function wasLate(one: Published): boolean {
  const told = [one.taken, ...one.steps.filter(({ kind }) => kind === 'update').map(({ at }) => at), one.resolved].map((at) => Date.parse(at));
  return told.slice(1).some((at, place) => at - (told[place] ?? at) > CADENCE);
}

describe('ten published incidents', () => {
  let desk: TestDesk;
  let reader: TestPerson;
  const played: Played[] = [];
  const window = { from: '2026-01-01T00:00:00Z', until: '2026-12-31T00:00:00Z' };
  before(async () => {
    desk = await openTestDesk({ at: '2026-01-02T09:00:00Z' });
    const commander = await desk.person('Cora Command', 'responder');
    reader = await desk.person('Rea Reader', 'responder');
    for (const [place, one] of PUBLISHED.entries()) played.push(await play(desk, { commander, reader }, one, addDays('2026-01-05', place * 20)));
  });
  after(() => desk.close());

  it('are ten, each with its source', () => {
    assert.equal(new Set(PUBLISHED.map(({ source }) => source)).size, 10);
    for (const { source } of PUBLISHED) assert.match(source, /^https:\/\//);
  });

  it('have reviews that say the published times, and close', async () => {
    for (const [place, one] of PUBLISHED.entries()) {
      const page = await reader.incidents.review({ number: played[place]?.review ?? '' });
      assert.deepEqual(page.facts.durations, expected(one), one.name);
      assert.equal(page.review.state, 'closed');
      assert.deepEqual(
        page.findings.map(({ factor }) => factor),
        one.factors,
      );
      assert.equal(page.facts.unknown.length, one.contained === null ? 1 : 0, one.name);
      assert.equal(page.facts.tested.length + page.facts.changed.length, one.steps.filter(({ kind }) => kind === 'tested' || kind === 'changed').length);
      assert.deepEqual(page.wording, [], 'our own words blame nobody');
      assert.ok((await reader.incidents.exportReview({ number: played[place]?.review ?? '' })).text.includes(one.source));
    }
  });

  it('make figures that are those of the data', async () => {
    const { metrics } = reader;
    const figures = {
      detect: await metrics.timeToDetect(window),
      acknowledge: await metrics.timeToAcknowledge({ ...window, of: 'incidents' }),
      contain: await metrics.timeToContain(window),
      resolve: await metrics.timeToResolve(window),
    };
    for (const step of ['detect', 'acknowledge', 'contain', 'resolve'] as const) {
      const lengths = PUBLISHED.flatMap((one) => expected(one)[step] ?? []);
      const { total } = figures[step];
      assert.deepEqual(
        { count: total.count, unanswered: total.unanswered, p50: total.p50, p90: total.p90, max: total.max },
        { count: lengths.length, unanswered: 10 - lengths.length, p50: rank(lengths, 50), p90: rank(lengths, 90), max: Math.max(...lengths) },
        step,
      );
      for (const bucket of total.buckets) assert.equal((await metrics.records({ ...bucket.opens, limit: 100 })).items.length, bucket.count);
    }
    assert.equal(figures.resolve.total.max, Date.parse('2022-04-18T23:57:00Z') - Date.parse('2022-04-05T07:38:00Z'));
  });

  it('are counted by what contributed, by service and by severity at the declaration, and open what is counted', async () => {
    const byFactor = await reader.metrics.incidentsBy({ ...window, by: 'factor' });
    const counts = Map.groupBy(
      PUBLISHED.flatMap(({ factors }) => factors),
      (factor) => factor,
    );
    assert.deepEqual(new Map(byFactor.items.map(({ name, count }) => [name, count])), new Map([...counts].map(([factor, all]) => [factor, all.length])));
    const bySeverity = await reader.metrics.incidentsBy({ ...window, by: 'severity' });
    assert.deepEqual(
      bySeverity.items.map(({ name, count }) => [name, count]),
      [
        ['SEV1', 7],
        ['SEV2', 3],
      ],
    );
    assert.equal((await reader.metrics.incidentsBy({ ...window, by: 'service' })).items.length, 10);
    const byCategory = await reader.metrics.incidentsBy({ ...window, by: 'category' });
    for (const { opens, count, name } of [...byFactor.items, ...bySeverity.items, ...byCategory.items])
      assert.equal((await reader.metrics.records({ ...opens, limit: 100 })).items.length, count, name);
  });

  it('repeat where a factor had been named within half a year, and ask anew whether the action against it helped', async () => {
    const { named, repeated } = await reader.metrics.repeats(window);
    const again = PUBLISHED.filter((one, place) =>
      PUBLISHED.some((other, earlier) => {
        const apart = (played[place]?.declaredAt ?? 0) - (played[earlier]?.declaredAt ?? 0);
        return earlier < place && apart <= HALF_YEAR && other.factors.some((factor) => one.factors.includes(factor));
      }),
    );
    assert.deepEqual([named.count, repeated.count], [10, again.length]);
    const numbers = (await reader.metrics.records({ ...repeated.opens, limit: 100 })).items.map(({ record }) => record.title);
    assert.deepEqual(new Set(numbers), new Set(again.map(({ name }) => name)));
    for (const [place, one] of PUBLISHED.entries()) {
      const later = PUBLISHED.findIndex((other, at) => at > place && other.factors.includes(one.factors[0]));
      const { action } = await reader.followups.get({ number: played[place]?.action ?? '' });
      assert.equal(action.helped, later < 0 ? 'yes' : 'open', one.action);
      const links = (await reader.records.links({ number: action.number })).items.map(({ record }) => record.number);
      if (later >= 0) assert.ok(links.includes(played[later]?.incident ?? ''));
    }
  });

  it('say which promises were kept', async () => {
    const { updates, reviews, actions } = await reader.metrics.promises(window);
    assert.deepEqual([updates.all.count, updates.late.count], [10, PUBLISHED.filter(wasLate).length]);
    assert.deepEqual([reviews.all.count, reviews.late.count, actions.all.count, actions.late.count], [10, 0, 10, 0]);
    const { items } = await reader.metrics.noisiest(window);
    assert.deepEqual([items.length, items[0]?.count, items[0]?.answered], [10, 1, 1]);
  });

  it('are told month by month in sentences that count the same', async () => {
    const { parts } = await reader.metrics.report({ month: '2026-01' });
    const said = parts.flatMap(({ lines }) => lines.map(({ words }) => words));
    assert.ok(said.includes('There were 2 incidents, 2 more than the month before.'), said.join('\n'));
    for (const { opens } of parts.flatMap(({ lines }) => lines)) if (opens) await reader.metrics.records({ ...opens, limit: 1 });
  });
});
