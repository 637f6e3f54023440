import * as pg from 'pg';
import { sql } from 'kysely';
import { iso } from './clock.ts';
import type { Job } from './desk.ts';
import { makePartitions } from './migrate.ts';

const DAY = 86_400_000;

/** Keeps three months of log partitions ready; only a node that knows the owner's connection can. */
export async function partitionsJob({ desk, now }: Job): Promise<void> {
  if (!desk.adminUrl) return;
  const client = new pg.Client({ connectionString: desk.adminUrl, options: '-c timezone=UTC' });
  await client.connect();
  await makePartitions(client, now, 3).finally(() => client.end());
}

/** Forgets idempotency keys after a day. */
export async function sweepJob({ write }: Job): Promise<void> {
  await write(async ({ db, now }) => {
    await sql`delete from idempotency where at < ${iso(now - DAY)}`.execute(db);
  });
}
