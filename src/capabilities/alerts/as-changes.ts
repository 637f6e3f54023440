import { registerChanges } from '#capabilities/catalog/index.ts';
import { iso } from '#kernel/clock.ts';
import * as store from './store/index.ts';

const MOST = 200;

/** What deployment tools said they changed. */
registerChanges(async ({ db, actor }, { from, until, places }) => {
  const rows = await store.changesAbout(db, actor, { serviceIds: places, from: iso(from), until: iso(until), limit: MOST });
  return rows.map((row) => ({
    key: `event:${row.id}`,
    at: row.at,
    kind: 'deployment' as const,
    title: row.origin ? `${row.summary} (${row.origin})` : row.summary,
    places: row.serviceId === null ? [] : [row.serviceId],
    recordId: null,
    actorId: null,
    link: row.links[0]?.href ?? null,
  }));
});
