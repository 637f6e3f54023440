import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { matchesAll } from '#capabilities/mutes/rules/index.ts';
import type { Matcher } from '#capabilities/mutes/rules/index.ts';
import { apply, binderOf, fingerprintOf, instantFrom, keyOf, safeLink, severityOf } from './index.ts';
import type { AlertState } from './index.ts';

const name = fc.stringMatching(/^[a-zA-Z_:][a-zA-Z0-9_:]{0,8}$/);
const literal = fc.record({ name, op: fc.constantFrom('=', '!='), value: fc.string({ unit: 'grapheme', maxLength: 12 }) }, { noNullPrototype: true });
const pattern = fc.record({ name, op: fc.constantFrom('=~', '!~'), value: fc.constantFrom('a.*', 'foo|bar', '[0-9]+', '', '\\d', 'x\\.y') }, { noNullPrototype: true });
const matcher: fc.Arbitrary<Matcher> = fc.oneof(literal, pattern);
const labels = fc.dictionary(name, fc.string({ maxLength: 6 }), { maxKeys: 4, noNullPrototype: true });

test('a fingerprint does not depend on the order of the labels and differs when one differs', () => {
  assert.equal(fingerprintOf({}), 'cbf29ce484222325');
  fc.assert(
    fc.property(labels, name, fc.string({ minLength: 1 }), (l, extra, value) => {
      assert.equal(fingerprintOf(l), fingerprintOf(Object.fromEntries(Object.entries(l).reverse())));
      assert.notEqual(fingerprintOf({ ...l, [extra]: `${l[extra] ?? ''}${value}` }), fingerprintOf(l));
    }),
  );
});

test('identity by named labels ignores all others', () => {
  fc.assert(
    fc.property(labels, labels, (l, more) => {
      const rule = { by: 'labels', names: ['host'] } as const;
      assert.equal(keyOf({ key: 'k', labels: { ...l, host: 'a' } }, rule), keyOf({ key: null, labels: { ...more, host: 'a' } }, rule));
      assert.equal(keyOf({ key: '', labels: l }, { by: 'key' }), null);
    }),
  );
});

const services = [
  { id: 's1', slug: 'payments-api', name: 'Payments API' },
  { id: 's2', slug: 'postgres', name: 'Main database' },
];

test('a service is found by rule, then by label, and the sentence says how', () => {
  const rules = [{ id: 'r1', matchers: [{ name: 'instance', op: '=~', value: 'db.*' } as const], serviceId: 's2' }];
  assert.deepEqual(binderOf({ rules, services })({ labels: { instance: 'db1', service: 'payments-api' } }), {
    serviceId: 's2',
    componentId: null,
    ruleId: 'r1',
    because: 'Belongs to Main database by the rule {instance=~"db.*"}.',
  });
  assert.equal(binderOf({ rules, services })({ labels: { job: 'Payments API' } }).because, 'Belongs to Payments API by its label job="Payments API".');
  assert.equal(binderOf({ rules, services, fallbackId: 's1' })({ labels: { app: 'x' } }).serviceId, 's1');
  assert.equal(binderOf({ rules, services })({ labels: { app: 'x' } }).serviceId, null);
});

test('the first rule that matches decides', () => {
  fc.assert(
    fc.property(fc.array(fc.array(matcher, { maxLength: 2 }), { maxLength: 4 }), labels, (sets, l) => {
      const rules = sets.map((matchers, i) => ({ id: `r${i}`, matchers, serviceId: 's1' }));
      const first = rules.find((r) => matchesAll(r.matchers, l));
      assert.equal(binderOf({ rules, services })({ labels: l }).ruleId, first?.id ?? null);
    }),
  );
});

test('severities of common senders', () => {
  assert.deepEqual(['CRITICAL', 'page', 'warn', 'P3', 'Informational', 'nonsense', undefined].map(severityOf), [
    'critical',
    'critical',
    'warning',
    'warning',
    'info',
    'error',
    'error',
  ]);
});

const signals = fc.array(fc.constantFrom('trigger', 'acknowledge', 'resolve'), { maxLength: 12 });

test('at most one alert is open for a key, and repeating a signal changes nothing', () => {
  fc.assert(
    fc.property(signals, (kinds) => {
      let latest: { state: AlertState } | null = null;
      for (const kind of kinds) {
        const first = apply(latest, { kind });
        if (first.effect.startsWith('created')) assert.ok(latest === null || (latest as { state: AlertState }).state === 'resolved');
        latest = first.state === null ? null : { state: first.state };
        assert.equal(apply(latest, { kind }).state, first.state);
        assert.ok(['duplicate', 'ignored'].includes(apply(latest, { kind }).effect));
      }
    }),
  );
});

test('what a signal does to the alert that was there', () => {
  const does = (state: AlertState | null, kind: 'trigger' | 'acknowledge' | 'resolve') => Object.values(apply(state === null ? null : { state }, { kind }));
  assert.deepEqual(does(null, 'trigger'), ['created', 'triggered']);
  assert.deepEqual(does('triggered', 'trigger'), ['duplicate', 'triggered']);
  assert.deepEqual(does('acknowledged', 'trigger'), ['duplicate', 'acknowledged']);
  assert.deepEqual(does('resolved', 'trigger'), ['created-again', 'triggered']);
  assert.deepEqual(does('triggered', 'acknowledge'), ['acknowledged', 'acknowledged']);
  assert.deepEqual(does('resolved', 'acknowledge'), ['ignored', 'resolved']);
  assert.deepEqual(does('acknowledged', 'resolve'), ['resolved', 'resolved']);
  assert.deepEqual(does(null, 'resolve'), ['ignored', null]);
});

test('times of senders', () => {
  assert.equal(instantFrom('2015-07-17T08:42:58.315+0000'), Date.UTC(2015, 6, 17, 8, 42, 58, 315));
  assert.equal(instantFrom('2026-01-01T00:00:00.123456789Z'), Date.UTC(2026, 0, 1, 0, 0, 0, 123));
  assert.equal(instantFrom('2026-01-01T02:00:00+02:00'), Date.UTC(2026, 0, 1));
  assert.equal(instantFrom('0001-01-01T00:00:00Z'), null);
  assert.equal(instantFrom('yesterday'), null);
  assert.equal(safeLink('javascript:alert(1)'), null);
});
