import assert from 'node:assert/strict';
import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import * as pg from 'pg';
import { joinEmbedded } from '#kernel/postgres/index.ts';
import { openInbox } from '#testing/mail.ts';
import { cloneDatabase } from '#testing/postgres.ts';
import { freePort, scratch, startServer, type ServerProcess } from '#testing/server.ts';

const KILLS = 50;
/** Every so manieth alert pages. */
const PAGING = 5;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function until(done: () => Promise<boolean>, what: string, most = 120_000): Promise<void> {
  for (const end = Date.now() + most; !(await done());) {
    assert.ok(Date.now() < end, `${what}: not in time`);
    await pause(100);
  }
}

function post(url: string, key: string, alert: { readonly name: string; readonly status: string; readonly severity: string }): Promise<number> {
  const { name, status, severity } = alert;
  const body = JSON.stringify({ version: '4', alerts: [{ status, labels: { alertname: name, severity }, annotations: { summary: name } }] });
  return fetch(`${url}/ingest/${key}/alertmanager`, { method: 'POST', headers: { 'content-type': 'application/json' }, body }).then(
    async (answer) => {
      await answer.arrayBuffer();
      return answer.status;
    },
    () => 0,
  );
}

/** Ada is on call for everything and is reached by mail only. */
async function onCall({ clients }: ServerProcess): Promise<string> {
  const { person } = await clients.people.invite({ name: 'Ada Ek', email: 'ada@example.com', role: 'responder' });
  await clients.oncall.createPolicy({ name: 'Everything', isDefault: true, steps: [{ targets: [{ kind: 'person', number: person.number }], waitMinutes: 60 }] });
  return (await clients.alerts.createSource({ name: 'Prometheus' })).key;
}

test(`a desk that is killed ${KILLS} times under load loses no accepted signal and no page, and opens nothing twice`, { timeout: 400_000 }, async () => {
  const inbox = await openInbox();
  const place = scratch('kills');
  const dataDir = join(place.path, 'data');
  const port = await freePort();
  const env = { QD_SMTP_URL: inbox.url, QD_LOG_LEVEL: 'fatal' };
  let desk = await startServer({ dataDir, port, env });
  const key = await onCall(desk);
  const accepted = new Map<string, 'critical' | 'warning'>();
  const ended = new Set<string>();
  let count = 0;
  for (let kill = 0; kill < KILLS; kill += 1) {
    let living = true;
    const senders = Array.from({ length: 4 }, async () => {
      while (living) {
        const name = `Failure ${(count += 1)}`;
        const severity = count % PAGING === 0 ? 'critical' : 'warning';
        if ((await post(desk.url, key, { name, status: 'firing', severity })) !== 202) continue;
        accepted.set(name, severity);
        if (severity === 'warning' && (await post(desk.url, key, { name, status: 'resolved', severity })) === 202) ended.add(name);
      }
    });
    await pause(20 + Math.random() * 200);
    living = false;
    await desk.end('SIGKILL');
    await Promise.all(senders);
    desk = await startServer({ dataDir, port, env });
  }
  const { items } = await desk.clients.alerts.sources({});
  await until(async () => (await desk.clients.alerts.source({ number: items[0]!.number })).source.waiting === 0, 'all is worked off');
  const client = new pg.Client({ connectionString: joinEmbedded(dataDir).adminUrl });
  await client.connect();
  const { rows } = await client.query<{ title: string; state: string; times: number }>(
    `select r.title, min(a.state) as state, count(*)::int as times from alerts_alert a join record r on r.id = a.id group by r.title`,
  );
  const stored = new Map(rows.map((row) => [row.title, row]));
  assert.ok(accepted.size > KILLS, `only ${accepted.size} were accepted`);
  for (const name of accepted.keys()) assert.equal(stored.get(name)?.times, 1, `${name} is one alert`);
  for (const name of ended) assert.equal(stored.get(name)?.state, 'resolved', `${name} is over`);
  const critical = [...accepted].filter(([, severity]) => severity === 'critical').map(([name]) => name);
  const told = () => new Set(inbox.mails.flatMap((mail) => /Page: (Failure \d+)/.exec(mail.subject)?.[1] ?? []));
  await until(async () => critical.every((name) => told().has(name)), 'every page is told');
  const {
    rows: [groups],
  } = await client.query<{ open: number; right: number }>(`
    select count(*)::int as open, count(*) filter (where open_count = (select count(*) from alerts_alert a where a.group_id = g.id and a.state <> 'resolved'))::int as right
    from alerts_group g where closed_at is null`);
  assert.equal(groups?.right, groups?.open, 'every group counts what fires in it');
  await client.end();
  assert.equal(await desk.end('SIGTERM'), 0);
  await inbox.close();
  place.remove();
});

