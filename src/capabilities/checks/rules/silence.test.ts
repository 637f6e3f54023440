import assert from 'node:assert/strict';
import { test } from 'node:test';
import { silences } from './index.ts';

test('a probe is silent from so long after each result until the next one', () => {
  const heard = [
    { from: 0, until: 60 },
    { from: 400, until: 400 },
  ];
  assert.deepEqual(silences(heard, { from: 0, until: 600 }, 180), [
    { from: 240, until: 400 },
    { from: 580, until: 600 },
  ]);
  assert.deepEqual(silences([], { from: 0, until: 10 }, 180), [{ from: 0, until: 10 }]);
});
