import { jsonb } from '#kernel/database.ts';
import type { Actions } from '#kernel/desk.ts';
import { refusePermission } from '#kernel/permissions.ts';
import { allow, invalidField, missing } from '#kernel/problem.ts';
import { alerts } from '../contract/index.ts';
import { mappedFormat } from '../contract/mapping.ts';
import { isRead, faultsOf, refuseMapping, tryText } from '../rules/mapping/index.ts';
import * as store from '../store/index.ts';
import { masked, oneSource, sourceRow } from './shown.ts';

/** What the editor gets of each message; longer ones are tried by the desk when the mapping is saved. */
const SHOWN = 64 * 1024;
const TRIED = 1024 * 1024;
const REPLAYED_MOST = 1000;

export const mappingActions: Pick<Actions<typeof alerts>, 'mapping' | 'saveMapping' | 'replay'> = {
  async mapping(ctx, { number, format }) {
    const row = await sourceRow(ctx, number);
    const bodies = await store.bodiesOf(ctx.db, row.id, { formats: [format], longest: SHOWN });
    const came = await store.formatsOf(ctx.db, row.id, mappedFormat.options);
    return {
      source: await oneSource(ctx, row),
      format,
      mapping: row.mappings[format] ?? null,
      formats: mappedFormat.options.filter((one) => came.includes(one)),
      bodies: bodies.map(({ receivedAt, format: _, body, ...raw }) => ({ ...raw, at: receivedAt, body: masked(body) })),
      may: { saveMapping: refusePermission(ctx.actor, 'alerts.configure', alerts.permissions) ?? null },
    };
  },

  async saveMapping(ctx, { number, version, format, mapping }) {
    const row = await sourceRow(ctx, number);
    await ctx.expect(row.id, version);
    const fault = mapping ? faultsOf(mapping)[0] : undefined;
    if (fault) throw invalidField(`mapping.${fault.field}`, fault.sentence);
    const texts = (await store.bodiesOf(ctx.db, row.id, { formats: [format], longest: TRIED })).map(({ body }) => body);
    if (mapping) allow(refuseMapping(texts, mapping));
    const { [format]: _, ...others } = row.mappings;
    await store
      .tables(ctx.db)
      .updateTable('alertsSource')
      .set({ mappings: jsonb(mapping ? { ...others, [format]: mapping } : others) })
      .where('id', '=', row.id)
      .execute();
    await ctx.record({ record: row.id, did: 'source.mapped', data: { format } });
    const failing = mapping ? texts.filter((text) => !isRead(tryText(text, mapping))).length : 0;
    const tried =
      mapping === null
        ? 'Common names are used from now on.'
        : texts.length === 0
          ? 'Nothing has come yet to try it on.'
          : `It reads ${texts.length - failing} of the last ${texts.length} ${texts.length === 1 ? 'message' : 'messages'}.`;
    return { source: await oneSource(ctx, await sourceRow(ctx, number)), sentence: `Saved. ${tried}` };
  },

  async replay(ctx, { number, message }) {
    const row = await sourceRow(ctx, number);
    const replayed = await store.waitAgain(ctx.db, row.id, { id: message, most: REPLAYED_MOST });
    if (replayed === 0) {
      if (message) throw missing('This message, or it waits already. It');
      ctx.unchanged();
      return { replayed, sentence: 'No message waits to be read again.' };
    }
    await ctx.enqueue('alerts.drain', { source: row.id }, { key: `alerts-replay:${row.id}`, runAt: ctx.now });
    await ctx.record({ record: row.id, did: 'source.replayed', data: { messages: replayed } });
    return { replayed, sentence: replayed === 1 ? 'The message is taken in again.' : `${replayed} messages are taken in again, oldest first.` };
  },
};
