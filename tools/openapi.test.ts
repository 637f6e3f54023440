import assert from 'node:assert/strict';
import { test } from 'node:test';
import { kept, written } from './openapi.ts';

interface Described {
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

test('docs/openapi.json says what the contracts say', () => {
  const [now, before] = [written(), kept()];
  if (now === before) return;
  const changed = differing(JSON.parse(before || '{"paths":{}}') as Described, JSON.parse(now) as Described);
  assert.fail(`docs/openapi.json is out of date (${changed.slice(0, 8).join(', ') || 'shapes or order'}): npx -c 'node tools/openapi.ts --write'`);
});

test('every verb is in the description', () => {
  const { paths } = JSON.parse(written()) as Described;
  assert.ok(Object.values(paths).flatMap((path) => Object.keys(path)).length > 100);
});

test('a verb that is missing from the snapshot is named', () => {
  const one = { paths: { '/a': { get: {} } } };
  assert.deepEqual(differing(one, { paths: { '/a': { get: {}, post: {} }, '/b': { get: {} } } }), ['/a', '/b']);
});

function differing(before: Described, now: Described): string[] {
  const all = new Set([...Object.keys(before.paths), ...Object.keys(now.paths)]);
  return [...all].filter((path) => JSON.stringify(before.paths[path]) !== JSON.stringify(now.paths[path]));
}
