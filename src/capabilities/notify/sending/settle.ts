import { iso } from '#kernel/clock.ts';
import type { Trace, Write } from '#kernel/desk.ts';
import type { Sent } from '../channels/index.ts';
import * as store from '../store/index.ts';
import type { Claimed } from './claim.ts';
import { afterFailed } from './failing.ts';
import { proven } from './proving.ts';
import { toldOf } from './told.ts';

export interface Outcome {
  readonly claimed: Claimed;
  readonly sent: Sent;
  readonly tookMs: number;
}

const TOLD = { page: 'page.told', notice: 'notice.told', post: 'post.told' } as const;

/** Writes down what became of many attempts; an attempt that nobody waits for any more changes nothing. */
export async function settleAll(ctx: Write, outcomes: readonly Outcome[]): Promise<void> {
  const sent = outcomes.flatMap(({ claimed, sent: how, tookMs }) =>
    how.ok ? [{ id: claimed.row.id, attempt: claimed.row.attempt, tookMs, ref: how.ref ?? null, result: resultOf(claimed.row, how.result) }] : [],
  );
  const settled = await store.settleSent(ctx.db, sent, iso(ctx.now));
  await store.clearFailed(
    ctx.db,
    outcomes.flatMap(({ claimed: { row } }) => (row.personId !== null && settled.has(row.id) ? [{ personId: row.personId, contact: row.contact }] : [])),
  );
  const traces: Trace[] = [];
  for (const { claimed } of outcomes) {
    if (!settled.has(claimed.row.id)) continue;
    if (claimed.row.purpose === 'test') await proven(ctx, claimed.row, claimed.way);
    else if (claimed.row.purpose !== 'outside') traces.push({ record: claimed.row.aboutId, did: TOLD[claimed.row.purpose], data: toldOf(claimed.row, claimed.way) });
  }
  traces.push(...(await settleBundled(ctx, outcomes, settled)));
  await ctx.recordMany(traces);
  for (const outcome of outcomes) if (!outcome.sent.ok) await afterFailed(ctx, outcome.claimed, { ...outcome.sent, tookMs: outcome.tookMs });
}

/** A page that was sent again because an attempt broke off says so: whoever got it twice sees why. */
function resultOf(row: store.NotificationRow, result: string): string {
  const broken = row.state === 'sending' ? row.brokenOff + 1 : row.brokenOff;
  return broken === 0 ? result : `${result} Sent again: the desk stopped ${broken === 1 ? 'once' : `${broken} times`} while sending.`;
}

async function settleBundled(ctx: Write, outcomes: readonly Outcome[], settled: ReadonlySet<string>): Promise<readonly Trace[]> {
  const parents = outcomes.filter((one) => settled.has(one.claimed.row.id));
  if (parents.length === 0) return [];
  const children = await store.bundledInto(ctx.db, [...settled]);
  if (children.length === 0) return [];
  await store
    .tables(ctx.db)
    .updateTable('notifyNotification')
    .set({ state: 'sent', settledAt: iso(ctx.now), result: 'Told in one message with others of the same service.' })
    .where(
      'id',
      'in',
      children.map((child) => child.id),
    )
    .execute();
  return children.flatMap((child) => {
    const parent = parents.find((one) => one.claimed.row.id === child.bundleId);
    return parent ? [{ record: child.aboutId, did: 'page.told', data: toldOf(child, parent.claimed.way) }] : [];
  });
}
