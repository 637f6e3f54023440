import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { iso, ms } from '#kernel/clock.ts';
import { movedTo } from './moving.ts';
import { holdsOthers, observe, type Counted, type Stored } from './rules/index.ts';
import type { StoredCheck } from './store/index.ts';

const START = Date.UTC(2026, 2, 2, 9);
const NAMES = ['line', 'router', 'shop'] as const;
type Name = (typeof NAMES)[number];
/** The shop depends on the router, that on the line. */
const PARENT: Readonly<Record<Name, Name | null>> = { line: null, router: 'line', shop: 'router' };

const fresh = (id: string): StoredCheck => ({
  id,
  probe: 'http',
  serviceId: null,
  config: {},
  secrets: null,
  movedFrom: null,
  origin: 'typed',
  stored: 'new',
  failures: 0,
  successes: 0,
  countsAs: 'none',
  since: iso(START),
  reason: '',
  told: false,
  parentIds: [],
  behind: null,
  lastAt: null,
  lastOk: null,
  tookMs: null,
  certificate: null,
  certificateEndsAt: null,
  certificateTold: false,
  intervalSeconds: 60,
  shard: 0,
  changedAt: iso(START),
  retiredAt: null,
  pingKey: null,
  lastPing: null,
  lastStart: null,
  lastRunId: null,
  lastDurationMs: null,
  expectedAt: null,
  alertAfter: null,
});

test('nobody is told of a check while what it depends on fails, and what it counted as then is neither', () => {
  const step = fc.record({ name: fc.constantFrom(...NAMES), result: fc.constantFrom('passed' as const, 'failed' as const), cared: fc.boolean() });
  const limits = fc.record({ failures: fc.integer({ min: 1, max: 3 }), successes: fc.integer({ min: 1, max: 3 }) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), limits, (steps, thresholds) => {
      const checks = new Map<Name, StoredCheck>(NAMES.map((name) => [name, fresh(name)]));
      const open = new Set<Name>();
      for (const [i, { name, result, cared }] of steps.entries()) {
        const at = START + i * 60_000;
        const before = checks.get(name)!;
        const { state } = observe({ state: before.stored as Exclude<Stored, 'paused'>, failures: before.failures, successes: before.successes }, result, thresholds);
        const parent = PARENT[name] === null ? undefined : checks.get(PARENT[name]);
        const behind = parent !== undefined && holdsOthers({ stored: parent.stored, retired: false });
        const hold = behind
          ? { why: 'parent' as const, id: parent.id, number: 'CHK-1' }
          : cared
            ? { why: 'maintenance' as const, number: 'MUT-1', title: 'Disk', until: null }
            : null;
        const { check, turn } = movedTo(before, { stored: state.state, hold: state.state === 'down' && !before.told ? hold : null, at, reason: 'status 503' });
        checks.set(name, { ...check, failures: state.failures, successes: state.successes });
        if (turn?.did === 'wentDown') {
          assert.ok(!behind && !cared && !open.has(name));
          open.add(name);
        }
        if (turn?.did === 'cameUp') assert.ok(open.delete(name));
        if (turn?.did === 'heldBack') assert.ok(behind || cared);
        if (check.behind !== null) assert.equal(check.countsAs satisfies Counted, 'none');
        assert.equal(check.told, open.has(name));
        assert.equal(turn?.counts ?? false, check.countsAs !== before.countsAs);
        assert.equal(ms(check.since), check.countsAs === before.countsAs ? ms(before.since) : at);
      }
    }),
  );
});
