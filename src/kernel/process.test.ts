import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { openInbox, type Inbox } from '#testing/mail.ts';
import { cloneDatabase } from '#testing/postgres.ts';
import { freePort, scratch, startServer, type ServerProcess } from '#testing/server.ts';

async function signalSource({ clients }: ServerProcess): Promise<string> {
  return (await clients.alerts.createSource({ name: 'Monitoring' })).key;
}

function fire(server: { url: string }, key: string, dedup: string): Promise<Response> {
  return fetch(`${server.url}/v2/enqueue`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ routing_key: key, event_action: 'trigger', dedup_key: dedup, payload: { summary: `Failure ${dedup}`, source: 'db1', severity: 'critical' } }),
  });
}

describe('a desk with its own database', () => {
  let inbox: Inbox;
  const place = scratch('own');
  const dataDir = join(place.path, 'data');
  const env = () => ({ QD_SMTP_URL: inbox.url });
  before(async () => {
    inbox = await openInbox();
  });
  after(async () => {
    await inbox.close();
    place.remove();
  });

  it('loses no page when it is killed in the middle, and refuses a second start with the pid of the first', async () => {
    const port = await freePort();
    const first = await startServer({ dataDir, port, env: env() });
    const key = await signalSource(first);
    await fire(first, key, 'before');
    await inbox.waitFor(1);
    await assert.rejects(startServer({ dataDir, env: env() }), (error: Error) => error.message.includes(String(first.pid)) && error.message.includes('already runs'));
    // The answer means "stored"; the process dies before or while the page is sent.
    const accepted = await Promise.all(['a', 'b', 'c', 'd'].map((name) => fire(first, key, name)));
    assert.deepEqual(
      accepted.map((answer) => answer.status),
      [202, 202, 202, 202],
    );
    await first.end('SIGKILL');
    const second = await startServer({ dataDir, port, env: env() });
    const subjects = () => new Set(inbox.mails.map((mail) => mail.subject.replace(/ \[.*/, '')));
    for (const end = Date.now() + 45_000; subjects().size < 5 && Date.now() < end;) await new Promise((resolve) => setTimeout(resolve, 100));
    assert.deepEqual([...subjects()].toSorted(), ['Page: Failure a', 'Page: Failure b', 'Page: Failure before', 'Page: Failure c', 'Page: Failure d']);
    assert.equal(await second.end('SIGTERM'), 0);
    assert.equal(existsSync(join(dataDir, 'pg/postmaster.pid')), false, 'the database is stopped cleanly');
  });

  it('ends with `npm start`, by which people run it', async () => {
    const port = await freePort();
    const child = spawn('npm', ['start'], { env: { PATH: process.env['PATH'], HOME: place.path, QD_PORT: String(port), QD_DATA_DIR: dataDir }, stdio: 'ignore' });
    const answers = () =>
      fetch(`http://127.0.0.1:${port}/readyz`).then(
        ({ ok }) => ok,
        () => false,
      );
    const until = async (ready: boolean) => {
      for (const end = Date.now() + 60_000; (await answers()) !== ready; await new Promise((resolve) => setTimeout(resolve, 200)))
        assert.ok(Date.now() < end, ready ? 'it did not start' : 'it went on after the signal');
    };
    await until(true);
    child.kill('SIGTERM');
    await until(false);
    for (const end = Date.now() + 15_000; existsSync(join(dataDir, 'pg/postmaster.pid')) && Date.now() < end;) await new Promise((resolve) => setTimeout(resolve, 100));
    assert.equal(existsSync(join(dataDir, 'pg/postmaster.pid')), false, 'the database is stopped with it');
  });

  it('brings its database back when that is killed, pages again, and still stops cleanly', async () => {
    const server = await startServer({ dataDir, env: env() });
    const key = await signalSource(server);
    process.kill(Number(readFileSync(join(dataDir, 'pg/postmaster.pid'), 'utf8').split('\n')[0]), 'SIGKILL');
    const statuses: number[] = [];
    for (const end = Date.now() + 20_000; statuses.at(-1) !== 202 && Date.now() < end;) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      statuses.push((await fire(server, key, 'after the database')).status);
    }
    assert.equal(statuses.at(-1), 202, 'the database is back');
    assert.ok(
      statuses.every((status) => status === 202 || status === 503),
      statuses.join(),
    );
    const paged = () => inbox.mails.some((mail) => mail.subject.includes('after the database'));
    for (const end = Date.now() + 20_000; !paged() && Date.now() < end;) await new Promise((resolve) => setTimeout(resolve, 100));
    assert.ok(paged(), server.output().slice(-4000));
    assert.equal(await server.end('SIGTERM'), 0);
  });

  it('says in one sentence why it does not start', async () => {
    const refusal = async (options: Parameters<typeof startServer>[0]) =>
      (
        await startServer(options).then(
          async (server) => `it started: ${await server.end('SIGTERM')}`,
          (error: Error) => error.message,
        )
      ).trim();
    assert.match(await refusal({ dataDir, env: { QD_PORT: 'eighty' } }), /^Quarterdeck does not start: QD_PORT is wrong: it must be a port number/);
    assert.match(await refusal({ dataDir, env: { QD_COLOUR: 'red' } }), /QD_COLOUR is not a setting/);
    assert.match(await refusal({ dataDir, env: { QD_HOST: '0.0.0.0' } }), /QD_PUBLIC_URL is missing/);
    assert.match(await refusal({ env: { DATABASE_URL: 'postgresql://nobody:x@127.0.0.1:1/none', QD_SECRET_KEY: 'x'.repeat(40) } }), /DATABASE_URL does not answer/);
    assert.match(await refusal({ env: { DATABASE_URL: 'postgresql://nobody:x@127.0.0.1:1/none' } }), /QD_SECRET_KEY is missing/);
    const { createServer } = await import('node:http');
    const other = createServer((_request, response) => response.writeHead(404).end());
    const port = await freePort();
    await new Promise<void>((resolve) => {
      other.listen(port, '127.0.0.1', resolve);
    });
    assert.match(await refusal({ dataDir, port }), /^(?!.*is open)[\s\S]*Port \d+ on 127\.0\.0\.1 is in use/);
    other.close();
    const damaged = join(place.path, 'damaged');
    mkdirSync(join(damaged, 'pg'), { recursive: true });
    writeFileSync(join(damaged, 'pg/PG_VERSION'), '18\n');
    assert.match(await refusal({ dataDir: damaged }), /is damaged/);
    writeFileSync(join(dataDir, 'secret.key'), `${'k'.repeat(43)}\n`);
    assert.match(await refusal({ dataDir }), /is not the key this database was made with/);
  });

  it('starts for an ordinary user as well', { skip: process.getuid?.() === 0 && spawnSync('setpriv', ['--version']).status === 0 ? false : 'needs root and setpriv' }, async () => {
    const home = scratch('user');
    spawnSync('chown', ['nobody', home.path]);
    const root = join(import.meta.dirname, '../..');
    const readable = spawnSync('setpriv', ['--reuid', 'nobody', '--clear-groups', 'test', '-r', join(root, 'package.json')]).status === 0;
    if (!readable) return home.remove();
    const port = await freePort();
    const child = spawn('setpriv', ['--reuid', 'nobody', '--clear-groups', process.execPath, 'src/server.ts'], {
      cwd: root,
      env: { PATH: process.env['PATH'] ?? '', QD_PORT: String(port), QD_DATA_DIR: join(home.path, 'data') },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        said += text;
      });
    const ended = new Promise<void>((resolve) => {
      child.on('exit', () => resolve());
    });
    for (const end = Date.now() + 25_000; !said.includes('is open at') && child.exitCode === null && Date.now() < end;) await new Promise((resolve) => setTimeout(resolve, 50));
    child.kill('SIGTERM');
    await ended;
    assert.match(said, /Quarterdeck is open at/);
    home.remove();
  });
});

describe('two nodes on one database', () => {
  it('share the work: a signal to one is paged once, and goes on when the other is killed', async () => {
    const inbox = await openInbox();
    const database = await cloneDatabase();
    const env = { DATABASE_URL: database.appUrl, QD_DATABASE_ADMIN_URL: database.adminUrl, QD_SECRET_KEY: 'a key that both of these nodes share', QD_SMTP_URL: inbox.url };
    const [one, two] = [await startServer({ env }), await startServer({ env })];
    const key = await signalSource(one);
    for (let i = 0; i < 6; i += 1) await fire(i % 2 === 0 ? one : two, key, `n${i}`);
    await inbox.waitFor(6);
    await new Promise((resolve) => setTimeout(resolve, 500));
    assert.equal(inbox.mails.length, 6, 'each page was sent once');
    assert.equal((await two.clients.alerts.list({})).items.length, 6);
    await one.end('SIGKILL');
    await fire(two, key, 'after');
    await inbox.waitFor(7);
    await two.end('SIGTERM');
    await database.drop();
    await inbox.close();
  });
});
