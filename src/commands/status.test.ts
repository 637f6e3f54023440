import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { after, before, test } from 'node:test';
import { openTestDesk, type TestDesk } from '#testing/desk.ts';

const run = promisify(execFile);
let desk: TestDesk;
let place: string;
before(async () => {
  desk = await openTestDesk();
  place = mkdtempSync(join(tmpdir(), 'qd-cli-'));
});
after(async () => {
  await desk.close();
  rmSync(place, { recursive: true });
});

const qd = (...parameters: string[]) =>
  run(process.execPath, ['src/cli.ts', ...parameters], {
    cwd: join(import.meta.dirname, '../..'),
    env: { PATH: process.env['PATH'], HOME: place, QUARTERDECK_URL: desk.url, QUARTERDECK_TOKEN: desk.adminToken },
  });

test('a status page is exported as files, and its verbs are commands beside that', async () => {
  const page = await desk.status.createPage({ title: 'Harbour', slug: 'harbour' });
  await desk.status.changePage({ number: page.number, version: page.version, published: true });
  const { stdout } = await qd('status', 'export', join(place, 'copy'));
  assert.match(stdout, /STP-1: 5 files in /);
  assert.deepEqual(readdirSync(join(place, 'copy')).toSorted(), ['feed.atom', 'feed.rss', 'history.html', 'index.html', 'status.json']);
  assert.match(readFileSync(join(place, 'copy/index.html'), 'utf8'), /<meta http-equiv="content-security-policy"/);
  assert.match((await qd('status', 'pages')).stdout, /STP-1/);
  await assert.rejects(qd('status', 'export'), /Name a folder/);
});
