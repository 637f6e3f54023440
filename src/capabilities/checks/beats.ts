import { writeAs } from '#kernel/act.ts';
import { iso, ms } from '#kernel/clock.ts';
import type { Desk, Write } from '#kernel/desk.ts';
import { uuidv7 } from '#kernel/ids.ts';
import { SYSTEM } from '#kernel/permissions.ts';
import { pingedCheck, periodWords, type HeartbeatConfig } from './probes/heartbeat.ts';
import { looksOut } from './guard.ts';
import { holdsOf, release } from './holding.ts';
import { movedTo } from './moving.ts';
import { alertAfter, applyPing, expectedAt, fallOf, lasting, type PingedCheck, type PingOutcome, type PingRequest, type Stored } from './rules/index.ts';
import { instantOrNull } from './shown.ts';
import * as store from './store/index.ts';
import { recordTurns, type Turned } from './turns.ts';

const BATCH = 200;
const isoOrNull = (instant: number | null): string | null => (instant === null ? null : iso(instant));

export function heartbeatOf(row: store.StoredCheck): PingedCheck {
  return pingedCheck(row.config as HeartbeatConfig, {
    stored: row.stored === 'pending' ? 'down' : row.stored,
    lastPing: instantOrNull(row.lastPing),
    lastStart: instantOrNull(row.lastStart),
    lastRunId: row.lastRunId,
    lastDurationMs: row.lastDurationMs,
  });
}

/** The columns that follow from a heartbeat as it is now. */
export function heartbeatColumns(check: PingedCheck) {
  return {
    stored: check.stored as Stored,
    lastPing: isoOrNull(check.lastPing),
    lastStart: isoOrNull(check.lastStart),
    lastRunId: check.lastRunId,
    lastDurationMs: check.lastDurationMs,
    expectedAt: isoOrNull(expectedAt(check)),
    alertAfter: isoOrNull(alertAfter(check)),
  };
}

export interface Beat extends PingRequest {
  readonly key: string;
  readonly address: string;
}

/** Stores one ping and what it changes, in one transaction; the caller answers afterwards. Undefined for an unknown key. */
export function takeBeat(desk: Desk, beat: Beat): Promise<PingOutcome | undefined> {
  return writeAs(
    desk,
    SYSTEM,
    async (ctx) => {
      const row = await store.lockByPingKey(ctx.db, beat.key);
      if (!row) return undefined;
      const outcome = applyPing(heartbeatOf(row), beat, ctx.now);
      if (outcome.http === 200) await keepBeat(ctx, row, { outcome, beat });
      return outcome;
    },
    'quiet',
  );
}

async function keepBeat(ctx: Write, row: store.StoredCheck, { outcome, beat }: { outcome: Extract<PingOutcome, { http: 200 }>; beat: Beat }): Promise<void> {
  const { ping, flip, check } = outcome;
  const ended = ping.kind === 'success' || ping.kind === 'fail';
  await store
    .tables(ctx.db)
    .insertInto('checksPing')
    .values({
      id: uuidv7(ctx.now),
      checkId: row.id,
      at: iso(ping.at),
      kind: ping.kind,
      exitStatus: ping.exitStatus,
      runId: ping.runId,
      tookMs: ended ? check.lastDurationMs : null,
      method: beat.method,
      address: beat.address,
      body: ping.body,
    })
    .execute();
  if (ping.kind === 'log' || ping.kind === 'ignored') return;
  const reason =
    ping.kind !== 'fail' ? (flip?.to === 'up' ? '' : row.reason) : ping.exitStatus === null ? 'its job reported a failure' : `its job ended with status ${ping.exitStatus}`;
  const held = ping.kind === 'fail' && !row.told ? (await holdsOf(ctx.db, ctx.now, [row]))(row) : null;
  // A start moves nothing: what is down stays as it is, held back or not.
  const moved = ended ? movedTo(row, { stored: check.stored, hold: held, at: flip?.at ?? ping.at, reason }) : { check: { ...row, reason }, turn: null };
  const next: store.StoredCheck = {
    ...moved.check,
    ...heartbeatColumns(check),
    ...(ended ? { lastAt: iso(ping.at), lastOk: ping.kind === 'success', tookMs: check.lastDurationMs } : {}),
  };
  await save(ctx, next);
  if (moved.turn) await recordTurns(ctx, [{ ...moved.turn, check: next }]);
  if (next.stored === 'up' && row.stored === 'down') await release(ctx, [row.id]);
}

