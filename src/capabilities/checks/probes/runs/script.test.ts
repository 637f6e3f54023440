import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { test, type TestContext } from 'node:test';
import { around, directory } from '#testing/probing.ts';
import { scriptConfig } from '../script.ts';
import { runOnce, type Outcome } from './index.ts';

function scripts(t: TestContext, files: Readonly<Record<string, string>>): (script: string, given?: object) => Promise<Outcome> {
  const scriptDir = directory(t);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(scriptDir, name), `#!/bin/sh\n${text}\n`, { mode: name.endsWith('.txt') ? 0o644 : 0o755 });
  symlinkSync('/bin/true', join(scriptDir, 'outside'));
  mkdirSync(join(scriptDir, 'folder'));
  return (script, given = {}) => runOnce(scriptConfig.parse({ kind: 'script', script, ...given }), { ...around, scriptDir });
}

const alive = (mark: string): boolean => {
  try {
    return execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' }).includes(mark);
  } catch {
    return false;
  }
};

test('a script is judged by its exit, and what it measured is kept', async (t) => {
  const run = scripts(t, {
    good: 'echo "OK - $1 $2 | load=0.5;5;10 users=3"',
    warns: 'echo "WARNING - almost full"; exit 1',
    bad: 'echo "CRITICAL - full"; exit 2',
    asks: 'echo "$HOME $QD_SECRET_KEY $DATABASE_URL."',
    dies: 'kill -9 $$',
    'plain.txt': 'exit 0',
  });
  const good = await run('good', { arguments: ['a b', '$(id); `id`'], conditions: ['[BODY] == pat(*a b $(id); `id`*)', '[VALUES].users == 3'] });
  assert.deepEqual([good.result, good.words, good.measured], ['passed', '', { load: 0.5, users: 3, exit: 0 }]);
  assert.equal((await run('warns')).words, 'warning: WARNING - almost full');
  assert.equal((await run('warns', { warnings: 'pass' })).result, 'passed');
  assert.equal((await run('bad')).words, 'critical: CRITICAL - full');
  assert.equal((await run('asks', { conditions: ['[BODY] == .'] })).result, 'passed', 'nothing of the environment of the desk reaches it');
  assert.equal((await run('dies')).words, 'it was killed by SIGKILL');
  assert.match((await run('plain.txt')).words, /not executable/);
  for (const script of ['outside', 'folder', 'none']) assert.match((await run(script)).words, /there is no script/, script);
  const off = await runOnce(scriptConfig.parse({ kind: 'script', script: 'good' }), { ...around, scriptDir: undefined });
  assert.match(off.words, /scripts are off/);
});

test('a script that ignores being ended, with children that do too, is gone at the end of its time', async (t) => {
  const run = scripts(t, {
    stubborn: `trap '' TERM INT HUP\n( trap '' TERM INT HUP; exec sleep 1234.5 ) &\nsleep 1234.5\nsleep 1234.5`,
    leaves: 'echo "OK | a=1"\nsleep 4321.5 &\nexit 0',
    pours: 'while :; do echo xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx; done',
  });
  const began = performance.now();
  assert.equal((await run('stubborn', { timeoutSeconds: 1 })).words, 'no answer within 1 s');
  assert.ok(performance.now() - began < 4000);
  const left = await run('leaves');
  assert.deepEqual([left.result, left.measured], ['passed', { a: 1, exit: 0 }]);
  assert.equal((await run('pours', { timeoutSeconds: 1 })).words, 'no answer within 1 s');
  await wait(200);
  assert.equal(alive('sleep 1234.5') || alive('sleep 4321.5') || alive('/pours'), false);
});
