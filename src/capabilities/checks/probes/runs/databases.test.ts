import assert from 'node:assert/strict';
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { writeFileSync, chmodSync, mkdirSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { TLSSocket } from 'node:tls';
import { setTimeout as wait } from 'node:timers/promises';
import { test, type TestContext } from 'node:test';
import { cloneDatabase } from '#testing/postgres.ts';
import { around, certificate, directory, installed, talking } from '#testing/probing.ts';
import { ProbeConfig, type RunConfig } from '../index.ts';
import { runOnce, type Outcome } from './index.ts';

const run = (given: object): Promise<Outcome> => runOnce(ProbeConfig.parse(given) as RunConfig, around);
const host = '127.0.0.1';

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => {
    server.listen(0, host, done);
  });
  const address = server.address();
  await new Promise((done) => {
    server.close(done);
  });
  return address !== null && typeof address === 'object' ? address.port : 0;
}

/** A real server, started for the test and killed after it. */
function started(t: TestContext, program: string, given: readonly string[]): ChildProcess {
  const child = spawn(program, given, { stdio: 'ignore' });
  t.after(async () => {
    const gone = new Promise((done) => {
      child.once('exit', done);
    });
    child.kill('SIGKILL');
    await gone;
  });
  return child;
}

/** Asks until it passes: a server needs a moment after its start. */
async function passes(given: object): Promise<Outcome> {
  for (let tries = 0; ; tries += 1) {
    const outcome = await run(given);
    if (outcome.result === 'passed' || tries > 60) {
      assert.equal(outcome.words, '');
      return outcome;
    }
    await wait(150);
  }
}

const without = (program: string) => (installed(program) ? false : `${program} is not installed`);

test('PostgreSQL: login, a query that only reads, and conditions on what it answers', { skip: without('openssl') }, async (t) => {
  const database = await cloneDatabase();
  t.after(() => database.drop());
  const url = new URL(database.adminUrl);
  // The embedded server listens on a socket of the file system only: the probe reaches it over a port that leads there.
  const path = `${url.searchParams.get('host')}/.s.PGSQL.${url.port}`;
  const port = await talking(t, (socket) => {
    const server = connect(path);
    server.on('error', () => socket.destroy());
    socket.once('close', () => server.destroy());
    socket.pipe(server).pipe(socket);
  });
  const given = { kind: 'postgresql', host, port, database: url.pathname.slice(1), user: decodeURIComponent(url.username), password: decodeURIComponent(url.password) };
  assert.equal((await run(given)).result, 'passed');
  const rows = await run({
    ...given,
    query: 'select n, n * 2 as twice from generate_series(1, 3) n',
    conditions: ['[BODY][2].twice == 6', '[VALUES].rows == 3', 'len([BODY]) == 3'],
  });
  assert.deepEqual([rows.result, rows.words], ['passed', '']);
  assert.match((await run({ ...given, query: 'select count(*) from pg_class', conditions: ['[BODY] < 2'] })).words, /^not so: \[BODY\] \(\d+\) < 2$/);
  assert.match((await run({ ...given, query: 'create table made_by_a_check (a int)' })).words, /read-only transaction/);
  assert.match((await run({ ...given, query: 'commit; drop table record' })).words, /multiple commands/);
  assert.match((await run({ ...given, query: 'selec 1' })).words, /syntax error/);
  assert.match((await run({ ...given, user: 'nobody_at_all' })).words, /nobody_at_all/);
  assert.match((await run({ ...given, tls: 'on' })).words, /SSL/);
  const issued = certificate(t);
  const secure = await talking(t, (socket) =>
    socket.once('data', () => {
      socket.write('S', () => {
        const over = new TLSSocket(socket, { isServer: true, key: issued.key, cert: issued.cert });
        const server = connect(path);
        for (const each of [over, server]) each.on('error', () => socket.destroy());
        socket.once('close', () => server.destroy());
        over.pipe(server).pipe(over);
      });
    }),
  );
  assert.equal((await run({ ...given, port: secure, tls: 'on', verify: false })).words, '');
  assert.match((await run({ ...given, port: secure, tls: 'on' })).words, /certificate/);
  const began = performance.now();
  assert.match((await run({ ...given, query: 'select pg_sleep(30)', timeoutSeconds: 1 })).words, /no answer within 1 s/);
  assert.ok(performance.now() - began < 4000);
  const many = await run({ ...given, query: `select repeat('x', 1000) from generate_series(1, 400000)`, timeoutSeconds: 20 });
  assert.match(many.words, /too long for a check/);
});

test('Redis: a server of our own that speaks its protocol', async (t) => {
  const answers: Readonly<Record<string, string>> = { PING: '+PONG\r\n', AUTH: '+OK\r\n', LLEN: ':7\r\n', GET: '$-1\r\n', SELECT: '-ERR DB index is out of range\r\n' };
  const port = await talking(t, (socket) => socket.on('data', (said: Buffer) => void socket.write(answers[said.toString().split('\r\n')[2] ?? ''] ?? '-ERR unknown\r\n')));
  assert.equal((await run({ kind: 'redis', host, port, conditions: ['[BODY] == PONG'] })).result, 'passed');
  const length = await run({ kind: 'redis', host, port, password: 'p', command: 'LLEN jobs', conditions: ['[BODY] < 5'] });
  assert.deepEqual([length.words, length.measured], ['not so: [BODY] (7) < 5', { value: 7 }]);
  assert.equal((await run({ kind: 'redis', host, port, database: 99 })).words, 'ERR DB index is out of range');
});

