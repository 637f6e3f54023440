import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { openTestDesk } from '#testing/desk.ts';
import { scratch } from '#testing/server.ts';
import { formats } from '../formats/index.ts';
import * as snippets from '../web/snippet-texts.ts';

const run = promisify(execFile);
const hasCurl = spawnSync('curl', ['--version']).status === 0;

test('the guide shows what the page of a source gives to paste', () => {
  const guide = readFileSync(join(import.meta.dirname, '../../../../docs/receiving.md'), 'utf8');
  const key = '0123456789abcdef0123456789abcdef';
  const ingest = `https://desk.example.com/ingest/${key}`;
  const pieces = [
    snippets.icinga(`${ingest}/icinga`),
    snippets.zabbix(`${ingest}/zabbix`),
    snippets.events(`${ingest}/events`),
    snippets.change('https://desk.example.com/v2/change/enqueue', key),
  ];
  for (const piece of pieces) assert.ok(guide.includes(piece), piece.slice(0, 80));
});

test('what the Zabbix snippet sends is read whole, filled in or not', () => {
  const names = [...snippets.zabbix('x').matchAll(/^([a-z.]+) = (.*)$/gm)].map(([, name = '', macro = '']): [string, string] => [name, macro]);
  assert.equal(names.length, 18);
  const filled = Object.fromEntries(names.map(([name]) => [name, name === 'event.value' ? '1' : name.endsWith('url') ? 'https://zabbix.example.com' : name]));
  const read = formats.zabbix.read(filled);
  assert.ok('signals' in read && read.signals[0]?.key === 'event.id' && read.signals[0].source === 'host.name');
  assert.ok('problem' in formats.zabbix.read(Object.fromEntries(names)), 'a macro that nobody filled in is nothing');
});

test('the script for Icinga, run by a shell, opens and resolves an alert', { skip: hasCurl ? false : 'curl is not installed' }, async () => {
  const desk = await openTestDesk();
  const place = scratch('icinga');
  try {
    const { key } = await desk.alerts.createSource({ name: 'Icinga' });
    const script = join(place.path, 'quarterdeck.sh');
    writeFileSync(script, snippets.icinga(`${desk.url}/ingest/${key}/icinga`).split('\n# Icinga 2: /etc/icinga2/conf.d')[0] ?? '');
    const call = async (env: Record<string, string>) => {
      await run('sh', [script], { env: { PATH: process.env['PATH'] ?? '', HOSTNAME: 'web-3', SERVICEDESC: 'disk "/var" & more', NOTIFICATIONTYPE: 'PROBLEM', ...env } });
      await desk.drain();
      return (await desk.alerts.list({})).items[0];
    };
    const opened = await call({ SERVICESTATE: 'CRITICAL', SERVICEOUTPUT: "it's 100% full; $HOME {x}", HOSTSTATE: 'UP' });
    assert.deepEqual([opened?.title, opened?.severity], [`disk "/var" & more on web-3 is CRITICAL: it's 100% full; $HOME {x}`, 'critical']);
    assert.equal((await call({ NOTIFICATIONTYPE: 'RECOVERY', SERVICESTATE: 'OK' }))?.state, 'resolved');
    const host = await call({ SERVICEDESC: '', HOSTSTATE: 'DOWN', HOSTOUTPUT: 'PING CRITICAL' });
    assert.equal(host?.title, 'web-3 is DOWN: PING CRITICAL');
    const wrong = await run('sh', ['-c', `sed 's/${key}/${'0'.repeat(32)}/; s/--retry 5//' ${script} | sh`], { env: { PATH: process.env['PATH'] ?? '' } }).catch(
      (error: { code: number }) => error.code,
    );
    assert.equal(wrong, 22, 'a refused notification makes the script fail, so that Icinga says so');
  } finally {
    await desk.close();
    place.remove();
  }
});
