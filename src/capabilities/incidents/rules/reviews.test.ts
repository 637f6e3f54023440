import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { blameIn } from './blame.ts';
import { durationsOf, gapsOf, MARKS, marksOf, unknownOf, type Logged } from './durations.ts';
import { redacted, secretsOfPerson } from './redact.ts';

const entry = (did: string, at: string, data: Logged['data'] = {}, byPerson = true): Logged => ({ did, at: `2026-03-02T${at}:00Z`, byPerson, data });

describe('durations', () => {
  it('come from the log alone', () => {
    const marks = marksOf([
      entry('alert.opened', '09:10', { began: '2026-03-02T09:00:00Z' }, false),
      entry('alert.acknowledged', '09:14'),
      entry('incident.declared', '09:20'),
      entry('incident.advanced', '09:25', { to: 'investigating' }),
      entry('incident.advanced', '10:00', { to: 'mitigating' }),
      entry('incident.resolved', '11:00'),
      entry('incident.reopened', '11:10'),
      entry('incident.resolved', '12:00'),
    ]);
    const minutes = Object.fromEntries(Object.entries(durationsOf(marks)).map(([name, ms]) => [name, ms === null ? null : ms / 60_000]));
    assert.deepEqual(minutes, { detect: 10, acknowledge: 4, contain: 60, resolve: 180 });
    assert.deepEqual(
      gapsOf(marks).filter((gap) => gap.longest),
      [{ from: 'contained', to: 'resolved', ms: 120 * 60_000, longest: true }],
    );
    assert.deepEqual(unknownOf(marks), []);
  });

  it('say what they do not know, and mistrust a beginning that cannot be', () => {
    const marks = marksOf([entry('alert.opened', '09:10', { began: '2020-01-01T00:00:00Z' }, false), entry('incident.declared', '09:20', {}, false)]);
    assert.equal(durationsOf(marks).detect, 0);
    assert.equal(unknownOf(marks).length, 3);
  });

  it('are never negative, and the gaps together are the whole', () => {
    const dids = ['alert.opened', 'alert.acknowledged', 'incident.declared', 'incident.advanced', 'incident.resolved', 'incident.reopened'];
    const log = fc.array(
      fc.record({
        did: fc.constantFrom(...dids),
        minute: fc.integer({ min: 0, max: 5000 }),
        byPerson: fc.boolean(),
        to: fc.constantFrom('mitigating', 'investigating', 'contained'),
      }),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(log, (entries) => {
        const marks = marksOf(entries.map(({ did, minute, byPerson, to }) => ({ did, at: new Date(minute * 60_000).toISOString(), byPerson, data: { to } })));
        for (const ms of Object.values(durationsOf(marks))) assert.ok(ms === null || ms >= 0);
        const known = MARKS.flatMap((mark) => marks[mark] ?? []);
        const whole = known.length === 0 ? 0 : Math.max(...known) - Math.min(...known);
        assert.equal(
          gapsOf(marks).reduce((sum, gap) => sum + gap.ms, 0),
          whole,
        );
      }),
    );
  });
});

describe('wording', () => {
  const people = ['Bo Lindqvist', 'Ada Byron'];
  const quotes = (text: string) => blameIn(text, people).map(({ quote }) => quote);

  it('that blames a person is pointed out, with another way to ask', () => {
    assert.deepEqual(quotes('Bo should have checked the limit.'), ['Bo should have']);
    assert.deepEqual(quotes('It was human error, and the engineer forgot to run the check.'), ['human error', 'the engineer forgot to']);
    assert.deepEqual(quotes('Ada Byron broke it. It was Bo’s fault.'), ['Ada Byron broke', 'Bo’s fault']);
    assert.deepEqual(quotes('She was careless.'), ['careless']);
    for (const one of blameIn('Bo ignored it; he is to blame.', people)) assert.ok(one.sentence.endsWith('.') && /[.?]$/.test(one.suggestion));
  });

  it('about systems and about what was done is left alone', () => {
    for (const text of [
      'The deployment failed to start and the alert should have fired earlier.',
      'Bo rolled back at 09:40. Ada asked the provider.',
      'The change removed a limit. The tool did not ask.',
      'We had no limit. A retry broke the queue.',
      'bo should have',
    ])
      assert.deepEqual(quotes(text), [], text);
  });

  it('of any kind is only read: every quote is in the text', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string({ maxLength: 20 }), { maxLength: 5 }), (text, names) => {
        for (const { quote } of blameIn(text, names)) assert.ok(text.includes(quote));
      }),
    );
  });
});

describe('a copy for outsiders', () => {
  it('holds no name, record, host or address', () => {
    const secrets = [...secretsOfPerson('Bo Lindqvist'), { text: 'erp-db', instead: '[a component]' }, { text: 'Key leaked', instead: '[internal]' }];
    const said = redacted(
      'Lindqvist saw in INC-12 (https://wiki.corp/x?a=1, mail bo@acme.example, 10.0.4.7:5432, fe80::1:2) that ERP-DB and db1.acme.internal were full, see “key leaked” of @bo.',
      secrets,
    );
    assert.doesNotMatch(said, /lindqvist|bo\b|inc-12|corp|acme|10\.0|fe80|erp|leaked|db1/i);
    assert.match(said, /\[somebody\] saw in \[internal record\]/);
  });

  it('never holds what is listed, wherever it stands', () => {
    const word = fc.stringMatching(/^[a-z]{4,10}$/);
    fc.assert(
      fc.property(word, fc.array(fc.stringMatching(/^[a-z .,]{0,12}$/), { maxLength: 6 }), (secret, parts) => {
        fc.pre(!'somebody internal record address host number link'.includes(secret));
        const said = redacted(parts.join(` ${secret.toUpperCase()} `), [{ text: secret, instead: '[out]' }]);
        assert.ok(!new RegExp(`(?<![a-z])${secret}(?![a-z])`, 'i').test(said));
      }),
    );
  });
});