function socketOf(url: string): string {
  const { searchParams, port } = new URL(url);
  return join(searchParams.get('host') ?? '', `.s.PGSQL.${port}`);
}

/** A way to the database that can be cut. */
async function bridge(path: string) {
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(path);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.pipe(other);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
    }
  });
  const port = await freePort();
  const open = () =>
    new Promise<void>((resolve) => {
      server.listen(port, '127.0.0.1', resolve);
    });
  const cut = async () => {
    const closed = new Promise((resolve) => {
      server.close(resolve);
    });
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  await open();
  return { port, open, cut };
}

/** Seconds for which the database is away: longer than a check's interval. */
const AWAY = Number(process.env['QD_TEST_AWAY'] ?? 22);

test(`the database away for ${AWAY} s: senders are told to try again, checks queue, and afterwards nothing is lost or doubled`, { timeout: 180_000 }, async () => {
  const database = await cloneDatabase();
  const way = await bridge(socketOf(database.appUrl));
  const through = (url: string) => {
    const { username, password, pathname } = new URL(url);
    return `postgres://${username}:${password}@127.0.0.1:${way.port}${pathname}`;
  };
  const desk = await startServer({
    env: {
      DATABASE_URL: through(database.appUrl),
      QD_DATABASE_ADMIN_URL: through(database.adminUrl),
      QD_SECRET_KEY: 'a test key of more than thirty-two characters',
      QD_LOG_LEVEL: 'fatal',
    },
  });
  const key = await onCall(desk);
  const target = createServer((socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n'));
  const targetPort = await freePort();
  await new Promise<void>((resolve) => {
    target.listen(targetPort, '127.0.0.1', resolve);
  });
  const check = await desk.clients.checks.create({ name: 'Shop', probe: { kind: 'http', url: `http://127.0.0.1:${targetPort}/`, intervalSeconds: 20, timeoutSeconds: 5 } });
  await until(async () => (await desk.clients.checks.get({ number: check.number })).results.length > 0, 'the first result');
  const accepted: string[] = [];
  const refused: number[] = [];
  let count = 0;
  async function send(): Promise<void> {
    const name = `Away ${(count += 1)}`;
    const began = Date.now();
    const status = await post(desk.url, key, { name, status: 'firing', severity: 'warning' });
    assert.ok(Date.now() - began < 10_000, 'an answer comes soon');
    if (status === 202) accepted.push(name);
    else refused.push(status);
  }
  await send();
  await way.cut();
  const began = Date.now();
  while (Date.now() - began < AWAY * 1000) {
    await send();
    await pause(100);
  }
  const during = refused.length;
  await way.open();
  await until(async () => {
    await send();
    return accepted.length > 3;
  }, 'signals are accepted again');
  assert.ok(during > 10 && refused.every((status) => status >= 500), `refused with ${[...new Set(refused)].join()}`);
  const { items } = await desk.clients.alerts.sources({});
  await until(async () => (await desk.clients.alerts.source({ number: items[0]!.number })).source.waiting === 0, 'all is worked off', 70_000);
  const titles = (await desk.clients.alerts.list({ limit: 200 })).items.map((alert) => alert.title).filter((title) => title.startsWith('Away'));
  for (const name of accepted) assert.equal(titles.filter((title) => title === name).length, 1, name);
  await until(async () => {
    const times = (await desk.clients.checks.get({ number: check.number })).results.map(({ at }) => Date.parse(at)).toSorted((a, b) => a - b);
    return times.some((at) => at > began && at < began + AWAY * 1000) && times.every((at, place) => place === 0 || at - times[place - 1]! < 21_500);
  }, 'the runs of the outage are counted');
  assert.equal(await desk.end('SIGTERM'), 0);
  target.close();
  await way.cut();
  await database.drop();
});
