import { iso } from '#kernel/clock.ts';
import type { Write } from '#kernel/desk.ts';
import { SYSTEM } from '#kernel/permissions.ts';
import { refsOf } from '#kernel/records/index.ts';
import type { Counted } from './rules/index.ts';
import * as store from './store/index.ts';

/** What a check has turned to, and whether anybody is to be told. */
export interface Turned {
  readonly check: store.StoredCheck;
  readonly countsAs: Counted;
  readonly at: number;
  readonly reason: string;
  readonly did: 'check.wentDown' | 'check.cameUp' | 'check.began' | null;
}

/**
 * Writes turns and their log entries in the caller's transaction. The entry's data is what subscribers may rely on:
 * `check` and `service` are numbers, `checkId` and `serviceId` ids, `reason` a machine's sentence, `observedAt` when it turned.
 */
export async function recordTurns(ctx: Write, turns: readonly Turned[]): Promise<void> {
  if (turns.length === 0) return;
  await store
    .tables(ctx.db)
    .insertInto('checksTurn')
    .values(turns.map(({ check, at, countsAs, reason }) => ({ checkId: check.id, at: iso(at), countsAs, reason })))
    .execute();
  const told = turns.filter((turn) => turn.did !== null);
  const refs = await refsOf(
    ctx.db,
    SYSTEM,
    told.flatMap(({ check }) => [check.id, check.serviceId]),
  );
  for (const { check, at, reason, did } of told) {
    await ctx.record({
      record: check.id,
      did: did!,
      data: {
        check: refs.get(check.id)?.number,
        checkId: check.id,
        probe: check.probe,
        service: refs.get(check.serviceId ?? '')?.number ?? null,
        serviceId: check.serviceId,
        reason,
        observedAt: iso(at),
        since: check.since,
      },
    });
  }
}
