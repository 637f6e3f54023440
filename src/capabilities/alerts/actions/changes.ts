import { byNumber as recordByNumber, refsOf } from '#kernel/records/index.ts';
import { cursorOf, keyOf } from '#kernel/cursor.ts';
import type { Actions } from '#kernel/desk.ts';
import type { alerts } from '../contract/index.ts';
import * as store from '../store/index.ts';

export const changeActions: Pick<Actions<typeof alerts>, 'changes'> = {
  async changes({ db, actor }, { service, source, from, until, limit, cursor }) {
    const [at, id] = keyOf(cursor, 2);
    const rows = await store.changesAbout(db, actor, {
      serviceId: service ? (await recordByNumber(db, actor, service)).id : undefined,
      sourceId: source ? (await recordByNumber(db, actor, source)).id : undefined,
      from,
      until,
      before: at && id ? { at, id } : undefined,
      limit: limit + 1,
    });
    const items = rows.slice(0, limit);
    const refs = await refsOf(
      db,
      actor,
      items.flatMap((row) => [row.serviceId, row.sourceId]),
    );
    const last = rows.length > limit ? items.at(-1) : undefined;
    return {
      items: items.map(({ serviceId, sourceId, ...row }) => ({ ...row, service: refs.get(serviceId ?? '') ?? null, source: refs.get(sourceId) ?? null })),
      cursor: last ? cursorOf([last.at, last.id]) : null,
    };
  },
};
