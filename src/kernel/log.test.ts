import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import * as fc from 'fast-check';
import * as pg from 'pg';
import { openTestDesk, refusalOf, type TestDesk } from '#testing/desk.ts';
import { cloneDatabase } from '#testing/postgres.ts';
import { jobOf, writeAs } from './act.ts';
import { backup } from './backup/backup.ts';
import { restore } from './backup/restore.ts';
import { entriesAfter, logEnd, type Position } from './log-reader.ts';
import { migrate } from './migrate.ts';
import { SYSTEM } from './permissions.ts';
import type { StartRefused } from './postgres/refused.ts';
import { sealJob, verifySeals } from './seals.ts';

describe('the activity log', () => {
  let desk: TestDesk;
  before(async () => {
    desk = await openTestDesk();
  });
  after(() => desk.close());

  it('can be neither changed nor emptied with the application’s role', async () => {
    const client = new pg.Client({ connectionString: desk.databaseUrl });
    await client.connect();
    for (const attempt of [
      "update activity set did = 'x'",
      'delete from activity',
      'truncate activity',
      'alter table activity add column x int',
      'drop table activity',
      'delete from activity_seal',
      'truncate activity_default',
      "update activity_default set via = 'x'",
    ]) {
      await assert.rejects(client.query(attempt), /permission denied|must be owner/, attempt);
    }
    await client.end();
    assert.equal(desk.desk.state.logProtected, true);
  });

  it('is read in an order in which no commit is ever missed, however writers overtake each other', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.record({ hold: fc.integer({ min: 0, max: 12 }), keep: fc.boolean() }), { minLength: 3, maxLength: 8 }), async (writers) => {
        let position: Position = await logEnd(desk.desk.readDb);
        const seen: string[] = [];
        const written: string[] = [];
        let open = writers.length;
        const write = async ({ hold, keep }: { hold: number; keep: boolean }) => {
          await writeAs(desk.desk, SYSTEM, async (ctx) => {
            const id = await ctx.record({ record: null, did: 'desk.setUp', data: { hold } });
            await new Promise((resolve) => setTimeout(resolve, hold));
            if (!keep) throw new Error('rolled back');
            written.push(id);
          }).catch(() => undefined);
          open -= 1;
        };
        const all = Promise.all(writers.map(write));
        // A transaction anywhere in the cluster may hold the horizon back: what is committed may come a little later, but it comes.
        for (const end = Date.now() + 20_000; Date.now() < end;) {
          const done = open === 0;
          const batch = await entriesAfter(desk.desk.readDb, position, 2);
          for (const entry of batch) {
            seen.push(entry.id);
            position = entry;
          }
          if (done && batch.length === 0 && seen.length >= written.length) break;
        }
        await all;
        assert.deepEqual(seen.toSorted(), written.toSorted());
        assert.equal(new Set(seen).size, seen.length);
      }),
      { numRuns: 12 },
    );
  });

  it('is read past a long transaction of another database of the same server, and not past one of its own', async () => {
    const other = await cloneDatabase();
    const stranger = new pg.Client({ connectionString: other.appUrl });
    const own = new pg.Client({ connectionString: desk.databaseUrl });
    await Promise.all([stranger.connect(), own.connect()]);
    try {
      await stranger.query('begin; select pg_current_xact_id()');
      const position = await logEnd(desk.desk.readDb);
      const write = async () => writeAs(desk.desk, SYSTEM, async (ctx) => ctx.record({ record: null, did: 'desk.setUp', data: {} }));
      const first = await write();
      const read = async () => (await entriesAfter(desk.desk.readDb, position)).map(({ id }) => id);
      assert.ok((await read()).includes(first));
      await own.query('begin; select pg_current_xact_id()');
      const second = await write();
      assert.equal((await read()).includes(second), false, 'what is open here may still write an earlier entry');
      await own.query('commit');
      assert.ok((await read()).includes(second));
    } finally {
      await Promise.all([stranger.end(), own.end()]);
      await other.drop();
    }
  });

  it('is sealed, and says when a row was altered by whoever owns the database', async () => {
    const seal = () => sealJob(jobOf(desk.desk, {}));
    const sound = async () => verifySeals(desk.desk.readDb, desk.desk.vault);
    assert.match((await sound()).sentence, /Nothing is sealed yet/);
    await seal();
    await desk.people.createTeam({ name: 'Sealed' });
    const first = await sound();
    assert.equal(first.sound, true);
    assert.equal(first.unsealedRows, 1);
    await seal();
    const owner = new pg.Client({ connectionString: desk.databaseAdminUrl });
    await owner.connect();
    for (const [alter, undo] of [
      [`update activity set data = '{"x":1}' where did = 'team.created'`, `update activity set data = '{}' where did = 'team.created'`],
      [`update activity set did = 'team.changed' where did = 'team.created'`, `update activity set did = 'team.created' where did = 'team.changed'`],
    ] as const) {
      await owner.query(alter);
      assert.equal((await sound()).sound, false, alter);
      await owner.query(undo);
      assert.equal((await sound()).sound, true, undo);
    }
    await owner.query(`delete from activity where did = 'team.created'`);
    assert.match((await sound()).sentence, /does not cover the rows/);
    await owner.end();
  });
});

