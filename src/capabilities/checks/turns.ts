import { iso } from '#kernel/clock.ts';
import type { Write } from '#kernel/desk.ts';
import { SYSTEM } from '#kernel/permissions.ts';
import { refsOf } from '#kernel/records/index.ts';
import type { Hold, Telling } from './rules/index.ts';
import * as store from './store/index.ts';

/** What a check has turned to, and whether anybody is to be told. */
export interface Turned {
  readonly check: store.StoredCheck;
  readonly at: number;
  readonly reason: string;
  /** Whether it counts otherwise from now on. */
  readonly counts: boolean;
  readonly did: Telling | null;
  readonly hold: Hold | null;
}

/** How the reason of a turn begins that another check explains. */
export const UNREACHABLE = 'unreachable because of';

const ENTRY = { wentDown: 'check.wentDown', cameUp: 'check.cameUp', began: 'check.began', heldBack: 'check.heldBack', passedAgain: 'check.passedAgain' } as const;

/**
 * Writes turns and their log entries in the caller's transaction. The entry's data is what subscribers may rely on:
 * `check` and `service` are numbers, `checkId` and `serviceId` ids, `reason` a machine's sentence, `observedAt` when it turned.
 */
export async function recordTurns(ctx: Write, turns: readonly Turned[]): Promise<void> {
  const counting = turns.filter(({ counts }) => counts);
  if (counting.length > 0)
    await store
      .tables(ctx.db)
      .insertInto('checksTurn')
      .values(counting.map(({ check, at, reason, hold }) => ({ checkId: check.id, at: iso(at), countsAs: check.countsAs, reason: reasonOf(reason, hold) })))
      .execute();
  const told = turns.filter((turn) => turn.did !== null);
  const refs = await refsOf(
    ctx.db,
    SYSTEM,
    told.flatMap(({ check }) => [check.id, check.serviceId]),
  );
  for (const { check, at, reason, did, hold } of told) {
    await ctx.record({
      record: check.id,
      did: ENTRY[did!],
      data: {
        check: refs.get(check.id)?.number,
        checkId: check.id,
        probe: check.probe,
        service: refs.get(check.serviceId ?? '')?.number ?? null,
        serviceId: check.serviceId,
        reason,
        observedAt: iso(at),
        since: check.since,
        ...(hold && { because: hold.why, of: hold.number }),
      },
    });
  }
}

function reasonOf(reason: string, hold: Hold | null): string {
  return hold?.why === 'parent' ? `${UNREACHABLE} ${hold.number}` : reason;
}
