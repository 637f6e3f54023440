import { iso } from '#kernel/clock.ts';
import type { Job } from '#kernel/desk.ts';
import { longStale, markArchived } from '../store/applied.ts';
import { settleCardsOf } from '../store/cards.ts';
import { keepStates } from '../store/history.ts';
import { endEdgesOf, tables } from '../store/index.ts';
import { recordEnded } from '../actions/edges.ts';

const AT_ONCE = 50;

/** Archives what no source has named for longer than its import is patient. Nothing is deleted: it comes back when a source names it again. */
export async function archiveStale(job: Job): Promise<void> {
  for (;;) {
    const found = await job.read((ctx) => longStale(ctx.db, iso(job.now), AT_ONCE));
    for (const { id, kind, importNumber, staleSince } of found) {
      await job.write(async (ctx) => {
        const at = iso(ctx.now);
        await ctx.expect(id, undefined);
        // A source may have named it again since.
        if ((await longStale(ctx.db, at, 1, id)).length === 0) return;
        const table = kind === 'service' ? 'catalogService' : 'catalogComponent';
        await tables(ctx.db).updateTable(table).set({ lifecycle: 'retired' }).where('id', '=', id).execute();
        await recordEnded(ctx, await endEdgesOf(ctx.db, id, at), id);
        await ctx.amend(id, { archivedAt: at });
        await settleCardsOf(ctx.db, id, at);
        await markArchived(ctx.db, id, at);
        await keepStates(ctx.db, [id], at);
        await ctx.record({ record: id, did: 'catalog.archived', data: { import: importNumber, staleSince } });
      });
    }
    if (found.length < AT_ONCE) return;
  }
}