describe('records', () => {
  let desk: TestDesk;
  before(async () => {
    desk = await openTestDesk();
  });
  after(() => desk.close());

  it('are found by number and by the beginnings of words', async () => {
    const team = await desk.people.createTeam({ name: 'Harbour masters', about: 'berths' });
    const numbers = async (q: string) => (await desk.records.search({ q })).items.map((item) => item.number);
    for (const q of [team.number, team.number.toLowerCase(), 'harb', 'mast harbour', 'bert']) assert.ok((await numbers(q)).includes(team.number), q);
    assert.deepEqual(await numbers('harbour submarine'), []);
    assert.deepEqual(await numbers(`'); drop table record; --`), []);
  });

  it('keep comments with their earlier wordings, links both ways, and attachments', async () => {
    const [a, b] = [await desk.people.createTeam({ name: 'A' }), await desk.people.createTeam({ name: 'B' })];
    const bo = await desk.person('Bo Berg', 'responder');
    const { id } = await bo.records.comment({ number: a.number, body: 'first' });
    await bo.records.editComment({ id, body: 'second' });
    assert.equal((await refusalOf(desk.records.editComment({ id, body: 'no' }))).kind, 'refused');
    assert.equal((await desk.records.timeline({ number: a.number })).items.find((e) => e.comment)?.comment?.body, 'second');
    await bo.records.link({ number: a.number, relation: 'caused by', to: b.number });
    assert.equal((await desk.records.links({ number: b.number })).items[0]?.relation, 'caused');
    assert.equal((await refusalOf(bo.records.link({ number: a.number, relation: 'about', to: a.number }))).kind, 'refused');
    const put = await fetch(`${desk.url}/api/v1/records/${a.number}/attachments?name=notes.txt`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${bo.token}`, 'content-type': 'text/plain' },
      body: 'hello',
    });
    const { href } = (await put.json()) as { href: string };
    const got = await fetch(`${desk.url}${href}`, { headers: { authorization: `Bearer ${bo.token}` } });
    assert.equal(await got.text(), 'hello');
    assert.match(got.headers.get('content-security-policy') ?? '', /sandbox/);
    assert.equal((await fetch(`${desk.url}${href}`)).status, 401);
  });

  it('that are restricted are 404 for everybody else, everywhere', async () => {
    const [ed, flo] = [await desk.person('Ed Ek', 'responder'), await desk.person('Flo Fast', 'admin')];
    const secret = await writeAs(desk.desk, SYSTEM, (ctx) => ctx.open({ kind: 'team', title: 'Secret plans', ownerId: ed.id, restricted: true, did: 'team.created' }));
    assert.equal((await ed.records.get({ number: secret.number })).title, 'Secret plans');
    for (const call of [
      () => flo.records.get({ number: secret.number }),
      () => flo.records.timeline({ number: secret.number }),
      () => flo.records.comment({ number: secret.number, body: 'x' }),
    ]) {
      assert.equal((await refusalOf(call())).kind, 'missing');
    }
    assert.deepEqual((await flo.records.search({ q: 'secret plans' })).items, []);
    assert.ok(!JSON.stringify((await flo.records.activity({ limit: 200 })).items).includes(secret.number));
    const open = await desk.people.createTeam({ name: 'Open' });
    await ed.records.link({ number: open.number, relation: 'about', to: secret.number });
    assert.deepEqual((await flo.records.links({ number: open.number })).items, []);
    assert.equal((await ed.records.links({ number: open.number })).items.length, 1);
  });

  it('answer the same request with one Idempotency-Key once', async () => {
    const key = { idempotencyKey: 'once-1' };
    const [one, two] = [await desk.people.createTeam({ name: 'Once' }, key), await desk.people.createTeam({ name: 'Once' }, key)];
    assert.equal(one.number, two.number);
    assert.equal((await refusalOf(desk.people.createTeam({ name: 'Other' }, key))).kind, 'invalid');
    const both = await Promise.allSettled([
      desk.people.createTeam({ name: 'Race' }, { idempotencyKey: 'race' }),
      desk.people.createTeam({ name: 'Race' }, { idempotencyKey: 'race' }),
    ]);
    assert.ok(both.some((r) => r.status === 'fulfilled'));
    assert.equal((await desk.people.teams({ q: 'Race' })).items.length, 1);
  });

  it('refuse what is malformed with a sentence', async () => {
    const send = (body: string, headers: Record<string, string> = { 'content-type': 'application/json' }) =>
      fetch(`${desk.url}/api/v1/teams`, { method: 'POST', headers: { authorization: `Bearer ${desk.adminToken}`, ...headers }, body });
    const of = async (answer: Response) => [answer.status, ((await answer.json()) as { sentence: string }).sentence] as const;
    assert.deepEqual(await of(await send('{')), [400, 'The body is not JSON that can be read.']);
    assert.equal((await of(await send(`{"name":${'['.repeat(100)}1${']'.repeat(100)}}`)))[0], 400);
    assert.equal((await of(await send(JSON.stringify({ name: 'x'.repeat(2_000_000) }))))[0], 413);
    assert.equal((await of(await send('name=x', { 'content-type': 'application/x-www-form-urlencoded' })))[0], 415);
    assert.match((await of(await send('{"name":"ok","colour":"red"}')))[1], /colour is not a field/);
    assert.equal((await of(await send('{"name":"ok","__proto__":{"x":1}}')))[0], 400);
    const foreign = await fetch(`${desk.url}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: 'https://evil.example' },
      body: '{"email":"a@b.c","password":"x"}',
    });
    assert.equal(foreign.status, 403);
  });
});

