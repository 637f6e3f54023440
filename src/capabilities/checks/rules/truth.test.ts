import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { covered, total, type Window } from '#kernel/spans.ts';
import {
  addBuckets,
  bucketOf,
  inSteps,
  latencyOf,
  monthsOf,
  outagesOf,
  percentile,
  readTargets,
  refuseParents,
  spansOf,
  tallyOf,
  telling,
  uptimeOf,
  writeTargets,
  type Stored,
  type Turn,
} from './index.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const now = Date.UTC(2026, 2, 2, 9);
const turns: fc.Arbitrary<readonly (Turn & { reason: string })[]> = fc
  .array(fc.record({ at: fc.integer({ min: now - 100 * DAY, max: now }), countsAs: fc.constantFrom('up' as const, 'down' as const, 'none' as const), reason: fc.constant('x') }), {
    maxLength: 20,
  })
  .map((all) => all.toSorted((a, b) => a.at - b.at));
const holes: fc.Arbitrary<readonly Window[]> = fc.array(
  fc.tuple(fc.integer({ min: 0, max: 100 * DAY }), fc.integer({ min: 1, max: 10 * DAY })).map(([back, lasts]) => ({ from: now - back, until: now - back + lasts })),
  { maxLength: 8 },
);
const times = fc.array(fc.integer({ min: 0, max: 60_000 }), { minLength: 1, maxLength: 200 });

test('what lies in a hole counts neither way: it may have been up or down', () => {
  fc.assert(
    fc.property(turns, holes, (all, some) => {
      const window = { from: now - 30 * DAY, until: now };
      const { upMs, downMs } = uptimeOf(spansOf(all, now), window, some);
      const inside = covered(some.map(({ from, until }) => ({ from: Math.max(from, window.from), until: Math.min(until, window.until) })));
      assert.ok(upMs + downMs <= DAY * 30 - total(inside));
      // Whatever the check said inside the holes, the answer is the same.
      const opposite = spansOf(all, now).flatMap((span) => [span, ...inside.map((hole) => ({ ...hole, value: 'down' as const }))]);
      assert.equal(uptimeOf(opposite, window, some).downMs, downMs);
    }),
    { numRuns: 200 },
  );
});

test('a percentile is within a tenth of the true one, and a higher share is never less', () => {
  fc.assert(
    fc.property(times, fc.double({ min: 0.01, max: 1, noNaN: true }), (all, share) => {
      const { buckets } = tallyOf(all.map((tookMs) => ({ ok: true, tookMs })));
      const told = percentile(buckets, share)!;
      const exact = all.toSorted((a, b) => a - b)[Math.max(1, Math.ceil(share * all.length)) - 1]!;
      assert.ok(exact <= 1 ? told === 1 : Math.abs(told - exact) / exact < 0.1, `${told} for ${exact}`);
      assert.ok(percentile(buckets, Math.min(1, share + 0.1))! >= told);
    }),
  );
});

test('tallies of parts are the tally of the whole, and failures leave no time', () => {
  fc.assert(
    fc.property(times, times, (some, others) => {
      const tally = (all: readonly number[]) => tallyOf(all.map((tookMs) => ({ ok: true, tookMs }))).buckets;
      assert.deepEqual(addBuckets(tally(some), tally(others)), tally([...some, ...others]));
    }),
  );
  assert.deepEqual(tallyOf([{ ok: false, tookMs: 900 }]), { good: 0, bad: 1, tookMs: 0, tookMostMs: 0, buckets: [] });
  assert.deepEqual(latencyOf([], 0), { count: 0, meanMs: null, p50: null, p95: null, p99: null });
  assert.ok(bucketOf(10 ** 9) === bucketOf(70_000));
});

test('steps begin where they are asked to, and a step without results is left out', () => {
  const at = (minutes: number, tookMs: number) => ({ at: minutes * 60_000, ...tallyOf([{ ok: true, tookMs }]) });
  const steps = inSteps([at(70, 100), at(5, 10), at(20, 10)], 0, HOUR);
  assert.deepEqual(
    steps.map((step) => [step.at, step.count]),
    [
      [0, 2],
      [HOUR, 1],
    ],
  );
});

