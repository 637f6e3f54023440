import { createHash } from 'node:crypto';
import { createWriteStream, existsSync, mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createZstdCompress } from 'node:zlib';
import * as pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { StartRefused } from '../postgres/refused.ts';
import { readVersion } from '../release.ts';
import { sealKey, type Manifest } from './manifest.ts';
import { tablesInOrder } from './tables.ts';

export interface BackupOrder {
  readonly adminUrl: string;
  /** A directory that does not exist yet or is empty. */
  readonly directory: string;
  readonly now: string;
  readonly withKey?: { readonly key: string; readonly passphrase: string };
}

/**
 * Writes all of a desk into a directory while it runs: every table as it stood at one instant (binary COPY under
 * repeatable read, zstd), the values of the sequences, and a manifest with counts and hashes, written last.
 */
export async function backup(order: BackupOrder): Promise<Manifest> {
  const { directory } = order;
  if (existsSync(directory) && readdirSync(directory).length > 0) throw new StartRefused(`${directory} is not empty. Name a new directory for the backup.`);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const client = new pg.Client({ connectionString: order.adminUrl, options: '-c timezone=UTC' });
  await client.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    const tables: Manifest['tables'][number][] = [];
    for (const [place, table] of (await tablesInOrder(client)).entries()) {
      const file = `${String(place + 1).padStart(3, '0')}-${table.name.replace(/[^a-z0-9_.]/g, '')}.copy.zst`;
      const hash = createHash('sha256');
      const hashing = new Transform({
        transform(chunk: Buffer, _encoding, done) {
          hash.update(chunk);
          done(null, chunk);
        },
      });
      const columns = table.columns.join(', ');
      const source = client.query(copyTo(`copy (select ${columns} from ${table.name}) to stdout (format binary)`));
      await pipeline(source, createZstdCompress(), hashing, createWriteStream(join(directory, file), { mode: 0o600 }));
      tables.push({ ...table, rows: source.rowCount, file, sha256: hash.digest('hex') });
    }
    const { rows: migrations } = await client.query<{ name: string }>('select name from migration order by name');
    const { rows: first } = await client.query<{ at: Date | null }>('select min(at) as at from activity');
    const manifest: Manifest = {
      quarterdeck: readVersion(),
      madeAt: order.now,
      migrations: migrations.map((row) => row.name),
      tables,
      sequences: await sequencesOf(client),
      activityFrom: first[0]?.at?.toISOString() ?? null,
      ...(order.withKey ? { key: sealKey(order.withKey.key, order.withKey.passphrase) } : {}),
    };
    await client.query('commit');
    writeFileSync(join(directory, 'manifest.json.draft'), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600 });
    renameSync(join(directory, 'manifest.json.draft'), join(directory, 'manifest.json'));
    return manifest;
  } finally {
    await client.end();
  }
}

/** Sequences count outside of transactions, so they are read after the tables: a number may be skipped, never given twice. */
async function sequencesOf(client: pg.Client): Promise<Manifest['sequences']> {
  const { rows } = await client.query<{ name: string }>(`
    select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'S' and n.nspname in ('public', 'graphile_worker') order by 1`);
  const all: Manifest['sequences'][number][] = [];
  for (const { name } of rows) {
    const {
      rows: [row],
    } = await client.query<{ value: string; called: boolean }>(`select last_value::text as value, is_called as called from ${name}`);
    if (row) all.push({ name, ...row });
  }
  return all;
}