test('Redis: the real server', { skip: without('redis-server') }, async (t) => {
  const port = await freePort();
  started(t, installed('redis-server')!, ['--port', String(port), '--bind', host, '--requirepass', 'open sesame', '--save', '', '--dir', directory(t)]);
  await passes({ kind: 'redis', host, port, password: 'open sesame' });
  assert.match((await run({ kind: 'redis', host, port, password: 'wrong' })).words, /WRONGPASS|invalid/i);
  assert.match((await run({ kind: 'redis', host, port })).words, /NOAUTH/);
  assert.equal((await run({ kind: 'redis', host, port, password: 'open sesame', command: 'INFO server', conditions: ['[BODY] == pat(*redis_version*)'] })).result, 'passed');
});

test('MySQL: login and a query that only reads, on the real server', { skip: without('mariadbd') || without('mariadb-install-db') || without('openssl') }, async (t) => {
  const data = join(directory(t), 'data');
  mkdirSync(data);
  execFileSync(
    installed('mariadb-install-db')!,
    ['--no-defaults', `--datadir=${data}`, '--auth-root-authentication-method=normal', '--skip-test-db', ...(process.getuid?.() === 0 ? ['--user=root'] : [])],
    { stdio: 'ignore' },
  );
  const port = await freePort();
  const { key, cert } = certificate(t);
  for (const [name, text] of Object.entries({ 'own.key': key, 'own.pem': cert })) writeFileSync(join(data, name), text);
  started(t, installed('mariadbd')!, [
    '--no-defaults',
    `--datadir=${data}`,
    `--port=${port}`,
    `--bind-address=${host}`,
    `--socket=${data}/s`,
    `--ssl-key=${data}/own.key`,
    `--ssl-cert=${data}/own.pem`,
    ...(process.getuid?.() === 0 ? ['--user=root'] : []),
  ]);
  const given = { kind: 'mysql', host, port, user: 'root' };
  await passes(given);
  assert.equal((await run({ ...given, query: 'select 6 * 7 as answer', conditions: ['[BODY] == 42'] })).result, 'passed');
  assert.match((await run({ ...given, query: 'create database made_by_a_check' })).words, /READ ONLY/i);
  assert.match((await run({ ...given, query: 'select 1; select 2' })).words, /syntax/);
  assert.match((await run({ ...given, user: 'nobody', password: 'x' })).words, /Access denied/);
  assert.equal((await run({ ...given, tls: 'on', verify: false })).words, '');
  assert.match((await run({ ...given, tls: 'on', host: 'localhost', ip: '4' })).words, /certificate|self-signed/i);
  assert.match((await run({ ...given, query: 'select sleep(30)', timeoutSeconds: 1 })).words, /no answer within 1 s/);
});

test('LDAP: bind and search, on the real server', { skip: without('slapd') || without('slapadd') || without('openssl') }, async (t) => {
  const path = directory(t);
  chmodSync(path, 0o755);
  mkdirSync(join(path, 'db'));
  writeFileSync(
    join(path, 'slapd.conf'),
    `include /etc/ldap/schema/core.schema\nTLSCertificateFile ${path}/own.pem\nTLSCertificateKeyFile ${path}/own.key\npidfile ${path}/pid\nmodulepath /usr/lib/ldap\nmoduleload back_mdb\ndatabase mdb\nsuffix "dc=example,dc=com"\nrootdn "cn=admin,dc=example,dc=com"\nrootpw open-sesame\ndirectory ${path}/db\n`,
  );
  const issued = certificate(t);
  for (const [name, text] of Object.entries({ 'own.key': issued.key, 'own.pem': issued.cert })) writeFileSync(join(path, name), text);
  writeFileSync(join(path, 'base.ldif'), 'dn: dc=example,dc=com\nobjectClass: dcObject\nobjectClass: organization\no: Example\ndc: example\n');
  execFileSync(installed('slapadd')!, ['-f', join(path, 'slapd.conf'), '-l', join(path, 'base.ldif')], { stdio: 'ignore' });
  const [port, secure] = [await freePort(), await freePort()];
  started(t, installed('slapd')!, ['-d', '0', '-f', join(path, 'slapd.conf'), '-h', `ldap://127.0.0.1:${port}/ ldaps://127.0.0.1:${secure}/`]);
  const given = { kind: 'ldap', host, port, user: 'cn=admin,dc=example,dc=com', password: 'open-sesame' };
  await passes(given);
  assert.equal((await run({ kind: 'ldap', host, port })).result, 'passed');
  const found = await run({ ...given, base: 'dc=example,dc=com', filter: '(o=Example)' });
  assert.deepEqual([found.result, found.measured], ['passed', { entries: 1 }]);
  assert.equal((await run({ ...given, base: 'dc=example,dc=com', filter: '(o=Other)' })).words, '0 entries are found, 1 are needed');
  assert.match((await run({ ...given, password: 'wrong' })).words, /invalid credentials/i);
  assert.equal((await run({ ...given, security: 'starttls', verify: false })).words, '');
  assert.match((await run({ ...given, security: 'starttls' })).words, /certificate/);
  const over = await run({ ...given, port: secure, security: 'tls', verify: false });
  assert.deepEqual([over.words, over.measured['certificateDays']], ['', 29]);
  assert.match((await run({ ...given, port: secure, security: 'tls' })).words, /authority that is not known/);
});
