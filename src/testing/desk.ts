import pino from 'pino';
import { sql } from 'kysely';
import { clientOf, type ClientOf, Refusal } from '#kernel/client.ts';
import { movableClock } from '#kernel/clock.ts';
import { readConfig } from '#kernel/config.ts';
import type { Desk } from '#kernel/desk.ts';
import { openDesk, type OpenDesk } from '#kernel/open.ts';
import { tasksOf } from '#kernel/worker.ts';
import type { ProblemBody } from '#kernel/problem.ts';
import type { Role } from '#kernel/permissions.ts';
import { contracts } from '#contracts';
import { modules } from '#modules';
import { cloneDatabase } from './postgres.ts';

export type Clients = { readonly [K in keyof typeof contracts]: ClientOf<(typeof contracts)[K]> };

/** A whole desk in one process: a real database, a clock to move, a queue to drain. Close it at the end. */
export interface TestDesk extends Clients {
  readonly desk: Desk;
  readonly open: OpenDesk;
  readonly url: string;
  readonly adminToken: string;
  readonly databaseUrl: string;
  readonly databaseAdminUrl: string;
  now(): number;
  /** Moves the clock on, stopping at every job that falls due on the way, until nothing is left to do. */
  advance(by: { days?: number; hours?: number; minutes?: number; seconds?: number }): Promise<void>;
  /** Sets the clock as somebody's hand would, forward or (negative) back: nothing runs on the way. */
  jump(by: { minutes: number }): void;
  /** Runs reactions and due jobs at the present instant until nothing is left to do. */
  drain(): Promise<void>;
  /** Clients of a new person with a role: `desk.person('Bo', 'responder')`. */
  person(name: string, role: Role): Promise<TestPerson>;
  /** Clients for any bearer token; '' is nobody. */
  as(token: string): Clients;
  close(): Promise<void>;
}

export interface TestPerson extends Clients {
  readonly id: string;
  readonly number: string;
  readonly name: string;
  readonly email: string;
  readonly token: string;
}

export interface TestOptions {
  /** The instant at which the desk begins. */
  readonly at?: string;
  readonly env?: Readonly<Record<string, string>>;
}

const ADMIN_TOKEN = 'test-bootstrap-token-0123456789abcdef';

/** Opens a desk on a fresh database. Nothing runs by itself: `advance` and `drain` do the work. */
export async function openTestDesk(options: TestOptions = {}): Promise<TestDesk> {
  const database = await cloneDatabase();
  const clock = movableClock(Date.parse(options.at ?? '2026-03-02T09:00:00Z'));
  const config = readConfig({
    DATABASE_URL: database.appUrl,
    QD_DATABASE_ADMIN_URL: database.adminUrl,
    QD_SECRET_KEY: 'a test key of more than thirty-two characters',
    QD_PORT: '0',
    QD_BOOTSTRAP_TOKEN: ADMIN_TOKEN,
    QD_ALLOW_PRIVATE_TARGETS: '127.0.0.0/8',
    QD_LOG_LEVEL: process.env['QD_TEST_LOG'] ?? 'silent',
    ...options.env,
  });
  const log = pino({ level: config.logLevel });
  const open = await openDesk({ config, modules, clock, log, work: 'when drained', migrated: true });
  await open.listen();
  const address = open.app.addresses().find((one) => typeof one !== 'string');
  const url = `http://127.0.0.1:${address?.port}`;
  const { desk } = open;
  const clientsFor = (token: string): Clients =>
    Object.fromEntries(Object.entries(contracts).map(([name, contract]) => [name, clientOf(contract, { baseUrl: url, token })])) as unknown as Clients;

  async function drain(): Promise<void> {
    for (let rounds = 0; rounds < 1000; rounds += 1) {
      for (const module of modules) await module.settle?.(desk);
      const read = await open.subscriptions.drain();
      const ran = await runDueJob(desk);
      if (read === 0 && !ran) return;
    }
    throw new Error('the desk does not come to rest: a job or reaction repeats itself for ever');
  }
  async function advance(by: Parameters<TestDesk['advance']>[0]): Promise<void> {
    const end = clock.now() + (((by.days ?? 0) * 24 + (by.hours ?? 0)) * 60 + (by.minutes ?? 0)) * 60_000 + (by.seconds ?? 0) * 1000;
    await drain();
    for (;;) {
      const next = await nextJobAt(desk);
      if (next === null || next > end) break;
      clock.set(Math.max(next, clock.now()));
      await drain();
    }
    clock.set(end);
    await drain();
  }
  async function person(name: string, role: Role): Promise<TestPerson> {
    const admin = clientsFor(ADMIN_TOKEN);
    const email = `${name.toLowerCase().replace(/[^a-z]+/g, '.')}@example.com`;
    const { person: invited, link } = await admin.people.invite({ name, email, role });
    const answer = await fetch(`${url}/api/v1/session/link`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token: link.split('#')[1], password: `four plain ${name} words` }),
    });
    if (!answer.ok) throw new Error(`${name} could not join: ${await answer.text()}`);
    const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
    const made = await clientOf(contracts.people, { baseUrl: url, headers: { cookie } }).createToken({ name: 'test', expiresInDays: 700 });
    return { ...clientsFor(made.token), id: invited.id, number: invited.number, name, email, token: made.token };
  }
  return {
    ...clientsFor(ADMIN_TOKEN),
    desk,
    open,
    url,
    adminToken: ADMIN_TOKEN,
    databaseUrl: database.appUrl,
    databaseAdminUrl: database.adminUrl,
    now: clock.now,
    advance,
    jump: ({ minutes }) => clock.set(clock.now() + minutes * 60_000),
    drain,
    person,
    as: clientsFor,
    async close() {
      await open.close();
      await database.drop();
    },
  };
}

/** Runs the job of the queue that is due first; false when none is. A job that fails fails the test. */
export async function runDueJob(desk: Desk): Promise<boolean> {
  const now = new Date(desk.clock.now()).toISOString();
  const {
    rows: [job],
  } = await sql<{ id: string; task: string; payload: unknown }>`
    select j.id::text as id, t.identifier as task, j.payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
    where j.run_at <= ${now}::timestamptz and j.locked_at is null order by j.run_at, j.priority, j.id limit 1`.execute(desk.db);
  if (!job) return false;
  const task = tasksOf(desk).get(job.task);
  if (!task) throw new Error(`no capability has the task ${job.task}`);
  await sql`delete from graphile_worker._private_jobs where id = ${job.id}::bigint`.execute(desk.db);
  await task(desk, job.payload);
  return true;
}

async function nextJobAt(desk: Desk): Promise<number | null> {
  const {
    rows: [row],
  } = await sql<{ at: string | null }>`select min(run_at) as at from graphile_worker._private_jobs where locked_at is null`.execute(desk.db);
  return row?.at ? Date.parse(row.at) : null;
}

/** The problem with which a call was refused; fails when it was not. */
export async function refusalOf(call: Promise<unknown>): Promise<ProblemBody> {
  const answer = await call.then(
    (value) => ({ value }),
    (error: unknown) => error,
  );
  if (answer instanceof Refusal) return answer.problem;
  throw answer instanceof Error ? answer : new Error(`expected a refusal, got ${JSON.stringify(answer)}`);
}
