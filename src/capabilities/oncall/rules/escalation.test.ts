import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { acknowledge, advance, begin, decide, escalate } from './escalation.ts';
import type { Decision, Escalation, EscalationEvent, Plan, Policy } from './escalation.ts';
import { whyFallback, whyPaged, whySkipped } from './sentences.ts';

const MINUTE = 60_000;
const target = fc.record({ kind: fc.constantFrom('rota', 'person', 'team'), id: fc.constantFrom('t1', 't2', 't3') });
const policy: fc.Arbitrary<Policy> = fc.record({
  steps: fc.array(fc.record({ targets: fc.array(target, { maxLength: 3 }), waitMinutes: fc.integer({ min: 0, max: 90 }) }), { maxLength: 5 }),
  repeat: fc.integer({ min: 0, max: 5 }),
});
const staffing = fc.record({ t1: fc.constantFrom([], ['ann']), t2: fc.constantFrom([], ['bo', 'ann']), t3: fc.constantFrom([], ['cy']) });
const plan: fc.Arbitrary<Plan> = fc.tuple(policy, staffing).map(([p, who]) => ({ policy: p, whoIs: ({ id }) => who[id as 't1'] }));
const events: fc.Arbitrary<EscalationEvent[]> = fc
  .array(
    fc.record({
      kind: fc.constantFrom('due', 'due', 'due', 'escalate', 'acknowledge', 'end'),
      after: fc.integer({ min: 0, max: 120 * MINUTE }),
    }),
    { maxLength: 25 },
  )
  .map((list) => {
    let clock = 0;
    return list.map(({ kind, after }) => ({ kind, at: (clock += after) }));
  });
const kinds = (decisions: readonly Decision[]) => decisions.map((d) => d.kind);

function replay(list: readonly EscalationEvent[], p: Plan, from: Escalation): { state: Escalation; decisions: Decision[] } {
  return list.reduce<{ state: Escalation; decisions: Decision[] }>(
    (so, event) => {
      const { state, decisions } = advance(so.state, event, p);
      return { state, decisions: [...so.decisions, ...decisions] };
    },
    { state: from, decisions: [] },
  );
}

test('every policy ends, and always with a page, a report or the fallback', () => {
  fc.assert(
    fc.property(plan, (p) => {
      let state = begin(0);
      const seen: Decision[] = [];
      for (let runs = 0; state.state === 'running'; runs += 1) {
        assert.ok(runs <= 6 * p.policy.steps.length + 1);
        const outcome = decide(state, p, state.nextAt!);
        assert.ok(outcome.decisions.length > 0);
        seen.push(...outcome.decisions);
        state = outcome.state;
      }
      assert.equal(seen.at(-1)?.kind, 'exhausted');
      assert.equal(seen.filter((d) => d.kind === 'exhausted').length, 1);
      const last = seen.at(-1)!;
      assert.equal(last.kind === 'exhausted' && last.paged, seen.some((d) => d.kind === 'page') ? 'somebody' : 'nobody');
    }),
  );
});

test('deadlines never move back', () => {
  fc.assert(
    fc.property(plan, events, (p, list) => {
      let state = begin(0);
      let latest = 0;
      for (const event of list) {
        state = advance(state, event, p).state;
        if (event.kind === 'escalate') latest = Math.min(latest, event.at);
        if (state.nextAt !== null) {
          assert.ok(state.nextAt >= latest);
          latest = state.nextAt;
        }
      }
    }),
  );
});

test('after an acknowledgement nothing is paged until somebody escalates', () => {
  fc.assert(
    fc.property(plan, events, events, (p, before, after) => {
      const acknowledged = acknowledge(replay(before, p, begin(0)).state);
      assert.equal(acknowledged.nextAt, null);
      const quiet = after.filter((e) => e.kind !== 'escalate').map((e) => ({ ...e, at: e.at + 10 ** 9 }));
      assert.deepEqual(replay(quiet, p, acknowledged).decisions, []);
    }),
  );
});

