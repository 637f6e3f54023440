import { iso } from '#kernel/clock.ts';
import { cursorOf, keyOf } from '#kernel/cursor.ts';
import type { Actions, Read, Write } from '#kernel/desk.ts';
import { refusePermission } from '#kernel/permissions.ts';
import { allow, invalidField, missing } from '#kernel/problem.ts';
import { byNumber, refsOf } from '#kernel/records/index.ts';
import { channels } from '../channels/index.ts';
import { notify, type ChannelName } from '../contract.ts';
import { queueNotifications, sharedWay } from '../outbox.ts';
import { refuseUsed } from '../channel-users.ts';
import * as store from '../store/index.ts';

type Verbs = 'channels' | 'getChannel' | 'createChannel' | 'updateChannel' | 'retireChannel' | 'testChannel';

export const channelActions: Pick<Actions<typeof notify>, Verbs> = {
  async channels(ctx, { limit, cursor }) {
    const [name, id] = keyOf(cursor, 2);
    const rows = await store.sharedChannels(ctx.db, ctx.actor, { limit: limit + 1, after: name !== undefined && id ? { name, id } : undefined });
    const shown = rows.slice(0, limit);
    const last = rows.length > limit ? shown.at(-1) : undefined;
    return { items: await shownOf(ctx, shown), cursor: last ? cursorOf([last.name, last.id]) : null };
  },

  async getChannel(ctx, { number }) {
    const row = await rowOf(ctx, number);
    return { channel: await one(ctx, row), may: { update: refusePermission(ctx.actor, 'notify.plan', notify.permissions) ?? refuseRetired(row) ?? null } };
  },

  async createChannel(ctx, { name, channel, address, team }) {
    refuse(channel, address);
    const teamId = team === null ? null : (await byNumber(ctx.db, ctx.actor, team)).id;
    const { id, number } = await ctx.open({ kind: 'channel', title: name, words: channels[channel].word, teamId, did: 'channel.added', data: { channel } });
    await store
      .tables(ctx.db)
      .insertInto('notifyChannel')
      .values({ id, channel, address: ctx.desk.vault.encrypt(address), verifiedAt: null })
      .execute();
    return one(ctx, await rowOf(ctx, number));
  },

  async updateChannel(ctx, { number, version, name, address, team }) {
    const row = await rowOf(ctx, number);
    await ctx.expect(row.id, version);
    allow(refuseRetired(row));
    const teamId = team ? (await byNumber(ctx.db, ctx.actor, team)).id : team;
    await ctx.amend(row.id, { ...(name !== undefined && { title: name }), ...(teamId !== undefined && { teamId }) });
    if (address !== undefined) {
      refuse(row.channel, address);
      await store
        .tables(ctx.db)
        .updateTable('notifyChannel')
        .set({ address: ctx.desk.vault.encrypt(address), verifiedAt: null })
        .where('id', '=', row.id)
        .execute();
    }
    await ctx.record({ record: row.id, did: 'channel.changed', data: { address: address !== undefined } });
    return one(ctx, await rowOf(ctx, number));
  },

  async retireChannel(ctx, { number, version }) {
    const row = await rowOf(ctx, number);
    await ctx.expect(row.id, version);
    allow(refuseRetired(row) ?? (await refuseUsed(ctx, row.id)));
    await ctx.amend(row.id, { archivedAt: iso(ctx.now) });
    await ctx.record({ record: row.id, did: 'channel.retired' });
    return one(ctx, await rowOf(ctx, number));
  },

  async testChannel(ctx, { number }) {
    const row = await rowOf(ctx, number);
    allow(refuseRetired(row));
    const text = `This is how ${row.name} is told when an escalation names it.`;
    const way = sharedWay(ctx.desk, row);
    const [notification = ''] = await queueNotifications(ctx, [
      { pageId: null, personId: null, about: row.id, purpose: 'test', way, dueAt: ctx.now, title: 'Test message from Quarterdeck', text },
    ]);
    await ctx.record({ record: row.id, did: 'channel.tested', data: { notification } });
    return { notification };
  },
};

function refuse(channel: ChannelName, address: string): void {
  const refusal = channels[channel].refuseAddress(address);
  if (refusal) throw invalidField('address', refusal);
}

function refuseRetired(row: store.ChannelRow): string | undefined {
  return row.archivedAt ? 'This channel is retired. Add a new one.' : undefined;
}

async function rowOf(ctx: Read | Write, number: string): Promise<store.ChannelRow> {
  const head = await byNumber(ctx.db, ctx.actor, number);
  const [row] = await store.sharedChannelsByIds(ctx.db, ctx.actor, [head.id]);
  if (!row) throw missing(number);
  return row;
}

async function one(ctx: Read | Write, row: store.ChannelRow) {
  const [shown] = await shownOf(ctx, [row]);
  if (!shown) throw missing(row.number);
  return shown;
}

async function shownOf(ctx: Read | Write, rows: readonly store.ChannelRow[]) {
  const teams = await refsOf(
    ctx.db,
    ctx.actor,
    rows.map((row) => row.teamId),
  );
  return rows.map((row) => {
    const { shown, trouble } = channels[row.channel];
    return {
      id: row.id,
      number: row.number,
      name: row.name,
      channel: row.channel,
      shown: shown(ctx.desk.vault.decrypt(row.address)),
      team: teams.get(row.teamId ?? '') ?? null,
      verifiedAt: row.verifiedAt,
      trouble: row.archivedAt ? 'This channel is retired.' : trouble(ctx.desk),
      version: row.version,
    };
  });
}
