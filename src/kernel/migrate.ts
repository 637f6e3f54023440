import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as pg from 'pg';
import { runMigrations } from 'graphile-worker';
import { StartRefused } from './postgres/refused.ts';

export const MIGRATIONS_DIR = join(import.meta.dirname, '../../migrations');

interface Migration {
  readonly name: string;
  readonly text: string;
  readonly hash: string;
}

export function readMigrations(dir = MIGRATIONS_DIR): readonly Migration[] {
  return readdirSync(dir)
    .filter((name) => name.endsWith('.sql'))
    .toSorted()
    .map((name) => {
      const text = readFileSync(join(dir, name), 'utf8');
      return { name, text, hash: createHash('sha256').update(text).digest('hex') };
    });
}

/**
 * Brings a database to this version, as its owner and under one advisory lock. Forward only: a migration that was
 * changed after it ran, or a database of a newer version, stops the start.
 */
export async function migrate(adminUrl: string, appRole: string, now: number): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl, options: '-c timezone=UTC' });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [4680]);
    await client.query('create table if not exists migration (name text primary key, hash text not null, ran_at timestamptz not null)');
    const ran = new Map((await client.query<{ name: string; hash: string }>('select name, hash from migration')).rows.map((r) => [r.name, r.hash]));
    const known = readMigrations();
    const newer = [...ran.keys()].find((name) => !known.some((m) => m.name === name));
    if (newer) {
      throw new StartRefused(`The database was made by a newer Quarterdeck (it holds ${newer}). Start that version, or restore a backup into an empty database.`);
    }
    for (const migration of known) {
      const hash = ran.get(migration.name);
      if (hash === migration.hash) continue;
      if (hash !== undefined) throw new StartRefused(`Migration ${migration.name} differs from the one that ran on this database. Restore the original file.`);
      await client.query('begin');
      await client.query(migration.text);
      await client.query('insert into migration values ($1, $2, $3)', [migration.name, migration.hash, new Date(now)]);
      await client.query('commit');
    }
    await runMigrations({ connectionString: adminUrl, logger: silent });
    await settleLog(client);
    await makePartitions(client, now, 3);
    await grant(client, appRole);
  } finally {
    await client.end();
  }
}

/** A log from another cluster may name transactions this one has not reached: move it below them, order kept. */
async function settleLog(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ most: string | null; next: string }>('select max(xid) as most, pg_snapshot_xmin(pg_current_snapshot())::text as next from activity');
  const most = Number(rows[0]?.most ?? -1);
  if (most < Number(rows[0]?.next)) return;
  await client.query('begin');
  await client.query('update activity set xid = xid - $1', [most + 1]);
  await client.query('update activity_seal set last_xid = last_xid - $1', [most + 1]);
  await client.query('update log_cursor set xid = xid - $1', [most + 1]);
  await client.query('commit');
}

/** Monthly partitions of the log from the month of `now` on; the default partition takes what is outside. */
export async function makePartitions(client: pg.Client, now: number, monthsAhead: number): Promise<void> {
  const first = new Date(now);
  for (let ahead = 0; ahead <= monthsAhead; ahead += 1) {
    const from = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + ahead, 1));
    const until = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + ahead + 1, 1));
    const name = `activity_${from.toISOString().slice(0, 7).replace('-', '_')}`;
    const { rows } = await client.query('select 1 from pg_class where relname = $1', [name]);
    if (rows.length > 0) continue;
    const { rows: strays } = await client.query('select 1 from activity_default where at >= $1 and at < $2 limit 1', [from, until]);
    if (strays.length > 0) continue;
    await client.query(`create table ${name} partition of activity for values from ('${from.toISOString()}') to ('${until.toISOString()}')`);
  }
}

/** The application's role: everything but changing or removing what the log and its seals hold. */
async function grant(client: pg.Client, appRole: string): Promise<void> {
  const { rows } = await client.query<{ me: string }>('select current_user as me');
  if (rows[0]?.me === appRole) return;
  const role = pg.escapeIdentifier(appRole);
  await client.query(`
    grant usage on schema public, graphile_worker to ${role};
    grant select, insert, update, delete on all tables in schema public to ${role};
    grant usage, select, update on all sequences in schema public to ${role};
    grant select, insert, update, delete on all tables in schema graphile_worker to ${role};
    grant usage, select, update on all sequences in schema graphile_worker to ${role};
    grant execute on all functions in schema graphile_worker to ${role};
    do $$ declare t record; begin
      for t in select tablename from pg_tables where schemaname = 'graphile_worker' and rowsecurity loop
        if not exists (select 1 from pg_policies where schemaname = 'graphile_worker' and tablename = t.tablename and policyname = 'quarterdeck') then
          execute format('create policy quarterdeck on graphile_worker.%I for all using (true) with check (true)', t.tablename);
        end if;
      end loop;
    end $$;
    revoke insert, update, delete, truncate on migration from ${role};
    revoke update, delete, truncate on activity, activity_seal from ${role}`);
  const { rows: partitions } = await client.query<{ name: string }>(`select inhrelid::regclass::text as name from pg_inherits where inhparent = 'activity'::regclass`);
  for (const { name } of partitions) await client.query(`revoke update, delete, truncate on ${name} from ${role}`);
}

const silent = {
  error() {},
  warn() {},
  info() {},
  debug() {},
  scope() {
    return silent;
  },
} as unknown as NonNullable<Parameters<typeof runMigrations>[0]['logger']>;
