import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { WEEKDAYS } from '#kernel/weekly.ts';
import { isInside, opensAfter, refuseStep, timesWords, urgencyOf, type Times } from './conditions.ts';
import { acknowledge, begin, decide, handOver, help, holdsUntil, type Plan } from './escalation.ts';
import { policyWords } from './words.ts';
import { alarmOf, troublesOf } from './audit.ts';

const MINUTE = 60_000;
const clock = fc.tuple(fc.nat(23), fc.constantFrom(0, 15, 30, 45)).map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`);
const times: fc.Arbitrary<Times> = fc.record({
  zone: fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe'),
  hours: fc.array(fc.record({ days: fc.subarray([...WEEKDAYS], { minLength: 1 }), from: clock, until: clock }), { minLength: 1, maxLength: 3 }),
});
// Between the changes of all these clocks, or an hour of the week may be skipped.
const now = fc.integer({ min: Date.UTC(2026, 4, 1) / MINUTE, max: Date.UTC(2026, 8, 1) / MINUTE }).map((minute) => minute * MINUTE);

test('when hours begin next they hold, and none begin before', () => {
  fc.assert(
    fc.property(times, now, (weekly, at) => {
      const opens = opensAfter(weekly, at);
      if (opens === null) return assert.ok(isInside(weekly, at), 'they never end');
      assert.ok(opens > at && opens - at <= 14 * 86_400_000);
      assert.ok(isInside(weekly, opens));
      if (!isInside(weekly, at)) for (let quarter = at; quarter < opens; quarter += 15 * MINUTE) assert.ok(!isInside(weekly, quarter));
    }),
  );
});

test('low urgency waits only for hours that begin, and never outside of them for ever', () => {
  fc.assert(
    fc.property(times, now, fc.constantFrom('severity', 'support'), (support, at, by) => {
      const { urgency, waitsUntil } = urgencyOf({ by, support }, { severity: 'warning', tier: null }, at);
      assert.equal(waitsUntil !== null, urgency === 'low' && !isInside(support, at));
      assert.equal(urgencyOf({ by: 'severity', support }, { severity: 'critical', tier: null }, at).urgency, 'high');
    }),
  );
});

test('over midnight and over the night the clock changes, hours are those of the local clock', () => {
  const nights: Times = { zone: 'Europe/Berlin', hours: [{ days: ['sa'], from: '22:00', until: '06:00' }] };
  assert.ok(isInside(nights, Date.parse('2026-03-29T03:59:00Z')), '05:59 on Sunday, after the clock went forward');
  assert.ok(!isInside(nights, Date.parse('2026-03-29T04:00:00Z')));
  assert.ok(!isInside(nights, Date.parse('2026-03-29T20:30:00Z')), 'Sunday evening is not Saturday evening');
  assert.equal(timesWords(nights), 'Sat 22:00 to 06:00 (Europe/Berlin)');
});

test('a step without a condition always applies; an unknown fact fulfils no condition', () => {
  assert.equal(refuseStep(undefined, { severity: null, tier: null }, 0), undefined);
  assert.equal(refuseStep({ severities: [], tiers: [] }, { severity: null, tier: null }, 0), undefined);
  assert.match(refuseStep({ severities: ['critical'] }, { severity: null, tier: 1 }, 0) ?? '', /of unknown severity/);
  assert.match(refuseStep({ tiers: [1] }, { severity: 'critical', tier: null }, 0) ?? '', /no service with a tier/);
});

const plan = (steps: Plan['policy']['steps'], rest: Partial<Plan['policy']> = {}): Plan => ({
  policy: { steps, repeat: 0, ...rest },
  whoIs: ({ id, kind }) => (kind === 'channel' || id === 'nobody' ? [] : [id]),
});
const to = (id: string, kind: 'person' | 'channel' = 'person') => ({ kind, id });

test('a channel is told and waited for; beside a rota with nobody it is told and not waited for', () => {
  const only = decide(
    begin(0),
    plan([
      { targets: [to('room', 'channel')], waitMinutes: 5 },
      { targets: [to('ann')], waitMinutes: 5 },
    ]),
    0,
  );
  assert.deepEqual(
    only.decisions.map(({ kind }) => kind),
    ['tell', 'wait'],
  );
  const beside = decide(
    begin(0),
    plan([
      { targets: [to('room', 'channel'), to('nobody')], waitMinutes: 5 },
      { targets: [to('ann')], waitMinutes: 5 },
    ]),
    0,
  );
  assert.deepEqual(
    beside.decisions.map(({ kind }) => kind),
    ['tell', 'skip', 'page', 'wait'],
  );
});

test('turns go round fairly: within so many pages each is asked equally often', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 5 }), (people, rounds) => {
      const asked = new Map<string, number>();
      const targets = Array.from({ length: people }, (_, at) => to(`p${at}`));
      for (let turn = 0; turn < people * rounds; turn += 1) {
        const { decisions } = decide(begin(0), { ...plan([{ targets, waitMinutes: 5, turns: true }]), turnOf: () => turn }, 0);
        for (const one of decisions) if (one.kind === 'page') asked.set(one.personId, (asked.get(one.personId) ?? 0) + 1);
        assert.equal(decisions.filter(({ kind }) => kind === 'turn').length, 1);
      }
      assert.deepEqual(new Set(asked.values()), new Set([rounds]));
    }),
  );
});

test('an acknowledgement that ran out begins at the first step, and never before its time', () => {
  const two = plan(
    [
      { targets: [to('ann')], waitMinutes: 5 },
      { targets: [to('bo')], waitMinutes: 5 },
    ],
    { answerMinutes: 30 },
  );
  const first = decide(begin(0), two, 0).state;
  const held = acknowledge(first, { by: 'ann', until: holdsUntil(first, two.policy, 0), back: 'timeout' });
  assert.deepEqual(decide(held, two, 30 * MINUTE - 1), { state: held, decisions: [] });
  const back = decide(held, two, 30 * MINUTE);
  assert.deepEqual(back.decisions[0], { kind: 'back', why: 'timeout', by: 'ann' });
  assert.equal(back.decisions[1]?.kind === 'page' && back.decisions[1].personId, 'ann');
});

test('help keeps the acknowledgement and its deadline, and each call asks the next', () => {
  const three = plan([to('ann'), to('bo'), to('cy')].map((target) => ({ targets: [target], waitMinutes: 5 })));
  let state = acknowledge(decide(begin(0), three, 0).state, { by: 'ann', until: 99 * MINUTE, back: 'timeout' });
  for (const expected of ['bo', 'cy', 'exhausted']) {
    const { decisions, state: next } = help(state, three, MINUTE);
    assert.deepEqual([next.state, next.nextAt, next.by], ['acknowledged', 99 * MINUTE, 'ann']);
    assert.ok(decisions.some((one) => (one.kind === 'page' ? one.personId : one.kind) === expected));
    state = next;
  }
});

test('behind whoever it was handed to the escalation goes on where it was', () => {
  const two = plan([
    { targets: [to('ann')], waitMinutes: 5 },
    { targets: [to('bo')], waitMinutes: 7 },
  ]);
  const handed = handOver(acknowledge(decide(begin(0), two, 0).state), two.policy, 10 * MINUTE);
  assert.deepEqual([handed.state, handed.nextAt], ['running', 15 * MINUTE]);
  const next = decide(handed, two, 15 * MINUTE).decisions[0];
  assert.equal(next?.kind === 'page' && next.personId, 'bo');
});

test('a policy reads as a sentence', () => {
  const { policy } = plan(
    [
      { targets: [to('Payments')], waitMinutes: 5, turns: true },
      { targets: [to('Ada'), to('Bo')], waitMinutes: 60, when: { severities: ['critical'] }, everyone: true },
    ],
    { repeat: 1, answerMinutes: 30 },
  );
  assert.equal(
    policyWords(policy, ({ id }) => id),
    'Pages one of Payments in turn; after 5 minutes Ada and Bo, each until they acknowledge (only critical); begins again once; then the administrators. An acknowledgement holds 30 minutes.',
  );
});

const well = { now: 10 * MINUTE, lateRuns: 0, deadlinelessRuns: 0, overdueMessages: { count: 0, since: null }, jobsSeenAt: 10 * MINUTE, upSince: 0, before: 9 * MINUTE };

test('the auditor finds what is wrong and nothing else', () => {
  assert.deepEqual(troublesOf(well), []);
  const kinds = (more: Partial<typeof well>) => troublesOf({ ...well, ...more }).map(({ kind }) => kind);
  assert.deepEqual(kinds({ lateRuns: 1 }), ['late']);
  assert.deepEqual(kinds({ deadlinelessRuns: 2 }), ['deadlineless']);
  assert.deepEqual(kinds({ jobsSeenAt: 6 * MINUTE }), ['silent']);
  assert.deepEqual(kinds({ before: 11 * MINUTE }), ['clock']);
  assert.deepEqual(
    troublesOf({ ...well, overdueMessages: { count: 3, since: 5 * MINUTE } }).map(({ sentence }) => sentence),
    ['3 messages of pages should have left 5 minutes ago and did not.'],
  );
});

test('an alarm is told once it is seen twice, again each half hour, and its end once', () => {
  let alarm = { since: null, toldAt: null } as Parameters<typeof alarmOf>[0];
  const deeds: string[] = [];
  for (let minute = 0; minute < 40; minute += 1) {
    const { deed, alarm: next } = alarmOf(alarm, minute < 35, minute * MINUTE);
    alarm = next;
    if (deed !== 'none') deeds.push(`${minute} ${deed}`);
  }
  assert.deepEqual(deeds, ['1 tell', '31 tell', '35 fine']);
});
