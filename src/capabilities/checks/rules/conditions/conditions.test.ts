import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { firstFailed, judge, refuseCondition } from '../index.ts';
import { isLike } from './glob.ts';
import { durationWords, sizeOf } from './measures.ts';
import { reach } from './path.ts';

const piece = fc.constantFrom('a', 'b', 'ab', '.', '(', '*', '');

test('a pattern with stars matches what the same regular expression does', () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), fc.array(fc.constantFrom('a', 'b', '.', '('), { maxLength: 12 }), (pattern, letters) => {
      const [glob, text] = [pattern.join(''), letters.join('')];
      const expression = new RegExp(`^${glob.replaceAll(/[.()]/g, '\\$&').replaceAll('*', '[^]*')}$`);
      assert.equal(isLike(text, glob), expression.test(text), `${text} like ${glob}`);
    }),
    { numRuns: 2000 },
  );
});

test('a pattern made to take for ever does not', () => {
  const began = performance.now();
  assert.equal(isLike('a'.repeat(1_000_000), `*${'a*'.repeat(100)}${'a'.repeat(200)}b*${'a*'.repeat(20)}c`), false);
  assert.ok(performance.now() - began < 2000);
});

test('what was found decides, and is shown where a condition does not hold', () => {
  const found = {
    status: 503,
    durationMs: 812.7,
    connected: true,
    body: ' {"queue": {"jobs": [1, 2, 3], "oldest": 1.9, "off": false}} ',
    headers: { 'content-type': 'text/html' },
    values: { rows: 12 },
    domainMs: 90_061_000,
    dnsCode: 'NXDOMAIN',
  };
  const shown = (condition: string) => judge(condition, found);
  assert.deepEqual(shown('[status] == 200'), { passes: false, shown: '[status] (503) == 200' });
  assert.deepEqual(shown('[RESPONSE_TIME] < 0.8s'), { passes: false, shown: '[RESPONSE_TIME] (812) < 0.8s' });
  assert.deepEqual(shown('[RESPONSE_TIME] < 800ms'), { passes: false, shown: '[RESPONSE_TIME] (812) < 800ms' });
  assert.deepEqual(shown('len([BODY].queue.jobs) <= 2'), { passes: false, shown: 'len([BODY].queue.jobs) (3) <= 2' });
  assert.equal(shown('[BODY].queue.jobs[2] == 3').passes, true);
  assert.equal(shown('[BODY].queue.oldest <= 1').passes, true, 'numbers are compared without their fraction');
  assert.equal(shown('[BODY].queue.off == false').passes, true);
  assert.deepEqual(shown('[BODY].queue.jobs[7] == 1'), { passes: false, shown: '[BODY].queue.jobs[7] (INVALID) == 1' });
  assert.equal(shown('has([BODY].queue.none) == false').passes, true);
  assert.deepEqual(shown('[HEADERS].content-type == pat(application/json*)'), { passes: false, shown: '[HEADERS].content-type (text/html) == pat(application/json*)' });
  assert.equal(shown('[VALUES].rows > 11').passes, true);
  assert.deepEqual(shown('[DOMAIN_EXPIRATION] > 720h'), { passes: false, shown: '[DOMAIN_EXPIRATION] (25h1m1s) > 720h' });
  assert.equal(shown('[DNS_RCODE] == NXDOMAIN').passes, true);
  assert.equal(shown('[CONNECTED] == true').passes, true);
  assert.equal(firstFailed(['[CONNECTED] == true', '[STATUS] < 500', '[STATUS] == 1'], found), '[STATUS] (503) < 500');
  assert.equal(firstFailed(['[CONNECTED] == true'], found), undefined);
});

test('a condition that cannot be one is refused with a sentence', () => {
  assert.match(refuseCondition('[STATUS]==200') ?? '', /between blanks/);
  assert.match(refuseCondition('[STATE] == 200') ?? '', /\[STATE\] is not known/);
  assert.match(refuseCondition('len([BODY] == 200') ?? '', /closing bracket/);
  assert.match(refuseCondition('a == b == c') ?? '', /is not a condition/);
  assert.equal(refuseCondition('[BODY].user.name == any(a, b)'), undefined);
});

test('judging never breaks, whatever is written and found', () => {
  const texts = fc.oneof(fc.string(), fc.constantFrom('[BODY]', '[BODY].a[0]', 'len([BODY])', 'pat(*)', 'any(1,2)', '[STATUS]', '0x', '1e999', '12h', '-', '[VALUES].__proto__'));
  fc.assert(
    fc.property(texts, fc.constantFrom('==', '!=', '<', '>=', '?'), texts, fc.oneof(fc.json(), fc.string()), (left, operator, right, body) => {
      const { passes, shown } = judge(`${left} ${operator} ${right}`, { body });
      assert.equal(typeof passes, 'boolean');
      assert.equal(typeof shown, 'string');
    }),
  );
});

test('sizes are read as programs write them, lengths of time with their units', () => {
  assert.deepEqual(['48h', '1h30m', '250ms', '0xF', '0b101', '-7', '3.9', 'text', '', '1e3'].map(sizeOf), [172_800_000, 5_400_000, 250, 15, 5, -7, 3, 0, 0, 1000]);
  assert.deepEqual([0, 336 * 3_600_000, 5_400_250].map(durationWords), ['0s', '336h', '1h30m250ms']);
});

test('a body nested to the bottom is no value, and breaks nothing', () => {
  const body = `{"a": ${'['.repeat(200_000)}${']'.repeat(200_000)}}`;
  assert.equal(judge('[BODY].a == 1', { body }).passes, false);
  assert.equal(judge('len([BODY]) > 1', { body }).passes, true);
});

test('a path leads only to what the text itself has', () => {
  assert.equal(reach({ a: [{ b: 'x' }] }, '.a[0].b')?.text, 'x');
  for (const path of ['.constructor', '.a.length', '.a[x]', '.a[-1]', '.__proto__.toString']) assert.equal(reach({ a: [1] }, path), undefined);
});
