import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { openTestDesk, refusalOf, type TestDesk, type TestPerson } from '#testing/desk.ts';
import { directory, listening, talking } from '#testing/probing.ts';
import { runDueChecks } from './index.ts';

const KEPT = '********';
let desk: TestDesk;
let bo: TestPerson;
let lena: TestPerson;
let scripts = '';
const ends: (() => void)[] = [];
const held = { after: (end: () => void) => void ends.push(end) } as Parameters<typeof directory>[0];

before(async () => {
  scripts = directory(held);
  writeFileSync(join(scripts, 'check_load'), '#!/bin/sh\necho "OK | load=0.25"\n', { mode: 0o755 });
  desk = await openTestDesk({ env: { QD_SCRIPT_PROBES: scripts } });
  [bo, lena] = [await desk.person('Bo', 'responder'), await desk.person('Lena', 'lead')];
});
after(async () => {
  await desk.close();
  for (const end of ends) end();
});

test('a password is kept encrypted: no answer, no table and no log shows it, and the probe still has it', async (t) => {
  const server = createServer((request, response) =>
    response.writeHead(request.headers.authorization === 'Bearer hunter2-token' && request.headers['x-api-key'] === 'hunter2-key' ? 200 : 401).end(),
  );
  const url = `http://127.0.0.1:${await listening(t, server)}/health`;
  const headers = [
    { name: 'Accept', value: 'text/plain' },
    { name: 'X-Api-Key', value: 'hunter2-key' },
  ];
  const made = await bo.checks.create({ name: 'with a token', probe: { kind: 'http', url, token: 'hunter2-token', headers, failures: 1 } });
  assert.ok(made.probe.kind === 'http');
  assert.deepEqual([made.probe.token, made.probe.headers[1]?.value, made.probe.headers[0]?.value], [KEPT, KEPT, 'text/plain']);
  await desk.advance({ minutes: 2 });
  await runDueChecks(desk.desk);
  const { check, results } = await bo.checks.get({ number: made.number });
  assert.deepEqual([check.state, results[0]?.words], ['up', '']);

  await bo.checks.update({ number: made.number, version: check.version, probe: { ...made.probe, url: `${url}?deep=1`, timeoutSeconds: 5 } });
  await bo.checks.probeNow({ number: made.number });
  await desk.drain();
  assert.equal((await bo.checks.get({ number: made.number })).results[0]?.words, '', 'a change of something else keeps it');
  const { version } = (await bo.checks.get({ number: made.number })).check;
  const away = await refusalOf(bo.checks.update({ number: made.number, version, probe: { ...made.probe, url: 'http://127.0.0.1:1/' } }));
  assert.match(away.sentence, /Write the token again: it would go to another place than before/);
  assert.match((await refusalOf(bo.checks.try({ probe: { ...made.probe, url: 'http://127.0.0.1:1/' }, check: made.number }))).sentence, /another place/);
  assert.match((await refusalOf(bo.checks.try({ probe: made.probe }))).sentence, /none is kept yet/);
  assert.deepEqual((await bo.checks.try({ probe: made.probe, check: made.number })).ok, true);

  for (const table of ['checks_check', 'activity', 'record', 'checks_result']) {
    const { rows } = await sql<{ found: string }>`select row_to_json(t)::text as found from ${sql.table(table)} t where row_to_json(t)::text like '%hunter2%'`.execute(
      desk.desk.db,
    );
    assert.deepEqual(rows, [], table);
  }
});

test('a server that says a secret back does not make the check tell it', async (t) => {
  const server = createServer((request, response) => response.end(JSON.stringify({ you: request.headers.authorization })));
  const url = `http://127.0.0.1:${await listening(t, server)}/`;
  const conditions = ['[BODY].you == nobody'];
  const token = await bo.checks.try({ probe: { kind: 'http', url, token: 'hunter2-token', conditions } });
  assert.equal(token.words, 'not so: [BODY].you (Bearer ********) == nobody');
  const login = await bo.checks.try({ probe: { kind: 'http', url, user: 'bo', password: 'hunter2-pass', conditions } });
  assert.equal(login.words, 'not so: [BODY].you (Basic ********) == nobody');
  const odd = await refusalOf(bo.checks.try({ probe: { kind: 'http', url, headers: [{ name: 'X-Name', value: 'Łódź' }] } }));
  assert.match(odd.sentence, /one line of plain letters/);
  assert.match((await refusalOf(bo.checks.try({ probe: { kind: 'http', url, token: 'Łódź' } }))).sentence, /plain letters and digits/);
});

