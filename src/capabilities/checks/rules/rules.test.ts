import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { alertAfter, applyPing, nextTime, observe, pingPath, refuseSchedule, settledStatusOf, statusOf, unseen } from './index.ts';
import type { Heartbeat, PingedCheck, ProbeResult } from './index.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const T0 = Date.UTC(2026, 0, 1);
const moment = fc.integer({ min: 0, max: 60 * 24 * 40 }).map((minutes) => T0 + minutes * 60_000);
const expects = fc.oneof(
  fc.integer({ min: 1, max: 3000 }).map((minutes) => ({ kind: 'simple' as const, periodMs: minutes * 60_000 })),
  fc.constantFrom('*/5 * * * *', '0 3 * * 1', '30 2 * * *').map((text) => ({ kind: 'cron' as const, text, zone: 'Europe/Berlin' })),
);
const heartbeat: fc.Arbitrary<Heartbeat> = fc.record(
  {
    stored: fc.constantFrom('new', 'up', 'down', 'paused'),
    expects,
    graceMs: fc.integer({ min: 1, max: 600 }).map((m) => m * 60_000),
    lastPing: fc.option(moment),
    lastStart: fc.option(moment),
  },
  { noNullPrototype: true },
);

test('it is down from the instant it says and not before', () => {
  fc.assert(
    fc.property(heartbeat, (check) => {
      const after = alertAfter(check);
      if (check.stored === 'down') assert.equal(after, null);
      else if (after === null) assert.notEqual(settledStatusOf(check, T0 + 365 * DAY), 'down');
      else {
        assert.equal(settledStatusOf(check, after), 'down');
        assert.notEqual(settledStatusOf(check, after - 1), 'down');
      }
    }),
  );
});

test('without a ping the status only gets worse', () => {
  const order = ['up', 'grace', 'down'];
  fc.assert(
    fc.property(
      heartbeat.filter((c) => c.stored === 'up'),
      moment,
      moment,
      (check, a, b) => {
        const [early, late] = [Math.min(a, b), Math.max(a, b)];
        assert.ok(order.indexOf(settledStatusOf(check, early)) <= order.indexOf(settledStatusOf(check, late)));
      },
    ),
  );
});

test('a cron time is met on the zone’s clock, also across the clock change', () => {
  const at = (after: string) => new Date(nextTime({ kind: 'cron', text: '0 3 * * *', zone: 'Europe/Berlin' }, Date.parse(after))!).toISOString();
  assert.equal(at('2026-03-28T02:00:00Z'), '2026-03-29T01:00:00.000Z');
  assert.equal(at('2026-10-24T01:00:00Z'), '2026-10-25T02:00:00.000Z');
});

test('calendar expressions of systemd', () => {
  const next = (text: string, after: string, zone = 'UTC') => {
    const ms = nextTime({ kind: 'calendar', text, zone }, Date.parse(after));
    return ms === null ? null : new Date(ms).toISOString().slice(0, 19);
  };
  assert.equal(next('daily', '2026-01-01T00:00:00Z'), '2026-01-02T00:00:00');
  assert.equal(next('Mon..Fri 08:30', '2026-01-02T09:00:00Z'), '2026-01-05T08:30:00');
  assert.equal(next('Sat,Sun *-*-* 10:00', '2026-01-02T09:00:00Z', 'Europe/Berlin'), '2026-01-03T09:00:00');
  assert.equal(next('*-*~1 12:00', '2026-02-01T00:00:00Z'), '2026-02-28T12:00:00');
  assert.equal(next('*:0/15', '2026-01-01T00:07:00Z'), '2026-01-01T00:15:00');
  assert.equal(next('2028-02-29', '2026-01-01T00:00:00Z'), '2028-02-29T00:00:00');
  assert.equal(next('2019-01-01', '2026-01-01T00:00:00Z'), null);
  assert.equal(next('*-02-30', '2026-01-01T00:00:00Z'), null);
  assert.equal(next('*-*-* 02:30', '2026-03-28T12:00:00Z', 'Europe/Berlin'), '2026-03-29T01:00:00');
  for (const text of ['', 'sometimes', 'Mon..Xyz', '25:00', '*-13-01', '* * * * *'])
    assert.match(refuseSchedule({ kind: 'calendar', text, zone: 'UTC' }) ?? '', /is not a schedule/);
  for (const text of ['', '* * * *', '61 * * * *', '* * * * * *']) assert.match(refuseSchedule({ kind: 'cron', text, zone: 'UTC' }) ?? '', /is not a schedule/);
  assert.equal(refuseSchedule({ kind: 'cron', text: '0 0 * * *', zone: 'Mars/Olympus' }), 'Mars/Olympus is not a time zone');
});

