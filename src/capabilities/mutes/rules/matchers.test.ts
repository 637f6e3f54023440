import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { matches, parseMatchers, writeMatchers } from './index.ts';
import type { Matcher } from './index.ts';

const name = fc.stringMatching(/^[a-zA-Z_:][a-zA-Z0-9_:]{0,8}$/);
const literal = fc.record({ name, op: fc.constantFrom('=', '!='), value: fc.string({ unit: 'grapheme', maxLength: 12 }) }, { noNullPrototype: true });
const pattern = fc.record({ name, op: fc.constantFrom('=~', '!~'), value: fc.constantFrom('a.*', 'foo|bar', '[0-9]+', '', '\\d', 'x\\.y') }, { noNullPrototype: true });
const matcher: fc.Arbitrary<Matcher> = fc.oneof(literal, pattern);
const labels = fc.dictionary(name, fc.string({ maxLength: 6 }), { maxKeys: 4, noNullPrototype: true });

test('matchers that are written are read back the same', () => {
  fc.assert(
    fc.property(fc.array(matcher, { maxLength: 4 }), (list) => {
      assert.deepEqual(parseMatchers(writeMatchers(list)), { matchers: list });
    }),
  );
});

test('no text makes the reader fail', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const read = parseMatchers(text);
      assert.ok('matchers' in read || read.error.length > 0);
    }),
  );
});

test('a matcher and its opposite never agree, and a missing label is the empty text', () => {
  const opposite = { '=': '!=', '!=': '=', '=~': '!~', '!~': '=~' } as const;
  fc.assert(
    fc.property(matcher, labels, (m, l) => {
      assert.notEqual(matches(m, l), matches({ ...m, op: opposite[m.op] }, l));
      const { [m.name]: _, ...without } = l;
      assert.equal(matches(m, without), matches(m, { ...without, [m.name]: '' }));
    }),
  );
});

test('a pattern that would stall a backtracking engine is answered at once', () => {
  const before = performance.now();
  assert.equal(matches({ name: 'a', op: '=~', value: '(a+)+$' }, { a: `${'a'.repeat(5000)}!` }), false);
  assert.ok(performance.now() - before < 500);
});

test('a pattern that cannot be read is refused with a sentence', () => {
  const read = parseMatchers('{a=~"("}');
  assert.match('error' in read ? read.error : '', /^the pattern of a cannot be read/);
});
