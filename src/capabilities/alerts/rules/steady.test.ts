import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { steady } from './steady.ts';

const self = (row: string) => row;
const keys = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 3 }), { maxLength: 12 });

describe('rows that are read again', () => {
  it('stay where they were, new ones in front and further ones behind', () => {
    assert.deepEqual(steady(['a', 'b', 'c'], ['c', 'new', 'a', 'b', 'older'], self), ['new', 'a', 'b', 'c', 'older']);
    assert.deepEqual(steady(['a', 'b'], ['b'], self), ['b']);
    assert.deepEqual(steady([], ['b', 'a'], self), ['b', 'a']);
  });

  it('are all there once, and those known before keep their order', () => {
    fc.assert(
      fc.property(keys, keys, (before, now) => {
        const shown = steady(before, now, self);
        assert.deepEqual(shown.toSorted(), now.toSorted());
        const known = before.filter((key) => now.includes(key));
        assert.deepEqual(
          shown.filter((key) => known.includes(key)),
          known,
        );
      }),
    );
  });
});
