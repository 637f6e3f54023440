import { iso } from '#kernel/clock.ts';
import type { Job } from '#kernel/desk.ts';
import { uuidv7 } from '#kernel/ids.ts';
import { disagreements, duplicates, missingOf, type FoundCard } from './rules/index.ts';
import * as store from './store/cards.ts';

const DAY = 86_400_000;
const UNSEEN_DAYS = 30;

/** Looks for every question that the catalog has now; those that are answered otherwise settle themselves. */
export async function findCards(job: Job): Promise<void> {
  const found = await job.read(async ({ db }): Promise<FoundCard[]> => {
    const unseen = await store.unseenEdges(db, iso(job.now - UNSEEN_DAYS * DAY));
    return [
      ...disagreements(await store.mismatches(db)),
      ...duplicates(await store.sharedKeys(db)),
      ...unseen.map(({ id, providerId, consumerId, lastSeen }): FoundCard => ({
        kind: 'unseen',
        key: `unseen:${providerId}:${consumerId}`,
        recordId: providerId,
        otherId: consumerId,
        edgeId: id,
        evidence: { days: UNSEEN_DAYS, since: lastSeen },
      })),
      ...(await store.leftOwners(db)).map(({ id, ownerId, name }): FoundCard => ({
        kind: 'owner left',
        key: `owner left:${id}:${ownerId}`,
        recordId: id,
        otherId: null,
        edgeId: null,
        evidence: { who: name, owner: ownerId },
      })),
      ...(await store.bareRecords(db)).flatMap((record): FoundCard[] => {
        const fields = missingOf(record);
        return fields.length === 0 ? [] : [{ kind: 'missing', key: `missing:${record.id}`, recordId: record.id, otherId: null, edgeId: null, evidence: { fields } }];
      }),
    ];
  });
  await job.write(async (ctx) => {
    const moved = await store.putCards(
      ctx.db,
      iso(ctx.now),
      found.map((card) => ({ ...card, id: uuidv7(ctx.now) })),
    );
    if (moved.opened + moved.settled > 0) await ctx.record({ record: null, did: 'inbox.checked', data: moved });
  });
}