async function save(ctx: Write, { id, ...row }: store.StoredCheck): Promise<void> {
  const { stored, told, behind, countsAs, since, reason, lastAt, lastOk, tookMs, lastPing, lastStart, lastRunId, lastDurationMs, expectedAt: expected, alertAfter: alerts } = row;
  await store
    .tables(ctx.db)
    .updateTable('checksCheck')
    .set({ stored, told, behind, countsAs, since, reason, lastAt, lastOk, tookMs, lastPing, lastStart, lastRunId, lastDurationMs, expectedAt: expected, alertAfter: alerts })
    .where('id', '=', id)
    .execute();
}

/** Lets every heartbeat go down whose time and grace have passed; answers how many did. While the desk is blind no ping could have come in. */
export async function fallOverdue(desk: Desk): Promise<number> {
  if (!(await store.anyOverdue(desk.db, desk.clock.now())) || !(await looksOut(desk))) return 0;
  for (let fallen = 0; ;) {
    const batch = await writeAs(desk, SYSTEM, (ctx) => fallBatch(ctx), 'quiet');
    fallen += batch;
    if (batch < BATCH) return fallen;
  }
}

async function fallBatch(ctx: Write): Promise<number> {
  const rows = await store.lockOverdue(ctx.db, ctx.now, BATCH);
  const holdOf = await holdsOf(ctx.db, ctx.now, rows);
  const turns: Turned[] = [];
  for (const row of rows) {
    const outcome = fallOf(heartbeatOf(row), ms(row.alertAfter!), ctx.now);
    if ('waits' in outcome) {
      await save(ctx, { ...row, alertAfter: isoOrNull(outcome.waits) });
      continue;
    }
    const at = outcome.falls;
    const reason = overdueWords(row, at);
    const moved = movedTo(row, { stored: 'down', hold: row.told ? null : holdOf(row), at, reason });
    const next: store.StoredCheck = { ...moved.check, lastStart: null, lastRunId: null, expectedAt: null, alertAfter: null };
    await save(ctx, next);
    if (moved.turn) turns.push({ ...moved.turn, check: next });
  }
  await recordTurns(ctx, turns);
  return rows.length;
}

/** Heartbeats that went down while something held them back: told now, unless something still does. */
export async function tellFallen(ctx: Write, ids: readonly string[]): Promise<void> {
  const rows = (await store.lockAll(ctx.db, ids)).filter((row) => row.probe === 'heartbeat' && row.stored === 'down' && !row.told && row.retiredAt === null);
  if (rows.length === 0) return;
  const holdOf = await holdsOf(ctx.db, ctx.now, rows);
  const turns: Turned[] = [];
  for (const row of rows) {
    const { check, turn } = movedTo(row, { stored: 'down', hold: holdOf(row), at: ctx.now, reason: row.reason });
    await save(ctx, check);
    if (turn) turns.push(turn);
  }
  await recordTurns(ctx, turns);
}

function overdueWords(row: store.StoredCheck, at: number): string {
  const [started, pinged] = [instantOrNull(row.lastStart), instantOrNull(row.lastPing)];
  const graceMs = (row.config as HeartbeatConfig).graceSeconds * 1000;
  const expected = instantOrNull(row.expectedAt);
  if (started !== null && (expected === null || started <= expected)) return `a run that began did not end within ${lasting(graceMs)}`;
  return `no ping for ${lasting(at - (pinged ?? at))}, one is expected ${periodWords(row.config as HeartbeatConfig)}`;
}
