import { sql } from 'kysely';
import { iso, ms } from '#kernel/clock.ts';
import { jsonb, type Db } from '#kernel/database.ts';
import type { Window } from '#kernel/spans.ts';
import { tables } from './checks.ts';

/** What is asked before a failure is believed; undefined while that is off. */
export async function guardTargets(db: Db): Promise<unknown> {
  return (await tables(db).selectFrom('checksGuard').select('targets').executeTakeFirst())?.targets;
}

export async function setGuard(db: Db, targets: readonly unknown[], now: number): Promise<void> {
  if (targets.length === 0) await tables(db).deleteFrom('checksGuard').execute();
  else
    await tables(db)
      .insertInto('checksGuard')
      .values({ one: true, targets: jsonb(targets), changedAt: iso(now) })
      .onConflict((c) => c.column('one').doUpdateSet({ targets: jsonb(targets), changedAt: iso(now) }))
      .execute();
}

/** Since when the desk sees nothing; null when it does. */
export async function blindSince(db: Db): Promise<number | null> {
  const row = await tables(db).selectFrom('checksBlind').select('since').where('until', 'is', null).executeTakeFirst();
  return row ? ms(row.since) : null;
}

/** False when another node said so already. */
export async function beginBlind(db: Db, at: number): Promise<boolean> {
  const { rows } = await sql`insert into checks_blind (since) values (${iso(at)}) on conflict do nothing returning since`.execute(db);
  return rows.length > 0;
}

/** Since when it had been blind; null when another node said already that it sees. */
export async function endBlind(db: Db, at: number): Promise<number | null> {
  const row = await tables(db)
    .updateTable('checksBlind')
    .set({ until: iso(at) })
    .where('until', 'is', null)
    .returning('since')
    .executeTakeFirst();
  return row ? ms(row.since) : null;
}

export async function blindDuring(db: Db, window: Window): Promise<readonly Window[]> {
  const rows = await tables(db)
    .selectFrom('checksBlind')
    .selectAll()
    .where('since', '<', iso(window.until))
    .where((e) => e.or([e('until', 'is', null), e('until', '>', iso(window.from))]))
    .execute();
  return rows.map(({ since, until }) => ({ from: ms(since), until: until === null ? window.until : ms(until) }));
}

/** Pings could not come in either: what fell due meanwhile has its grace once more. */
export async function graceAgain(db: Db, now: number): Promise<void> {
  await sql`update checks_check set alert_after = ${iso(now)}::timestamptz + make_interval(secs => (config->>'graceSeconds')::integer)
    where probe = 'heartbeat' and alert_after <= ${iso(now)}::timestamptz and retired_at is null`.execute(db);
}
