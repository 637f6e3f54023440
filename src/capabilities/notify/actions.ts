import { peopleByIds } from '#capabilities/people/index.ts';
import { iso } from '#kernel/clock.ts';
import type { Actions, Read, Write } from '#kernel/desk.ts';
import { uuidv7 } from '#kernel/ids.ts';
import { allow, invalidField, missing } from '#kernel/problem.ts';
import { byNumber, refsOf } from '#kernel/records/index.ts';
import { channels } from './channels/index.ts';
import type { notify, Notification } from './contract.ts';
import { queueNotification, waysOf, type Way } from './reach.ts';
import { DEFAULT_RULES, reachWarning } from './rules.ts';
import * as store from './store.ts';

export const actions: Actions<typeof notify> = {
  contacts: (ctx) => mine(ctx),

  async addContact(ctx, { channel, label, address }) {
    const refusal = channels[channel].refuseAddress(address);
    if (refusal) throw invalidField('address', refusal);
    const person = ctx.actor.id ?? '';
    const ways = await waysOfMe(ctx);
    allow(ways.ways.length >= 20 ? 'Twenty contacts are enough. Remove one first.' : undefined);
    if (ways.ways.some((way) => way.channel === channel && way.address === address)) throw invalidField('address', 'You have this contact already.');
    const id = uuidv7(ctx.now);
    const sealed = channel !== 'email';
    await store
      .tables(ctx.db)
      .insertInto('notifyContact')
      .values({
        id,
        personId: person,
        channel,
        label,
        address: sealed ? ctx.desk.vault.encrypt(address) : address,
        sealed,
        verifiedAt: null,
        createdAt: iso(ctx.now),
        removedAt: null,
      })
      .execute();
    await ctx.record({ record: person, did: 'contact.added', data: { contact: id, channel } });
    return mine(ctx);
  },

  async removeContact(ctx, { id }) {
    allow(id === 'email' || id === 'browser' ? 'This contact is part of the desk. Take it out of your rules instead.' : undefined);
    if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) throw missing('This contact');
    const gone = await store
      .tables(ctx.db)
      .updateTable('notifyContact')
      .set({ removedAt: iso(ctx.now) })
      .where('id', '=', id)
      .where('personId', '=', ctx.actor.id ?? '')
      .where('removedAt', 'is', null)
      .executeTakeFirst();
    if (gone.numUpdatedRows === 0n) throw missing('This contact');
    await store
      .tables(ctx.db)
      .deleteFrom('notifyRule')
      .where('personId', '=', ctx.actor.id ?? '')
      .where('contact', '=', id)
      .execute();
    await ctx.record({ record: ctx.actor.id, did: 'contact.removed', data: { contact: id } });
    return mine(ctx);
  },

  async test(ctx, { id }) {
    const { ways } = await waysOfMe(ctx);
    const way = ways.find((one) => one.id === id);
    if (!way) throw missing('This contact');
    const notification = await queueNotification(ctx, {
      pageId: null,
      personId: ctx.actor.id ?? '',
      about: null,
      purpose: 'test',
      way,
      dueAt: ctx.now,
      title: 'Test message from Quarterdeck',
      text: `This is how a page will reach ${ctx.actor.name} on ${way.label}.`,
    });
    await ctx.record({ record: ctx.actor.id, did: 'contact.tested', data: { contact: id, notification } });
    return { notification };
  },

  async setRules(ctx, { rules }) {
    const { ways } = await waysOfMe(ctx);
    const unknown = rules.find((rule) => !ways.some((way) => way.id === rule.contact));
    if (unknown) throw invalidField('rules', `${unknown.contact} is not a contact of yours.`);
    await store
      .tables(ctx.db)
      .deleteFrom('notifyRule')
      .where('personId', '=', ctx.actor.id ?? '')
      .execute();
    await store
      .tables(ctx.db)
      .insertInto('notifyRule')
      .values(rules.map((rule, position) => ({ ...rule, position, personId: ctx.actor.id ?? '' })))
      .execute();
    await ctx.record({ record: ctx.actor.id, did: 'rules.changed', data: { rules: rules.length } });
    return mine(ctx);
  },

  async sentAbout(ctx, { number }) {
    const record = await byNumber(ctx.db, ctx.actor, number);
    return { items: await shown(ctx, await store.notificationsAbout(ctx.db, record.id)) };
  },

  async mine(ctx) {
    return { items: await shown(ctx, await store.notificationsOf(ctx.db, ctx.actor.id ?? '')) };
  },

  async held(ctx) {
    return { held: ctx.desk.state.held, items: await shown(ctx, ctx.desk.state.held ? await store.waiting(ctx.db, 200) : []) };
  },

  async release(ctx, { dropWaiting }) {
    const { db, desk, now } = ctx;
    allow(desk.state.held ? undefined : 'Nothing is held: messages leave as usual.');
    let dropped = 0;
    if (dropWaiting) {
      const gone = await store
        .tables(db)
        .updateTable('notifyNotification')
        .set({ state: 'cancelled', settledAt: iso(now), result: 'dropped after a restore' })
        .where('state', 'in', ['pending', 'sending'])
        .executeTakeFirst();
      dropped = Number(gone.numUpdatedRows);
    }
    const left = await store.waiting(db, 10_000);
    for (const { id } of left) await ctx.enqueue('notify.send', { notification: id }, { key: `notify:${id}`, attempts: 25 });
    await db.deleteFrom('setting').where('name', '=', 'held').execute();
    await ctx.record({ record: null, did: 'desk.released', data: { released: left.length, dropped } });
    desk.state.held = false;
    return { released: left.length, dropped };
  },
};

async function waysOfMe(ctx: Read): Promise<{ ways: readonly Way[]; rules: readonly { contact: string; delayMinutes: number }[] }> {
  const known = await peopleByIds(ctx.db, [ctx.actor.id ?? '00000000-0000-0000-0000-000000000000']);
  return (await waysOf(ctx, known)).get(ctx.actor.id ?? '') ?? { ways: [], rules: [] };
}

async function mine(ctx: Read | Write) {
  const { ways, rules } = await waysOfMe(ctx);
  const verifiedAt = new Map((await store.contactsOf(ctx.db, ctx.actor.id ? [ctx.actor.id] : [])).map((c) => [c.channel === 'email' ? c.address : c.id, c.verifiedAt]));
  return {
    contacts: ways.map((way) => ({
      id: way.id,
      channel: way.channel,
      label: way.label,
      shown: channels[way.channel].shown(way.address),
      trouble: way.trouble,
      builtIn: way.id === 'email' || way.id === 'browser',
      verifiedAt: verifiedAt.get(way.channel === 'email' ? way.address : way.id) ?? null,
    })),
    rules: rules.length > 0 ? [...rules] : [...DEFAULT_RULES],
    warning: reachWarning(ways),
  };
}

async function shown(ctx: Read, rows: Awaited<ReturnType<typeof store.notificationsOf>>): Promise<Notification[]> {
  const refs = await refsOf(
    ctx.db,
    ctx.actor,
    rows.flatMap((row) => [row.personId, row.aboutId]),
  );
  return rows.map((row) => ({
    id: row.id,
    at: row.settledAt ?? row.dueAt,
    person: refs.get(row.personId) ?? null,
    about: refs.get(row.aboutId ?? '') ?? null,
    purpose: row.purpose,
    channel: row.channel,
    contact: channels[row.channel].word,
    state: row.state,
    result: row.result,
    attempt: row.attempt,
    tookMs: row.tookMs,
    title: row.title,
  }));
}