test('a probe can be tried before it is a check: it says what came out and leaves nothing behind', async (t) => {
  const port = await talking(t, (socket) => void socket.write('SSH-2.0-Sample_1\r\n'));
  const before = (await bo.checks.list({})).items.length;
  const tried = await bo.checks.try({ probe: { kind: 'ssh', host: '127.0.0.1', port, conditions: ['[BODY] == pat(*Other*)'] } });
  assert.deepEqual([tried.ok, tried.words], [false, 'not so: [BODY] (SSH-2.0-Sample_1) == pat(*Other*)']);
  assert.equal((await bo.checks.try({ probe: { kind: 'ssh', host: '127.0.0.1', port } })).ok, true);
  assert.match((await bo.checks.try({ probe: { kind: 'tcp', host: '192.168.7.7', port: 22 } })).words, /private address/);
  assert.match((await refusalOf(bo.checks.try({ probe: { kind: 'ssh', host: '127.0.0.1', conditions: ['nonsense'] } }))).fields[0]?.field ?? '', /probe\.conditions\.0/);
  assert.match((await refusalOf(bo.checks.try({ probe: { kind: 'heartbeat', expects: { kind: 'period', seconds: 60 } } }))).sentence, /its job pings the desk/);
  assert.equal((await bo.checks.list({})).items.length, before);
  const answers = await Promise.all(
    Array.from({ length: 12 }, () =>
      lena.checks.try({ probe: { kind: 'ssh', host: '127.0.0.1', port } }).then(
        () => 'tried',
        () => 'limited',
      ),
    ),
  );
  assert.ok(answers.includes('tried') && answers.includes('limited'));
});

test('a script is made, changed and tried by administrators only, and not at all without a directory', async () => {
  const probe = { kind: 'script' as const, script: 'check_load', failures: 1 };
  assert.equal((await refusalOf(lena.checks.create({ name: 'load', probe }))).kind, 'forbidden');
  assert.equal((await refusalOf(lena.checks.try({ probe }))).kind, 'forbidden');
  const made = await desk.checks.create({ name: 'load', probe });
  assert.equal((await refusalOf(lena.checks.update({ number: made.number, version: made.version, probe: { ...probe, arguments: ['-x'] } }))).kind, 'forbidden');
  await lena.checks.probeNow({ number: made.number });
  await desk.drain();
  assert.deepEqual((await bo.checks.get({ number: made.number })).results[0]?.measured, { load: 0.25, exit: 0 });
  const off = await openTestDesk();
  assert.match((await refusalOf(off.checks.create({ name: 'load', probe }))).sentence, /Scripts are off/);
  await off.close();
});

test('while it fails and is not down yet, it is tried again before its turn', async (t) => {
  let asked = 0;
  const port = await talking(t, (socket) => {
    asked += 1;
    socket.end('no\n');
  });
  const made = await bo.checks.create({ name: 'retried', probe: { kind: 'ssh', host: '127.0.0.1', port, intervalSeconds: 3600, retrySeconds: 20, failures: 3 } });
  await runDueChecks(desk.desk);
  for (let turn = 0; turn < 5; turn += 1) {
    await desk.advance({ seconds: 20 });
    await runDueChecks(desk.desk);
  }
  assert.equal(asked, 3);
  const { check } = await bo.checks.get({ number: made.number });
  assert.equal(check.state, 'down');
});

test('a check made before there were conditions still reads and runs', async () => {
  const made = await bo.checks.create({ name: 'old one', probe: { kind: 'http', url: 'http://127.0.0.1:1/' } });
  await sql`update checks_check set config = '{"kind":"http","url":"http://127.0.0.1:1/","method":"GET","expect":"200-299","text":"","timeoutSeconds":10,"intervalSeconds":60,"failures":2,"successes":1,"redirects":5,"certificateDays":14}' where id = ${made.id}`.execute(
    desk.desk.db,
  );
  const { check } = await bo.checks.get({ number: made.number });
  assert.ok(check.probe.kind === 'http');
  assert.deepEqual([check.probe.conditions, check.probe.verify], [[], true]);
  await bo.checks.probeNow({ number: made.number });
  await desk.drain();
  assert.match((await bo.checks.get({ number: made.number })).results[0]?.words ?? '', /ECONNREFUSED/);
});