test('replaying the events gives the same state, also from a state kept halfway', () => {
  fc.assert(
    fc.property(plan, events, fc.nat(), (p, list, cut) => {
      const whole = replay(list, p, begin(0));
      const middle = list.length === 0 ? 0 : cut % list.length;
      const first = replay(list.slice(0, middle), p, begin(0));
      const kept = JSON.parse(JSON.stringify(first.state)) as Escalation;
      const second = replay(list.slice(middle), p, kept);
      assert.deepEqual(second.state, whole.state);
      assert.deepEqual([...first.decisions, ...second.decisions], whole.decisions);
    }),
  );
});

test('a step with nobody is reported and costs no time', () => {
  fc.assert(
    fc.property(plan, (p) => {
      const { decisions } = decide(begin(0), p, 0);
      const empty = p.policy.steps.findIndex((s) => s.targets.some((t) => p.whoIs(t).length > 0));
      const skips = decisions.filter((d) => d.kind === 'skip').length;
      assert.equal(skips, empty === -1 ? p.policy.steps.length : empty);
      assert.equal(decisions.at(-1)?.kind, empty === -1 ? 'exhausted' : 'wait');
    }),
  );
});

test('nobody is paged twice by one step', () => {
  fc.assert(
    fc.property(plan, (p) => {
      const paged = decide(begin(0), p, 0).decisions.flatMap((d) => (d.kind === 'page' ? [d.personId] : []));
      assert.equal(new Set(paged).size, paged.length);
    }),
  );
  const targets = [
    { kind: 'person', id: 'x' },
    { kind: 'team', id: 'y' },
  ] as const;
  const [only] = decide(begin(0), { policy: { steps: [{ targets, waitMinutes: 1 }], repeat: 0 }, whoIs: () => ['ann'] }, 0).decisions;
  assert.deepEqual(only?.kind === 'page' && only.target, targets[0]);
});

const two: Plan = {
  policy: {
    steps: [
      { targets: [{ kind: 'rota', id: 'a' }], waitMinutes: 5 },
      { targets: [{ kind: 'rota', id: 'b' }], waitMinutes: 10 },
    ],
    repeat: 0,
  },
  whoIs: ({ id }) => [id],
};

test('escalating by hand takes the next step at once, also when acknowledged', () => {
  const first = decide(begin(0), two, 0);
  assert.deepEqual(kinds(first.decisions), ['page', 'wait']);
  const again = decide(escalate(acknowledge(first.state), MINUTE), two, MINUTE);
  assert.deepEqual(again.decisions[0], {
    kind: 'page',
    personId: 'b',
    step: 1,
    round: 0,
    target: { kind: 'rota', id: 'b' },
    because: { stepNumber: 2, stepCount: 2, roundNumber: 1, roundCount: 1, previous: 'escalated' },
  });
  assert.equal(again.state.nextAt, 11 * MINUTE);
  assert.deepEqual(kinds(decide(again.state, two, 11 * MINUTE).decisions), ['exhausted']);
});

test('the sentences say why', () => {
  assert.equal(
    whyPaged({ stepNumber: 2, stepCount: 3, rotaName: 'Payments', layerName: 'Nights', previous: 'unanswered' }),
    'On call in Payments, layer Nights (step 2 of 3). Step 1 was not acknowledged in time.',
  );
  assert.equal(
    whyPaged({ stepNumber: 1, stepCount: 3, rotaName: null, layerName: null, previous: 'unanswered', roundNumber: 2 }),
    'Named in the escalation policy (step 1 of 3, round 2). Step 3 of the round before was not acknowledged in time.',
  );
  assert.equal(whySkipped({ stepNumber: 1, stepCount: 2, targetNames: ['Payments'] }), 'Step 1 of 2 was skipped: nobody is on call in Payments.');
  assert.match(whyFallback({ policyName: 'Payments policy', rounds: 2, paged: 'somebody' }), /^Nobody acknowledged within 2 rounds/);
});