const stored = fc.constantFrom<Stored>('new', 'up', 'pending', 'down');
test('going down is told once, only while nothing holds it back, and coming up only when going down was told', () => {
  fc.assert(
    fc.property(fc.array(fc.record({ next: stored, held: fc.boolean() }), { maxLength: 60 }), (steps) => {
      let is = { stored: 'new' as Stored, told: false };
      let open = false;
      for (const { next, held } of steps) {
        // The machine of results goes from down only to up.
        if (is.stored === 'down' && next !== 'up' && next !== 'down') continue;
        const what = telling(is, next, held);
        if (what === 'wentDown') {
          assert.ok(!held && !open);
          open = true;
        }
        if (what === 'cameUp') {
          assert.ok(open);
          open = false;
        }
        is = { stored: next, told: what === 'wentDown' || (is.told && next === 'down') };
        assert.equal(is.told, open);
        if (next === 'down' && !held) assert.ok(open, 'what is down and not held back is told');
      }
    }),
  );
});

test('no check comes to depend on itself, however long the way around is', () => {
  const edges = fc.array(fc.tuple(fc.integer({ min: 0, max: 7 }), fc.integer({ min: 0, max: 7 })), { maxLength: 40 });
  fc.assert(
    fc.property(edges, (asked) => {
      const known = new Map<string, string[]>();
      for (const [child, parent] of asked) {
        const [id, of] = [`c${child}`, `c${parent}`];
        if (refuseParents(id, [of], known, (name) => name) === undefined) known.set(id, [...(known.get(id) ?? []), of]);
      }
      for (const start of known.keys()) {
        const seen = new Set<string>();
        const open = [...(known.get(start) ?? [])];
        for (let next = open.pop(); next !== undefined; next = open.pop()) {
          assert.notEqual(next, start);
          if (!seen.has(next)) open.push(...(known.get(next) ?? []));
          seen.add(next);
        }
      }
    }),
  );
  assert.match(
    refuseParents('a', ['b'], new Map([['b', ['a']]]), () => 'CHK-2')!,
    /^CHK-2 depends on this check already/,
  );
});

test('months are those of the zone, and what is to come counts neither way', () => {
  const some = [
    { at: Date.UTC(2026, 0, 1), countsAs: 'up' as const, reason: '' },
    { at: Date.UTC(2026, 1, 28, 22), countsAs: 'down' as const, reason: 'status 503' },
    { at: Date.UTC(2026, 2, 1, 2), countsAs: 'up' as const, reason: '' },
  ];
  const [march, february, , december] = monthsOf({ turns: some, holes: [], madeAt: Date.UTC(2026, 0, 1) }, { now, months: 4, zone: 'Europe/Berlin' });
  assert.deepEqual([march?.month, march?.downMs, march?.outages, february?.downMs, february?.outages], ['2026-03', 3 * HOUR, 1, HOUR, 1]);
  assert.ok(march!.share! > 0.9);
  assert.deepEqual([december?.existed, december?.share], [false, null], 'in Berlin the year was over when it was made');
  assert.deepEqual(outagesOf(some), [{ from: Date.UTC(2026, 1, 28, 22), until: Date.UTC(2026, 2, 1, 2), reason: 'status 503' }]);
  const [quiet] = monthsOf({ turns: some, holes: [{ from: Date.UTC(2026, 1, 28), until: Date.UTC(2026, 2, 1, 2) }], madeAt: 0 }, { now, months: 1, zone: 'UTC' });
  assert.deepEqual([quiet?.outages, quiet?.downMs, quiet?.share], [0, 0, 1]);
});

test('reference targets are read as they are written', () => {
  const targets = [
    { kind: 'http' as const, url: 'https://example.com/' },
    { kind: 'tcp' as const, host: '192.0.2.1', port: 53 },
    { kind: 'tcp' as const, host: '2001:db8::1', port: 53 },
    { kind: 'ping' as const, host: '2001:db8::1' },
    { kind: 'ping' as const, host: 'gateway' },
  ];
  assert.equal(writeTargets(targets), 'https://example.com/\n192.0.2.1:53\n[2001:db8::1]:53\n2001:db8::1\ngateway');
  assert.deepEqual(readTargets(`\n${writeTargets(targets)}\n  \n`), targets);
});
