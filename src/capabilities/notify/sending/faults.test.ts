import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
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

const KILLS = 100;
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

  /** Sends for a random moment, then is gone without a word. */
  function sendAndDie(clock: number): Promise<void> {
    const env = {
      PATH: process.env['PATH'] ?? '',
      DATABASE_URL: desk.databaseUrl,
      QD_SECRET_KEY: 'a test key of more than thirty-two characters',
      QD_ALLOW_PRIVATE_TARGETS: '127.0.0.0/8',
      QD_PORT: '0',
    };
    const child = spawn(process.execPath, [...program.flags, 'src/testing/sender.ts', String(clock)], {
      cwd: ROOT,
      env: { ...program.environment, ...env, NODE_COMPILE_CACHE: '/tmp/qd-compiled' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
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

  it(`${KILLS} times at random, several at once: no page is lost, and what comes twice says why`, { timeout: 180_000 }, async () => {
    for (let kill = 0; kill < KILLS; kill += AT_ONCE) {
      const about = await desk.people.createTeam({ name: `Round ${kill}` });
      await writeAs(desk.desk, SYSTEM, (ctx) =>
        beginPages(
          ctx,
          people.map((personId) => ({ personId, about: about.id, title: `Round ${kill}`, text: '', why: 'a test' })),
        ),
      );
      // Claims of the dead have run out when the next ones begin.
      const at = desk.now() + (kill / AT_ONCE) * 40_000;
      await Promise.all(Array.from({ length: AT_ONCE }, () => sendAndDie(at)));
    }
    await desk.advance({ hours: 1 });
    const rows = await store.tables(desk.desk.db).selectFrom('notifyNotification').selectAll().where('purpose', '=', 'page').execute();
    assert.equal(rows.length, (KILLS / AT_ONCE) * PEOPLE);
    assert.deepEqual([...new Set(rows.map((row) => row.state))], ['sent']);
    const came = new Map<string, number>();
    for (const { headers } of hooks.asked) came.set(String(headers['idempotency-key']), (came.get(String(headers['idempotency-key'])) ?? 0) + 1);
    for (const row of rows) {
      const times = came.get(row.id) ?? 0;
      assert.ok(times >= 1, 'a page was lost');
      assert.ok(times <= 1 + row.brokenOff, `sent ${times} times with ${row.brokenOff} attempts broken off`);
      if (row.brokenOff > 0) assert.match(row.result, /Sent again: the desk stopped/);
    }
    assert.ok(
      rows.some((row) => row.brokenOff > 0),
      'no kill fell between claim and result: the test has tested nothing',
    );
  });
});
