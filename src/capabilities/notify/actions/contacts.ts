import { iso } from '#kernel/clock.ts';
import type { Actions } from '#kernel/desk.ts';
import { uuidv7 } from '#kernel/ids.ts';
import { allow, invalidField, missing } from '#kernel/problem.ts';
import { channels } from '../channels/index.ts';
import type { notify } from '../contract.ts';
import { queueNotifications } from '../outbox.ts';
import * as store from '../store/index.ts';
import { addressKey } from '../ways.ts';
import { mine, waysOfMe } from './mine.ts';
import { sendCode } from './phones.ts';

export const contactActions: Pick<Actions<typeof notify>, 'contacts' | 'addContact' | 'removeContact' | 'test' | 'setRules'> = {
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
        addressKey: channel === 'sms' || channel === 'voice' ? addressKey(ctx.desk, address) : null,
        disabledAt: null,
        codeHash: null,
        codeUntil: null,
        codeTries: 0,
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
    const phone = way.channel === 'sms' || way.channel === 'voice';
    const text = phone && !way.verified ? await sendCode(ctx, way) : `This is how a page will reach ${ctx.actor.name} on ${way.label}.`;
    const personId = ctx.actor.id ?? '';
    const [notification = ''] = await queueNotifications(ctx, [
      { pageId: null, personId, about: null, purpose: 'test', way, dueAt: ctx.now, title: 'Test message from Quarterdeck', text },
    ]);
    await ctx.record({ record: ctx.actor.id, did: 'contact.tested', data: { contact: id, notification } });
    return { notification };
  },

  async setRules(ctx, { urgency, rules }) {
    const { ways } = await waysOfMe(ctx);
    const unknown = rules.find((rule) => !ways.some((way) => way.id === rule.contact));
    if (unknown) throw invalidField('rules', `${unknown.contact} is not a contact of yours.`);
    await store
      .tables(ctx.db)
      .deleteFrom('notifyRule')
      .where('personId', '=', ctx.actor.id ?? '')
      .where('urgency', '=', urgency)
      .execute();
    await store
      .tables(ctx.db)
      .insertInto('notifyRule')
      .values(rules.map((rule, position) => ({ ...rule, urgency, position, personId: ctx.actor.id ?? '' })))
      .execute();
    await ctx.record({ record: ctx.actor.id, did: 'rules.changed', data: { rules: rules.length, urgency } });
    return mine(ctx);
  },
};
