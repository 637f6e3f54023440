import { byNumber as recordByNumber } from '#kernel/records/index.ts';
import { iso } from '#kernel/clock.ts';
import { cursorOf, keyOf } from '#kernel/cursor.ts';
import type { Actions, Write } from '#kernel/desk.ts';
import { secretHex, sha256, uuidv7 } from '#kernel/ids.ts';
import { refusePermission } from '#kernel/permissions.ts';
import { allow, missing } from '#kernel/problem.ts';
import { alerts } from '../contract/index.ts';
import { storeTest } from '../receiving/testing.ts';
import * as store from '../store/index.ts';
import { addressesOf } from '../receiving/addresses.ts';
import { masked, oneSource, shownSources, sourceRow } from './shown.ts';

/** A source of which nothing is known yet. */
const UNHEARD = {
  lastSignalAt: null,
  lastFailure: null,
  lastFailureAt: null,
  mappings: {},
  standing: 'unknown',
  standingSince: null,
  quietMinutes: null,
  listensAt: null,
  lastRawId: null,
  toldAt: null,
} as const;

export const sourceActions: Pick<Actions<typeof alerts>, 'sources' | 'source' | 'createSource' | 'updateSource' | 'makeKey' | 'revokeKey' | 'test' | 'retireSource'> = {
  async sources(ctx, { limit, cursor }) {
    const [title, id] = keyOf(cursor, 2);
    const rows = await store.sources(ctx.db, ctx.actor, { limit: limit + 1, after: title !== undefined && id ? { title, id } : undefined });
    const items = await shownSources(ctx, rows.slice(0, limit));
    const last = rows.length > limit ? items.at(-1) : undefined;
    return { items, cursor: last ? cursorOf([last.name, last.id]) : null };
  },

  async source(ctx, { number }) {
    const row = await sourceRow(ctx, number);
    const may = refusePermission(ctx.actor, 'alerts.configure', alerts.permissions) ?? null;
    const recent = await store.recentRaw(ctx.db, row.id);
    const source = await oneSource(ctx, row);
    return {
      source,
      recent: recent.map(({ receivedAt, ...raw }) => ({ ...raw, at: receivedAt, body: masked(raw.body) })),
      may: { updateSource: may, makeKey: may ?? (source.keys.length >= 2 ? 'Two keys are valid already. Revoke the older one first.' : null), retireSource: may },
    };
  },

  async createSource(ctx, { name, about, service }) {
    const serviceId = service ? (await recordByNumber(ctx.db, ctx.actor, service)).id : null;
    const { id, number } = await ctx.open({ kind: 'source', title: name, words: about, did: 'source.created' });
    await store
      .tables(ctx.db)
      .insertInto('alertsSource')
      .values({ id, serviceId, about, ...UNHEARD })
      .execute();
    return keyFor(ctx, number);
  },

  async updateSource(ctx, { number, version, name, about, service }) {
    const row = await sourceRow(ctx, number);
    await ctx.expect(row.id, version);
    const serviceId = service === undefined ? row.serviceId : service === null ? null : (await recordByNumber(ctx.db, ctx.actor, service)).id;
    if (name) await ctx.amend(row.id, { title: name });
    await store
      .tables(ctx.db)
      .updateTable('alertsSource')
      .set({ serviceId, about: about ?? row.about })
      .where('id', '=', row.id)
      .execute();
    await ctx.record({ record: row.id, did: 'source.changed' });
    return oneSource(ctx, await sourceRow(ctx, number));
  },

  async makeKey(ctx, { number }) {
    const row = await sourceRow(ctx, number);
    allow((await store.keysOf(ctx.db, [row.id])).length >= 2 ? 'Two keys are valid already. Revoke the older one first.' : undefined);
    return keyFor(ctx, number);
  },

  async revokeKey(ctx, { number, keyId }) {
    const row = await sourceRow(ctx, number);
    const gone = await store
      .tables(ctx.db)
      .updateTable('alertsKey')
      .set({ revokedAt: iso(ctx.now) })
      .where('id', '=', keyId)
      .where('sourceId', '=', row.id)
      .where('revokedAt', 'is', null)
      .executeTakeFirst();
    if (gone.numUpdatedRows === 0n) throw missing('This key');
    await ctx.record({ record: row.id, did: 'source.keyRevoked', data: { key: keyId } });
    return oneSource(ctx, row);
  },

  async test(ctx, { number, severity }) {
    const row = await sourceRow(ctx, number);
    await storeTest(ctx, row, severity);
    await ctx.record({ record: row.id, did: 'source.tested', data: { severity } });
    return { sentence: 'A test signal is on its way. Its alert appears within a second; resolve it when you have seen enough.' };
  },

  async retireSource(ctx, { number, version }) {
    const row = await sourceRow(ctx, number);
    await ctx.expect(row.id, version);
    await store
      .tables(ctx.db)
      .updateTable('alertsKey')
      .set({ revokedAt: iso(ctx.now) })
      .where('sourceId', '=', row.id)
      .where('revokedAt', 'is', null)
      .execute();
    await ctx.amend(row.id, { archivedAt: iso(ctx.now) });
    await ctx.record({ record: row.id, did: 'source.retired' });
    return oneSource(ctx, row);
  },
};

/** A new key, shown once, with the addresses that a sender needs. */
async function keyFor(ctx: Write, number: string) {
  const row = await sourceRow(ctx, number);
  const key = secretHex(16);
  const id = uuidv7(ctx.now);
  await store
    .tables(ctx.db)
    .insertInto('alertsKey')
    .values({ id, sourceId: row.id, hash: sha256(key), prefix: key.slice(0, 6), createdAt: iso(ctx.now), revokedAt: null })
    .execute();
  await ctx.record({ record: row.id, did: 'source.keyMade', data: { key: id } });
  return {
    key,
    source: await oneSource(ctx, row),
    addresses: addressesOf(ctx.desk.config, key),
  };
}
