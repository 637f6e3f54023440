import { createHash } from 'node:crypto';
import { accessSync, chmodSync, constants, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import * as pg from 'pg';
import { migrate, readMigrations } from '#kernel/migrate.ts';
import { startEmbedded } from '#kernel/postgres/index.ts';

/** A throw-away PostgreSQL without fsync, in memory where the system has /dev/shm. */
export interface TestServer {
  readonly adminUrl: string;
  readonly appUrl: string;
  stop(): Promise<void>;
}

export async function startTestServer(): Promise<TestServer> {
  const dir = mkdtempSync(join(memoryDir(), 'qd-test-'));
  chmodSync(dir, 0o711);
  const server = await startEmbedded({ dataDir: join(dir, 'data'), log: () => undefined, unsafeNoSync: true });
  // A test file that ends without dropping its databases must not leave a server behind.
  const leave = () => {
    process.kill(server.pid, 'SIGQUIT');
    rmSync(dir, { recursive: true, force: true });
  };
  process.once('exit', leave);
  return {
    adminUrl: server.adminUrl,
    appUrl: server.appUrl,
    async stop() {
      process.off('exit', leave);
      await server.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

function memoryDir(): string {
  try {
    accessSync('/dev/shm', constants.W_OK);
    return '/dev/shm';
  } catch {
    return '/tmp';
  }
}

let shared: Promise<TestServer> | undefined;
let users = 0;
let count = 0;

/** The server of the whole test run (made by `npm test`), or one of this process that stops with its last database. */
function server(): Promise<TestServer> {
  const { QD_TEST_ADMIN_URL: adminUrl, QD_TEST_APP_URL: appUrl } = process.env;
  shared ??= adminUrl && appUrl ? Promise.resolve({ adminUrl, appUrl, stop: async () => undefined }) : startTestServer();
  return shared;
}

export interface TestDatabase {
  readonly adminUrl: string;
  readonly appUrl: string;
  drop(): Promise<void>;
}

/** A fresh database with the schema in it: a file copy of a template that is migrated once per test run. */
export async function cloneDatabase(): Promise<TestDatabase> {
  users += 1;
  const { adminUrl, appUrl } = await server();
  const template = `template_${createHash('sha256')
    .update(
      readMigrations()
        .map((m) => m.hash)
        .join(),
    )
    .digest('hex')
    .slice(0, 16)}`;
  const name = `test_${process.pid}_${(count += 1)}`;
  await asAdmin(adminUrl, async (client) => {
    await client.query('select pg_advisory_lock(4690)');
    const { rows } = await client.query('select 1 from pg_database where datname = $1', [template]);
    if (rows.length === 0) {
      await client.query(`create database ${template}_draft strategy file_copy`);
      await migrate(named(adminUrl, `${template}_draft`), 'qd_app', Date.now());
      await client.query(`alter database ${template}_draft rename to ${template}`);
    }
    await client.query('select pg_advisory_unlock(4690)');
    await client.query(`create database ${name} template ${template} strategy file_copy`);
  });
  return {
    adminUrl: named(adminUrl, name),
    appUrl: named(appUrl, name),
    async drop() {
      await asAdmin(adminUrl, (client) => client.query(`drop database if exists ${name} with (force)`));
      users -= 1;
      if (users > 0 || process.env['QD_TEST_ADMIN_URL']) return;
      await (await shared)?.stop();
      shared = undefined;
    },
  };
}

function named(url: string, database: string): string {
  const parsed = new URL(url);
  parsed.pathname = `/${database}`;
  return parsed.toString();
}

async function asAdmin(url: string, run: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await run(client).finally(() => client.end());
}