const pinged: fc.Arbitrary<PingedCheck> = fc.tuple(heartbeat, fc.boolean(), fc.boolean()).map(([check, manualResume, filterBody]) => ({
  ...check,
  manualResume,
  filterBody,
  lastRunId: null,
  lastDurationMs: null,
  methods: 'any',
  successWords: 'ok, fine',
  failureWords: 'bad',
  startWords: 'go',
  otherwise: 'ignore',
}));
const path = fc.constantFrom('', '/start', '/fail', '/log', '/0', '/1', '/255', '/256', '/odd');

test('a ping is answered, and only success and failure change the stored status', () => {
  fc.assert(
    fc.property(pinged, path, fc.constantFrom('', 'ok', 'bad', 'go', 'ok bad'), (check, suffix, body) => {
      const outcome = applyPing(check, { path: suffix, method: 'POST', body }, T0 + 60 * DAY);
      if (suffix === '/256' || suffix === '/odd') assert.equal(outcome.http, suffix === '/256' ? 400 : 404);
      if (outcome.http !== 200) return;
      const { kind } = outcome.ping;
      const moved = kind === 'success' || kind === 'fail';
      assert.equal(outcome.check.stored, moved ? (kind === 'fail' ? 'down' : 'up') : check.stored);
      assert.equal(outcome.flip !== null, outcome.check.stored !== check.stored);
      assert.equal(outcome.alertAfter, alertAfter(outcome.check));
      if (check.stored === 'paused' && check.manualResume) assert.equal(kind, 'ignored');
      else if (check.filterBody && body.includes('bad')) assert.equal(kind, 'fail');
    }),
  );
});

test('a run is started, shown and ended by its own id only', () => {
  const rid = '00000000-0000-4000-8000-000000000001';
  const check: PingedCheck = {
    stored: 'up',
    expects: { kind: 'simple', periodMs: DAY },
    graceMs: HOUR,
    lastPing: T0,
    lastStart: null,
    lastRunId: null,
    lastDurationMs: null,
    manualResume: false,
    methods: 'any',
    filterBody: false,
    successWords: '',
    failureWords: '',
    startWords: '',
    otherwise: 'ignore',
  };
  const started = applyPing(check, { path: '/start', method: 'GET', runId: rid }, T0 + 1000);
  assert.ok(started.http === 200 && statusOf(started.check, T0 + 2000) === 'started');
  const foreign = applyPing(started.check, { path: '', method: 'GET', runId: rid.replace('1', '2') }, T0 + 5000);
  assert.ok(foreign.http === 200 && foreign.check.lastStart === T0 + 1000 && foreign.check.lastDurationMs === null);
  const ended = applyPing(started.check, { path: '', method: 'GET', runId: rid }, T0 + 5000);
  assert.ok(ended.http === 200 && ended.check.lastStart === null && ended.check.lastDurationMs === 4000);
  const anonymous = applyPing(started.check, { path: '', method: 'GET' }, T0 + 5000);
  assert.ok(anonymous.http === 200 && anonymous.check.lastStart === null && anonymous.check.lastDurationMs === null);
  assert.equal(pingPath(`/ping/${rid}/fail`)?.path, '/fail');
  assert.equal(pingPath('/ping/07c2f54898504b27af5d6c9dc157ec02/'), null);
});

const results = fc.array(fc.constantFrom<ProbeResult>('passed', 'failed', 'blind'), { maxLength: 40 });
const thresholds = fc.record({ failures: fc.integer({ min: 1, max: 5 }), successes: fc.integer({ min: 1, max: 5 }) });

test('down takes so many failures in a row, up so many successes, and turns alternate', () => {
  fc.assert(
    fc.property(results, thresholds, (list, limits) => {
      let state = unseen;
      let last: 'down' | 'up' = 'up';
      const seen: ProbeResult[] = [];
      for (const result of list) {
        const before = state;
        const observed = observe(state, result, limits);
        state = observed.state;
        if (result === 'blind') {
          assert.deepEqual(state, before);
          continue;
        }
        seen.push(result);
        if (observed.turned === 'down') assert.ok(seen.slice(-limits.failures).every((r) => r === 'failed') && seen.length >= limits.failures);
        if (observed.turned === 'up') assert.ok(seen.slice(-limits.successes).every((r) => r === 'passed') && seen.length >= limits.successes);
        if (observed.turned !== null) {
          assert.notEqual(observed.turned, last);
          last = observed.turned;
        }
        assert.equal(state.state === 'down', last === 'down');
        if (seen.slice(-limits.failures).length === limits.failures && seen.slice(-limits.failures).every((r) => r === 'failed')) assert.equal(state.state, 'down');
        if (seen.slice(-limits.successes).length === limits.successes && seen.slice(-limits.successes).every((r) => r === 'passed')) assert.equal(state.state, 'up');
      }
    }),
  );
});