describe('backup and restore', () => {
  it('bring everything back, keep the seals sound, hold what would leave, and go on with the next number', async () => {
    const directory = join(mkdtempSync(join(tmpdir(), 'qd-backup-')), 'b');
    const desk = await openTestDesk();
    const team = await desk.people.createTeam({ name: 'Kept' });
    await sealJob(jobOf(desk.desk, {}));
    await backup({ adminUrl: desk.databaseAdminUrl, directory, now: new Date(desk.now()).toISOString() });
    const empty = await emptyDatabase();
    await restore({ adminUrl: empty.adminUrl, appRole: 'qd_app', directory, now: desk.now() });
    await assert.rejects(restore({ adminUrl: empty.adminUrl, appRole: 'qd_app', directory, now: desk.now() }), /not empty/);
    const again = await openTestDesk({ env: { DATABASE_URL: empty.appUrl, QD_DATABASE_ADMIN_URL: empty.adminUrl } });
    assert.equal((await again.people.team({ number: team.number })).team.name, 'Kept');
    assert.equal((await again.records.seals({})).sound, true);
    assert.equal((await again.notify.held({})).held, true);
    const next = await again.people.createTeam({ name: 'Next' });
    assert.ok(Number(next.number.split('-')[1]) > Number(team.number.split('-')[1]));
    await again.drain();
    await again.close();
    const manifest = join(directory, 'manifest.json');
    const table = (JSON.parse(readFileSync(manifest, 'utf8')) as { tables: { file: string }[] }).tables[0]?.file ?? '';
    writeFileSync(join(directory, table), 'damaged');
    await assert.rejects(restore({ adminUrl: empty.adminUrl, appRole: 'qd_app', directory, now: desk.now() }), /damaged/);
    await empty.drop();
    await desk.close();
    rmSync(directory, { recursive: true });
  });
});

it('a database of a newer version, or a migration that was changed after it ran, stops the start and says why', async () => {
  const made = await cloneDatabase();
  const owner = new pg.Client({ connectionString: made.adminUrl });
  await owner.connect();
  await owner.query(`insert into migration values ('9990-tomorrow.sql', 'x', $1)`, [new Date(0)]);
  await assert.rejects(migrate(made.adminUrl, 'qd_app', 0), (error: StartRefused) => /made by a newer Quarterdeck \(it holds 9990-tomorrow.sql\)/.test(error.sentence));
  await owner.query(`delete from migration where name like '9990%'; update migration set hash = 'x' where name like '0020%'`);
  await assert.rejects(migrate(made.adminUrl, 'qd_app', 0), (error: StartRefused) => /0020-people.sql differs/.test(error.sentence));
  await owner.end();
  await made.drop();
});

/** A database without any schema, as a new installation has it. */
async function emptyDatabase() {
  const made = await cloneDatabase();
  const client = new pg.Client({ connectionString: made.adminUrl });
  await client.connect();
  await client.query('drop schema graphile_worker cascade; drop schema public cascade; create schema public; grant usage on schema public to qd_app');
  await client.end();
  return made;
}
