import assert from 'node:assert/strict';
import { it } from 'node:test';
import * as fc from 'fast-check';
import { canonicalJson, uuidv7 } from './ids.ts';

it('ids are UUIDs of version 7, hold their instant, and sort in the order in which they were made', () => {
  const made = Array.from({ length: 20_000 }, (_, i) => uuidv7(1_771_000_000_000 + Math.floor(i / 5000)));
  assert.deepEqual(made, made.toSorted());
  assert.equal(new Set(made).size, made.length);
  for (const id of made.slice(0, 50)) assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.equal(Number.parseInt((made[0] ?? '').replaceAll('-', '').slice(0, 12), 16), 1_771_000_000_000);
});

it('the canonical form does not depend on the order of keys and is JSON', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const written = canonicalJson(value);
      assert.deepEqual(JSON.parse(written), JSON.parse(JSON.stringify(value)));
      if (value !== null && typeof value === 'object' && !Array.isArray(value)) {
        assert.equal(canonicalJson(Object.fromEntries(Object.entries(value).toReversed())), written);
      }
    }),
  );
});
