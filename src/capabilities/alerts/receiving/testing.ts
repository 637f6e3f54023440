import { iso } from '#kernel/clock.ts';
import type { Write } from '#kernel/desk.ts';
import { uuidv7 } from '#kernel/ids.ts';
import * as store from '../store/index.ts';

/** A test signal takes the whole way that a real one takes, from the stored message on. */
export async function storeTest(ctx: Write, source: { id: string; title: string }, severity: string): Promise<void> {
  const body = JSON.stringify({
    routing_key: '0'.repeat(32),
    event_action: 'trigger',
    dedup_key: `test-${uuidv7(ctx.now)}`,
    payload: { summary: `Test signal of ${source.title}`, source: 'Quarterdeck', severity, custom_details: { sent_by: ctx.actor.name } },
  });
  await store
    .tables(ctx.db)
    .insertInto('alertsRaw')
    .values({
      id: uuidv7(ctx.now),
      sourceId: source.id,
      format: 'test',
      body,
      givenKey: null,
      receivedAt: iso(ctx.now),
      state: 'received',
      error: null,
      signals: null,
    })
    .execute();
  await ctx.enqueue('alerts.drain', { source: source.id });
}
