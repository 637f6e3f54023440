import { randomUUID } from 'node:crypto';
import { iso } from '#kernel/clock.ts';
import type { Write } from '#kernel/desk.ts';
import { uuidv7 } from '#kernel/ids.ts';
import { targetOf, type ProbeConfig } from './probes/index.ts';
import { columnsOf } from './settings.ts';
import * as store from './store/index.ts';

export interface Making {
  readonly name: string;
  readonly service: { readonly id: string; readonly number: string; readonly teamId: string | null } | null;
  /** Settings that were taken, with passwords in clear. */
  readonly probe: ProbeConfig;
  /** The checks it depends on. */
  readonly parentIds?: readonly string[];
  readonly movedFrom?: string;
  readonly paused?: boolean;
}

/** Makes the record of a check and its row; answers both names of it. */
export async function makeCheck(
  ctx: Write,
  { name, service, probe, parentIds = [], movedFrom, paused = false }: Making,
): Promise<{ readonly id: string; readonly number: string }> {
  const id = uuidv7(ctx.now);
  const at = iso(ctx.now);
  const { number } = await ctx.open({
    id,
    kind: 'check',
    title: name,
    words: targetOf(probe),
    teamId: service?.teamId ?? null,
    did: 'check.created',
    data: { probe: probe.kind, service: service?.number ?? null, ...(movedFrom && { movedFrom: movedFrom.split(':')[0] }) },
  });
  await store
    .tables(ctx.db)
    .insertInto('checksCheck')
    .values({
      id,
      probe: probe.kind,
      serviceId: service?.id ?? null,
      ...columnsOf(ctx, probe),
      movedFrom: movedFrom ?? null,
      stored: paused ? 'paused' : 'new',
      failures: 0,
      successes: 0,
      countsAs: 'none',
      since: at,
      reason: '',
      told: false,
      parentIds,
      behind: null,
      certificate: null,
      lastAt: null,
      lastOk: null,
      tookMs: null,
      certificateEndsAt: null,
      certificateTold: false,
      shard: Number.parseInt(id.slice(-2), 16) % store.SHARDS,
      changedAt: at,
      retiredAt: null,
      pingKey: probe.kind === 'heartbeat' ? randomUUID() : null,
      lastPing: null,
      lastStart: null,
      lastRunId: null,
      lastDurationMs: null,
      expectedAt: null,
      alertAfter: null,
    })
    .execute();
  return { id, number };
}
