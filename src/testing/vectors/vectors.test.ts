import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { agrees } from './compare.ts';
import { families } from './families/index.ts';
import { runVectors } from './run.ts';
import { skips } from './skips.ts';

const own = path.join(import.meta.dirname, 'cases');

async function runOne(content: unknown) {
  const folder = await mkdtemp(path.join(tmpdir(), 'vectors-'));
  try {
    await writeFile(path.join(folder, 'one.json'), JSON.stringify(content));
    return await runVectors(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

test('every case of the project’s own copy passes or is skipped for a reason', async () => {
  const report = await runVectors(own);
  assert.deepEqual(report.lines, []);
  assert.ok(report.passed >= 130);
});

test('a wrong expectation fails and is shown with what came out', async () => {
  const report = await runOne({ family: 'label-matchers', cases: [{ id: 'wrong', given: { op: '=', value: 'a', label: 'a' }, expect: { match: false } }] });
  assert.deepEqual([report.failed, report.lines], [1, ['wrong: expected {"match":false}, actual {"match":true}']]);
});

test('a family nobody knows is reported', async () => {
  const report = await runOne({ family: 'tea-leaves', cases: [] });
  assert.deepEqual(report.unknown, ['one.json: the family tea-leaves is not known']);
});

test('no family is both built and skipped, and every reason says something', () => {
  for (const { family } of families) assert.equal(skips[family], undefined);
  for (const reason of Object.values(skips)) assert.ok(reason.length > 5);
});

test('an answer agrees with what it contains and nothing else', () => {
  assert.ok(agrees({ a: 1, b: [0] }, { b: ['1970-01-01T01:00:00+01:00'] }));
  assert.ok(!agrees({ a: [1, 2] }, { a: [1] }));
  assert.ok(!agrees({}, { a: null }));
  assert.ok(!agrees(null, { a: 1 }));
});
