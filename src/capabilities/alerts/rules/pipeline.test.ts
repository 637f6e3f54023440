import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decide, DEFAULTS, foldSignals, inhibitedBy, isFlapping, PLAIN_ROUTING, readRouting, refuseRouting, resolvesAt, routed, silences, tryRouting, wholeWay } from './index.ts';
import type { Episode, Incoming, InhibitRule, Latest, Options, PastAlert, RuleText, Signal, World } from './index.ts';

const MINUTE = 60_000;
const key = fc.constantFrom('a', 'b', 'c');
const kind = fc.constantFrom<Signal['kind']>('trigger', 'trigger', 'trigger', 'resolve', 'acknowledge');
const severity = fc.constantFrom<Signal['severity']>('critical', 'error', 'warning');
const signalOf = (k: string, what: Signal['kind'], how: Signal['severity']): Signal => ({
  kind: what,
  key: k,
  summary: k,
  severity: how,
  source: '',
  labels: {},
  details: {},
  startsAt: null,
  link: null,
  links: [],
});
const incoming = fc.record({ key, kind, severity }).map(({ key: k, kind: what, severity: how }): Incoming => ({ key: k, rawId: null, signal: signalOf(k, what, how) }));
const options = fc
  .record({ resolveAfter: fc.integer({ min: 1, max: 3 }), calmMinutes: fc.constantFrom(0, 5), reopenMinutes: fc.constantFrom(0, 5) })
  .map((some): Options => ({ ...DEFAULTS, ...some }));

const known = (latest: ReadonlyMap<string, Latest>, set: Options, now: number) => ({ latest, now, optionsOf: () => set });

/** Alerts as they stand after the episodes; a new one gets the next id. */
function stored(before: ReadonlyMap<string, Latest>, episodes: readonly Episode[], nextId: () => string): ReadonlyMap<string, Latest> {
  const after = new Map(before);
  for (const one of episodes)
    after.set(one.key, {
      id: one.id ?? nextId(),
      state: one.state,
      severity: one.severity,
      resolvedAt: one.resolvedAt,
      options: one.options,
      calmSignals: one.calmSignals,
      calmSince: one.calmSince,
      reopens: one.reopens,
      reopenedAt: one.reopenedAt,
    });
  return after;
}

test('a batch folded whole and signal by signal come to the same', () => {
  fc.assert(
    fc.property(fc.array(incoming, { maxLength: 20 }), options, (all, set) => {
      let ids = 0;
      let step: ReadonlyMap<string, Latest> = new Map();
      let counted = 0;
      for (const one of all) {
        const { episodes } = foldSignals([one], known(step, set, 1000));
        counted += episodes.reduce((sum, { signals }) => sum + signals, 0);
        step = stored(step, episodes, () => `${(ids += 1)}`);
      }
      ids = 0;
      const whole = foldSignals(all, known(new Map(), set, 1000));
      assert.deepEqual(
        stored(new Map(), whole.episodes, () => `${(ids += 1)}`),
        step,
      );
      assert.equal(
        whole.episodes.reduce((sum, { signals }) => sum + signals, 0),
        counted,
      );
      assert.equal(whole.ignored + counted, all.length);
    }),
    { numRuns: 3000 },
  );
});

test('at most one alert of a key is open, and one that was resolved long ago is never opened again', () => {
  fc.assert(
    fc.property(fc.array(incoming, { maxLength: 20 }), options, fc.integer({ min: 6, max: 100 }), (all, set, minutes) => {
      const old: Latest = { id: 'old', state: 'resolved', severity: 'warning', resolvedAt: 0, options: set, calmSignals: 0, calmSince: null, reopens: 0, reopenedAt: null };
      const { episodes } = foldSignals(all, known(new Map([['a', old]]), set, minutes * MINUTE));
      for (const k of ['a', 'b', 'c']) assert.ok(episodes.filter((one) => one.key === k && one.state !== 'resolved').length <= 1);
      assert.ok(!episodes.some((one) => one.id === 'old'));
    }),
  );
});

test('an alert is resolved in the end, however many signals a rule asks for, and never while it fires', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5 }), options, fc.boolean(), (calmSignals, set, flapping) => {
      const at = resolvesAt({ calmSignals, calmSince: 0 }, set, flapping);
      assert.ok(at >= set.calmMinutes * MINUTE && at <= Math.max(set.calmMinutes, 10) * MINUTE);
      if (calmSignals >= set.resolveAfter && !flapping) assert.equal(at, set.calmMinutes * MINUTE);
    }),
  );
  assert.ok(!isFlapping({ reopens: 9, reopenedAt: 0 }, 61 * MINUTE));
});

const label = fc.record({ a: fc.constantFrom('1', '2'), b: fc.constantFrom('1', '2') }, { requiredKeys: [] }) as fc.Arbitrary<Record<string, string>>;
const matcher = fc.record({ name: fc.constantFrom('a', 'b'), op: fc.constantFrom('=' as const, '!=' as const), value: fc.constantFrom('', '1', '2') });
const inhibit: fc.Arbitrary<InhibitRule> = fc.record({
  id: fc.constant('r'),
  source: fc.array(matcher, { maxLength: 2 }),
  target: fc.array(matcher, { maxLength: 2 }),
  equal: fc.subarray(['a', 'b']),
});

