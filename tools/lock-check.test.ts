import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lockFaults } from './lock-check.ts';

const integrity = 'sha512-x';

test('a whole lock has no faults, wherever the optional package is nested', () => {
  const faults = lockFaults({
    '': { optionalDependencies: { a: '1' } },
    'node_modules/a': { integrity, optionalDependencies: { b: '1', c: '1' } },
    'node_modules/a/node_modules/b': { integrity },
    'node_modules/c': { integrity },
  });
  assert.deepEqual(faults, []);
});

test('a missing platform package, a missing hash and a registry address are named', () => {
  const faults = lockFaults({
    '': {},
    'node_modules/a': { integrity, optionalDependencies: { 'a-linux': '1' } },
    'node_modules/b': { integrity, resolved: 'https://registry.example/b.tgz' },
    'node_modules/c': {},
  });
  assert.deepEqual(faults, ['node_modules/a: a-linux is not locked', 'node_modules/b: names https://registry.example/b.tgz', 'node_modules/c: no integrity']);
});
