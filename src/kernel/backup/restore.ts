import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createZstdDecompress } from 'node:zlib';
import * as pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { makePartitions, migrate, readMigrations } from '../migrate.ts';
import { StartRefused } from '../postgres/refused.ts';
import type { Manifest } from './manifest.ts';

export interface RestoreOrder {
  readonly adminUrl: string;
  readonly appRole: string;
  readonly directory: string;
  readonly now: number;
}

/** Reads a backup's manifest and checks every file against it; nothing is touched before that. */
export async function readBackup(directory: string): Promise<Manifest> {
  const path = join(directory, 'manifest.json');
  if (!existsSync(path)) throw new StartRefused(`${directory} holds no whole backup: manifest.json is missing (it is written last).`);
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as Manifest;
  for (const table of manifest.tables) {
    const hash = createHash('sha256');
    const file = join(directory, table.file);
    if (!existsSync(file)) throw new StartRefused(`The backup is not whole: ${table.file} is missing.`);
    await pipeline(createReadStream(file), hash);
    if (hash.digest('hex') !== table.sha256) throw new StartRefused(`The backup is damaged: ${table.file} is not as it was written. Use another backup.`);
  }
  const known = readMigrations().map((m) => m.name);
  const newer = manifest.migrations.find((name) => !known.includes(name));
  if (newer) throw new StartRefused(`The backup is of a newer Quarterdeck (${manifest.quarterdeck}, it holds ${newer}). Restore it with that version.`);
  const missingThere = known.find((name) => !manifest.migrations.includes(name));
  if (missingThere) throw new StartRefused(`The backup is of an older Quarterdeck (${manifest.quarterdeck}). Restore it with that version, then start this one on it.`);
  return manifest;
}

/**
 * Loads a backup into an empty database, as its owner. The desk then starts held: nothing leaves it until an
 * administrator releases it, so that no old page wakes anybody.
 */
export async function restore(order: RestoreOrder): Promise<Manifest> {
  const manifest = await readBackup(order.directory);
  await refuseUsed(order.adminUrl);
  await migrate(order.adminUrl, order.appRole, order.now);
  const client = new pg.Client({ connectionString: order.adminUrl, options: '-c timezone=UTC' });
  await client.connect();
  try {
    if (manifest.activityFrom) await makePartitions(client, Date.parse(manifest.activityFrom), monthsBetween(Date.parse(manifest.activityFrom), order.now) + 3);
    await client.query('begin');
    // A fresh schema may hold rows of its own (settings, shards, the queue's task names): the backup's take their place.
    await client.query(`truncate ${manifest.tables.map((table) => table.name).join(', ')}`);
    for (const table of manifest.tables) {
      const target = client.query(copyFrom(`copy ${table.name} (${table.columns.join(', ')}) from stdin (format binary)`));
      await pipeline(createReadStream(join(order.directory, table.file)), createZstdDecompress(), target);
      if (target.rowCount !== table.rows) throw new StartRefused(`${table.name} holds ${target.rowCount} rows instead of ${table.rows}. Nothing was restored.`);
    }
    for (const { name, value, called } of manifest.sequences) await client.query('select setval($1::regclass, $2, $3)', [name, value, called]);
    await client.query('update graphile_worker._private_jobs set locked_at = null, locked_by = null');
    await client.query('update graphile_worker._private_job_queues set locked_at = null, locked_by = null');
    await client.query(`insert into setting values ('held', 'true', $1) on conflict (name) do update set value = 'true'`, [new Date(order.now)]);
    await client.query('commit');
  } finally {
    await client.end();
  }
  await migrate(order.adminUrl, order.appRole, order.now);
  return manifest;
}

async function refuseUsed(adminUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const {
      rows: [there],
    } = await client.query<{ record: string | null }>(`select to_regclass('record')::text as record`);
    if (!there?.record) return;
    const { rows } = await client.query('select 1 from record limit 1');
    if (rows.length > 0) throw new StartRefused('The database is not empty. Restore into a new data directory (QD_DATA_DIR) or an empty database (DATABASE_URL).');
  } finally {
    await client.end();
  }
}

function monthsBetween(from: number, until: number): number {
  const [a, b] = [new Date(from), new Date(until)];
  return Math.max(0, (b.getUTCFullYear() - a.getUTCFullYear()) * 12 + b.getUTCMonth() - a.getUTCMonth());
}
