import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { writeAs } from '#kernel/act.ts';
import { iso } from '#kernel/clock.ts';
import { uuidv7 } from '#kernel/ids.ts';
import { SYSTEM } from '#kernel/permissions.ts';
import { openTestDesk, type TestDesk } from '#testing/desk.ts';
import { openProvider, type Provider } from '#testing/provider.ts';
import program from '../../../../bin/node.json' with { type: 'json' };
import { beginPages } from '../pages.ts';
import * as store from '../store/index.ts';

/** Each costs the start of a process: QD_TEST_KILLS=100 for the whole proof. */
const KILLS = Number(process.env['QD_TEST_KILLS'] ?? 28);
/** Workers that send at the same time, all of them killed. */
const AT_ONCE = 4;
const PEOPLE = 30;
const ROOT = join(import.meta.dirname, '../../../..');

describe('a process that is killed while it sends', () => {
  let desk: TestDesk;
  let hooks: Provider;
  let people: string[];
  before(async () => {
    hooks = await openProvider(() => ({ status: 200, afterMs: 5 + Math.random() * 25 }));
    desk = await openTestDesk({ env: { QD_LOG_LEVEL: 'silent' } });
    people = [];
    for (let at = 0; at < PEOPLE; at += 1) people.push((await desk.people.invite({ name: `Person ${at}`, email: `p${at}@example.com`, role: 'responder' })).person.id);
    await writeAs(desk.desk, SYSTEM, (ctx) => giveContacts(ctx.db, ctx.now), 'quiet');
  });
  after(async () => {
    await desk.close();
    await hooks.close();
  });

  async function giveContacts(db: TestDesk['desk']['db'], now: number): Promise<void> {
    for (const personId of people) {
      const id = uuidv7(now);
      const address = desk.desk.vault.encrypt(`${hooks.url}/hook`);
      const contact = { id, personId, channel: 'webhook' as const, label: 'Hook', address, sealed: true, verifiedAt: iso(now), createdAt: iso(now), codeTries: 0 };
      await store
        .tables(db)
        .insertInto('notifyContact')
        .values({ ...contact, removedAt: null, addressKey: null, disabledAt: null, codeHash: null, codeUntil: null })
        .execute();
      await store.tables(db).insertInto('notifyRule').values({ personId, urgency: 'high', position: 0, contact: id, delayMinutes: 0 }).execute();
    }
  }

  function startSender(clock: number) {
    const env = {
      PATH: process.env['PATH'] ?? '',
      DATABASE_URL: desk.databaseUrl,
      QD_SECRET_KEY: 'a test key of more than thirty-two characters',
      QD_ALLOW_PRIVATE_TARGETS: '127.0.0.0/8',
      QD_PORT: '0',
      NODE_COMPILE_CACHE: join(tmpdir(), 'qd-compiled'),
    };
    return spawn(process.execPath, [...program.flags, 'src/testing/sender.ts', String(clock)], {
      cwd: ROOT,
      env: { ...program.environment, ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
  }

  /** Sends for a random moment, then is gone without a word. */
  function sendAndDie(clock: number): Promise<void> {
    const child = startSender(clock);
    return new Promise((done, fail) => {
      let killed = false;
      child.stdout.on('data', () => {
        setTimeout(() => {
          killed = true;
          child.kill('SIGKILL');
        }, Math.random() * 120);
      });
      child.on('exit', () => (killed ? done() : fail(new Error('the sender ended by itself'))));
    });
  }

  const pageAll = (about: string, title: string) =>
    writeAs(desk.desk, SYSTEM, (ctx) =>
      beginPages(
        ctx,
        people.map((personId) => ({ personId, about, title, text: '', why: 'a test' })),
      ),
    );

  /** Every page came, and more than once only as often as an attempt broke off; its row says so. */
  async function expectNothingLost(abouts: readonly string[]) {
    const rows = await store
      .tables(desk.desk.db)
      .selectFrom('notifyNotification')
      .selectAll()
      .where('purpose', '=', 'page')
      .where('aboutId', 'in', [...abouts])
      .execute();
    assert.equal(rows.length, abouts.length * PEOPLE);
    assert.deepEqual([...new Set(rows.map((row) => row.state))], ['sent']);
    const came = new Map<string, number>();
    for (const { headers } of hooks.asked) came.set(String(headers['idempotency-key']), (came.get(String(headers['idempotency-key'])) ?? 0) + 1);
    for (const row of rows) {
      const times = came.get(row.id) ?? 0;
      assert.ok(times >= 1, 'a page was lost');
      assert.ok(times <= 1 + row.brokenOff, `sent ${times} times with ${row.brokenOff} attempts broken off`);
      if (row.brokenOff > 0) assert.match(row.result, /Sent again: the desk stopped/);
    }
    return rows;
  }

  it(`${KILLS} times at random, several at once: no page is lost, and what comes twice says why`, { timeout: 240_000 }, async () => {
    const abouts: string[] = [];
    for (let kill = 0; kill < KILLS; kill += AT_ONCE) {
      const about = await desk.people.createTeam({ name: `Round ${kill}` });
      abouts.push(about.id);
      await pageAll(about.id, `Round ${kill}`);
      // Claims of the dead have run out when the next ones begin.
      const at = desk.now() + (kill / AT_ONCE) * 40_000;
      await Promise.all(Array.from({ length: AT_ONCE }, () => sendAndDie(at)));
    }
    await desk.advance({ hours: 1 });
    const rows = await expectNothingLost(abouts);
    assert.ok(
      rows.some((row) => row.brokenOff > 0),
      'no kill fell between claim and result: the test has tested nothing',
    );
  });

  it('two at once whose database goes away under them lose nothing', { timeout: 60_000 }, async () => {
    const about = await desk.people.createTeam({ name: 'Restarted' });
    const before = hooks.asked.length;
    const senders = [startSender(desk.now()), startSender(desk.now())];
    await Promise.all(senders.map((child) => new Promise((ready) => child.stdout.once('data', ready))));
    await pageAll(about.id, 'Restarted');
    for (let times = 0; times < 4; times += 1) {
      await new Promise((next) => setTimeout(next, 40));
      await breakConnections();
    }
    for (const end = Date.now() + 20_000; hooks.asked.length < before + PEOPLE && Date.now() < end;) await new Promise((next) => setTimeout(next, 50));
    for (const child of senders) child.kill('SIGKILL');
    await desk.advance({ hours: 1 });
    await expectNothingLost([about.id]);
  });

  /** As a restart of the server does to whoever is connected. */
  async function breakConnections(): Promise<void> {
    const { rows } = await desk.desk.pool.query<{ n: number }>(
      `select count(pg_terminate_backend(pid))::int as n from pg_stat_activity where datname = current_database() and usename = current_user and pid <> pg_backend_pid()`,
    );
    assert.ok((rows[0]?.n ?? 0) > 0, 'nobody was connected');
  }
});