test('no alert silences itself, no two silence each other by one rule, and the order of sources does not matter', () => {
  fc.assert(
    fc.property(fc.array(inhibit, { maxLength: 3 }), fc.array(label, { maxLength: 5 }), label, (rules, others, own) => {
      for (const rule of rules) {
        assert.ok(!silences(rule, own, own));
        for (const other of others) assert.ok(!(silences(rule, own, other) && silences(rule, other, own)));
      }
      const sources = others.map((labels, place) => ({ id: `${place}`, labels }));
      const target = { id: 'own', labels: own };
      assert.equal(inhibitedBy(rules, sources, target) === null, inhibitedBy(rules, sources.toReversed(), target) === null);
    }),
    { numRuns: 2000 },
  );
});

const ruleText: fc.Arbitrary<RuleText> = fc.record({
  id: fc.uuid(),
  under: fc.constant(null),
  name: fc.constant('Rule'),
  matchers: fc.constantFrom('{a="1"}', '{b=~"1|2"}', '{a!="1"}'),
  goOn: fc.boolean(),
  set: fc.record({ outcome: fc.constantFrom<Options['outcome']>('page', 'ticket', 'log', 'severity'), holdSeconds: fc.constantFrom(0, 60) }, { requiredKeys: [] }),
});

test('every alert has exactly one outcome by any rules, and a rule that goes on never makes it less', () => {
  const weight = { page: 2, ticket: 1, log: 0 } as const;
  fc.assert(
    fc.property(fc.array(ruleText, { maxLength: 4 }), label, (rules, labels) => {
      const text = { ...PLAIN_ROUTING, rules };
      assert.deepEqual(refuseRouting(text), []);
      const plain = routed(readRouting(text), labels, 'critical');
      const goingOn = rules.map((rule) => ({ ...rule, goOn: true }));
      assert.ok(weight[routed(readRouting({ ...text, rules: goingOn }), labels, 'critical').outcome] >= weight[plain.outcome]);
    }),
    { numRuns: 2000 },
  );
});

const quiet: World = { now: 0, routing: readRouting(PLAIN_ROUTING), mutedBy: () => null, firing: [], explained: new Map(), heldBy: new Map() };
const subject = { id: 'x', labels: {}, severity: 'critical' as const, nodeId: 'n', openedAt: 0, confirmed: true, firings: 1 };

test('a way names every stage once, in order, whether it had something to say or not', () => {
  const muted = decide(subject, {
    ...quiet,
    mutedBy: () => ({ id: 'm', number: 'MUT-1', title: 'Move', by: 'Ada', until: MINUTE }),
    explained: new Map([['n', { by: 'y', sentence: 'It falls.' }]]),
  });
  assert.deepEqual(muted.held, { why: 'muted', by: 'm', until: MINUTE });
  const way = wholeWay(muted.verdicts, { outcome: muted.outcome, ruleName: '', severity: 'critical' });
  assert.deepEqual(
    way.map(({ stage, verdict }) => `${stage}: ${verdict}`),
    ['mute: muted', 'inhibit: explained', 'confirm: at once', 'settle: at once', 'route: page somebody'],
  );
  assert.equal(decide(subject, quiet).held, null);
  assert.deepEqual(decide(subject, quiet).verdicts, []);
});

test('rules tried on the past: every alert has a fate, and one page a group while it lasts', () => {
  const past = fc.array(
    fc.record({
      at: fc.integer({ min: 0, max: 100 }),
      for: fc.integer({ min: 0, max: 50 }),
      name: fc.constantFrom('x', 'y'),
      severity: fc.constantFrom<'critical' | 'warning'>('critical', 'warning'),
    }),
    { maxLength: 20 },
  );
  fc.assert(
    fc.property(past, (given) => {
      const alerts = given
        .toSorted((a, b) => a.at - b.at)
        .map((one, place): PastAlert => ({
          id: `${place}`,
          labels: { alertname: one.name },
          severity: one.severity,
          openedAt: one.at,
          resolvedAt: one.at + one.for,
          signalCount: 1,
        }));
      const tried = tryRouting(readRouting(PLAIN_ROUTING), alerts);
      assert.equal(tried.size, alerts.length);
      for (const name of ['x', 'y']) {
        const mine = alerts.filter((one) => one.labels['alertname'] === name && one.severity === 'critical');
        let until = -1;
        for (const one of mine) {
          assert.equal(tried.get(one.id)!.fate, one.openedAt < until ? 'joined' : 'page');
          until = Math.max(until, one.resolvedAt!);
        }
      }
      assert.ok(alerts.filter((one) => one.severity === 'warning').every((one) => tried.get(one.id)!.fate === 'log'));
    }),
  );
});
