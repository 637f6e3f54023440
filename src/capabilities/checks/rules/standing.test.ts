import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { clip, total } from '#kernel/spans.ts';
import { statusAllowed } from '../probes/http.ts';
import { PROBE_KINDS, ProbeConfig, refuseProbe, targetOf } from '../probes/index.ts';
import { openWheel } from '../wheel.ts';
import { countsAs, dailyUptime, lasting, nextRun, shownState, silentHours, spansOf, uptimeOf, type Turn } from './index.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const until = Date.UTC(2026, 2, 2, 9);
const turns: fc.Arbitrary<readonly Turn[]> = fc
  .array(fc.record({ at: fc.integer({ min: until - 100 * DAY, max: until }), countsAs: fc.constantFrom('up' as const, 'down' as const, 'none' as const) }), { maxLength: 20 })
  .map((all) => all.toSorted((a, b) => a.at - b.at));
const hours = fc.array(fc.integer({ min: 0, max: 90 * 24 }), { maxLength: 60 }).map((all) => all.map((n) => until - n * HOUR));

test('uptime never counts more time than the window has, and days add up to the whole', () => {
  fc.assert(
    fc.property(turns, hours, (all, known) => {
      const today = Math.floor(until / DAY) * DAY;
      const window = { from: today - 89 * DAY, until };
      const silent = silentHours(known, window);
      const spans = spansOf(all, until);
      const { upMs, downMs, share } = uptimeOf(spans, window, silent);
      const quiet = total(
        clip(
          silent.map((hour) => ({ ...hour, value: null })),
          window,
        ),
      );
      assert.ok(upMs + downMs <= window.until - window.from - quiet);
      assert.ok(share === null ? upMs + downMs === 0 : share >= 0 && share <= 1);
      const days = dailyUptime(spans, silent, { until, days: 90 });
      assert.equal(days.length, 90);
      assert.ok(Math.abs(days.reduce((sum, day) => sum + day.downMinutes, 0) - downMs / 60_000) <= 45);
    }),
    { numRuns: 100 },
  );
});

test('a silent monitor counts neither way, however long it is silent', () => {
  const spans = spansOf([{ at: until - 10 * HOUR, countsAs: 'up' }], until);
  const window = { from: until - DAY, until };
  const silent = silentHours([until - 10 * HOUR, until - 9 * HOUR], window);
  assert.deepEqual(uptimeOf(spans, window, silent), { share: 1, upMs: 2 * HOUR, downMs: 0 });
  assert.equal(uptimeOf(spans, { from: until - HOUR, until }, silent).share, null);
});

test('a failure that is not yet down leaves the count as it was', () => {
  for (const before of ['up', 'down', 'none'] as const) assert.equal(countsAs('pending', before), before);
  assert.equal(countsAs('paused', 'down'), 'none');
});

test('a probe is unknown once it is silent for three intervals, unless it is paused', () => {
  const standing = {
    stored: 'up' as const,
    intervalMs: 60_000,
    lastAt: until,
    changedAt: until - DAY,
    expectedAt: null,
    alertAfter: null,
    behind: null,
    maintenance: null,
    blind: false,
  };
  assert.equal(shownState(standing, until + 180_000), 'up');
  assert.equal(shownState(standing, until + 180_001), 'unknown');
  assert.equal(shownState({ ...standing, changedAt: until + 170_000 }, until + 200_000), 'up');
  assert.equal(shownState({ ...standing, stored: 'paused' }, until + DAY), 'paused');
  assert.equal(shownState({ ...standing, stored: 'down', behind: 'CHK-2' }, until), 'unreachable');
  assert.equal(shownState({ ...standing, stored: 'down', behind: 'CHK-2' }, until + DAY), 'unknown', 'silence is silence, whatever explained it');
  assert.equal(shownState({ ...standing, stored: 'down', maintenance: { number: 'MUT-1', title: 'Disk' } }, until), 'maintenance');
});

test('runs of a check are exactly one interval apart, and checks of one interval are spread', () => {
  const id = fc.uuid();
  fc.assert(
    fc.property(id, fc.integer({ min: 20_000, max: HOUR }), fc.integer({ min: 0, max: until }), (one, interval, after) => {
      const first = nextRun(one, interval, after);
      assert.ok(first >= after && first < after + interval);
      assert.equal(nextRun(one, interval, first), first);
      assert.equal(nextRun(one, interval, first + 1), first + interval);
    }),
  );
});

test('the wheel gives each name once, never early and never later than the asked instant, also over steps of the clock', () => {
  const step = fc.oneof(
    fc.record({ put: fc.constantFrom('a', 'b', 'c', 'd'), in: fc.integer({ min: -500, max: 5000 }) }),
    fc.record({ wait: fc.integer({ min: 0, max: 200_000 }) }),
    fc.record({ drop: fc.constantFrom('a', 'b') }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const wheel = openWheel(50);
      const model = new Map<string, number>();
      let now = until;
      for (const one of steps) {
        if ('put' in one) {
          wheel.put(one.put, now + one.in);
          model.set(one.put, now + one.in);
        } else if ('drop' in one) {
          wheel.drop(one.drop);
          model.delete(one.drop);
        } else {
          now += one.wait;
          const due = [...model].filter(([, at]) => Math.ceil(at / 50) <= Math.floor(now / 50)).map(([name]) => name);
          assert.deepEqual(wheel.due(now).toSorted(), due.toSorted());
          for (const name of due) model.delete(name);
        }
        assert.equal(wheel.size, model.size);
      }
    }),
    { numRuns: 500 },
  );
});

test('expected statuses are lists and ranges', () => {
  assert.ok(statusAllowed('200-299', 204) && statusAllowed('200, 301-302', 302) && !statusAllowed('200, 301-302', 303));
});

test('lengths of time read as people say them', () => {
  assert.deepEqual([40_000, 12 * 60_000, 2 * HOUR, 2 * HOUR + 300_000, 3 * DAY, 3 * DAY + 4 * HOUR].map(lasting), ['40 s', '12 min', '2 h', '2 h 5 min', '3 d', '3 d 4 h']);
});

test('the sample of each probe is a configuration that is taken', () => {
  for (const kind of PROBE_KINDS) {
    const config = ProbeConfig.parse(JSON.parse(readFileSync(new URL(`../probes/${kind}.sample.json`, import.meta.url), 'utf8')));
    assert.equal(config.kind, kind);
    assert.equal(refuseProbe(config), undefined);
    assert.notEqual(targetOf(config), '');
  }
});
