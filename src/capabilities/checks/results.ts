import { writeAs } from '#kernel/act.ts';
import { iso, ms } from '#kernel/clock.ts';
import type { Desk, Write } from '#kernel/desk.ts';
import { SYSTEM } from '#kernel/permissions.ts';
import { certificateDaysOf, failuresOf, readProbe, successesOf } from './probes/index.ts';
import { runOnce, type Outcome } from './probes/runs/index.ts';
import { holdsOf, release } from './holding.ts';
import { movedTo } from './moving.ts';
import { certificateWarning, observe, type Hold, type ProbeState } from './rules/index.ts';
import { runnable } from './settings.ts';
import * as store from './store/index.ts';
import { recordTurns, type Turned } from './turns.ts';

export interface Result extends Outcome {
  readonly checkId: string;
  /** `changed_at` of the check that ran: a result of an older configuration is not counted. */
  readonly revision: string;
  /** When the run began, epoch ms. */
  readonly at: number;
}

/** Runs one probe, outside of any transaction. */
export async function runProbe(desk: Desk, check: Pick<store.StoredCheck, 'id' | 'config' | 'secrets' | 'origin' | 'changedAt'>): Promise<Result | null> {
  const config = runnable(desk, check);
  if (config.kind === 'heartbeat') return null;
  const at = desk.clock.now();
  const outcome = await runOnce(config, { door: desk.outgoing, origin: check.origin, now: at, scriptDir: desk.config.scriptDir });
  return { ...outcome, checkId: check.id, revision: check.changedAt, at };
}

/** Counts a batch of results: rows by `unnest`, turns and their effects in the same transaction. */
export function applyResults(desk: Desk, results: readonly Result[]): Promise<void> {
  return writeAs(desk, SYSTEM, (ctx) => countResults(ctx, results), 'quiet');
}

/** Counts results in the order given: those of parents come before those of their children. */
export async function countResults(ctx: Write, results: readonly Result[]): Promise<void> {
  if (results.length === 0) return;
  const locked = new Map((await store.lockAll(ctx.db, [...new Set(results.map((one) => one.checkId))])).map((row) => [row.id, row]));
  const seen = results.filter(({ checkId, revision, result }) => {
    const check = locked.get(checkId);
    return result !== 'blind' && check !== undefined && check.retiredAt === null && check.stored !== 'paused' && check.changedAt === revision;
  });
  if (seen.length === 0) return;
  const failing = seen.filter(({ result, checkId }) => result === 'failed' && !locked.get(checkId)!.told).map(({ checkId }) => locked.get(checkId)!);
  const holdOf = failing.length === 0 ? () => null : await holdsOf(ctx.db, ctx.now, failing);
  const turns: Turned[] = [];
  const ending: store.StoredCheck[] = [];
  const freed = new Set<string>();
  for (const result of seen) {
    const before = locked.get(result.checkId)!;
    const { check, turn, certificateEnds } = countOne(before, result, () => holdOf(before, locked));
    locked.set(check.id, check);
    if (turn) turns.push(turn);
    if (certificateEnds) ending.push(check);
    if (check.stored === 'up' && before.stored !== 'up') freed.add(check.id);
  }
  await store.writeResults(ctx.db, seen);
  await store.writeHours(ctx.db, seen);
  await store.writeChecks(
    ctx.db,
    [...new Set(seen.map((one) => one.checkId))].map((id) => locked.get(id)!),
  );
  await recordTurns(ctx, turns);
  for (const { id, certificateEndsAt } of ending) await ctx.record({ record: id, did: 'check.certificateEnding', data: { endsAt: certificateEndsAt } });
  await release(ctx, [...freed]);
}

/** One result onto one check: counters, state, what it turned to. */
function countOne(check: store.StoredCheck, result: Result, holdNow: () => Hold | null): { check: store.StoredCheck; turn: Turned | null; certificateEnds: boolean } {
  const config = readProbe(check.config);
  const before: ProbeState = { state: check.stored === 'paused' ? 'new' : check.stored, failures: check.failures, successes: check.successes };
  const { state } = observe(before, result.result, { failures: failuresOf(config), successes: successesOf(config) });
  const hold = state.state === 'down' && !check.told ? holdNow() : null;
  const certificateEndsAt = result.certificateEndsAt ?? (check.certificateEndsAt === null ? null : ms(check.certificateEndsAt));
  const warns = certificateWarning({ certificateEndsAt, certificateDays: certificateDaysOf(config) }, result.at) !== null;
  const moved = movedTo(check, { stored: state.state, hold, at: result.at, reason: result.result === 'failed' ? result.words : state.state === 'down' ? check.reason : '' });
  const next: store.StoredCheck = {
    ...moved.check,
    failures: state.failures,
    successes: state.successes,
    lastAt: iso(result.at),
    lastOk: result.result === 'passed',
    tookMs: result.tookMs,
    certificateEndsAt: certificateEndsAt === null ? null : iso(certificateEndsAt),
    certificateTold: warns,
    certificate: result.certificates ?? check.certificate,
  };
  return { check: next, turn: moved.turn && { ...moved.turn, check: next }, certificateEnds: warns && !check.certificateTold };
}
