import { iso } from '#kernel/clock.ts';
import type { Actions, Read, Write } from '#kernel/desk.ts';
import { uuidv7 } from '#kernel/ids.ts';
import { allow, invalidField, missing } from '#kernel/problem.ts';
import { byNumber, refsOf } from '#kernel/records/index.ts';
import type { status } from '../contract/index.ts';
import { refuseTelling } from '../posting.ts';
import { AUDIENCES, fill, refuseForAudience, refuseTemplate, SHIPPED, unknownIn, type Facts } from '../rules/index.ts';
import * as store from '../store/index.ts';
import { allTemplates, recipientsOf, shownMessages, tellAudience } from '../telling.ts';

type Telling = Pick<
  Actions<typeof status>,
  'templates' | 'changeTemplate' | 'resetTemplate' | 'fillTemplate' | 'audiences' | 'changeAudience' | 'messages' | 'draftMessage' | 'recipients' | 'sendMessage' | 'dropMessage'
>;

/** Some known and some not, so that both can be seen. */
const EXAMPLE: Facts = {
  title: 'Payments fail',
  number: 'INC-7',
  severity: 'SEV2',
  stage: 'investigating',
  services: 'Checkout',
  impact: 'about 1,200 customers cannot pay',
  since: '09:12 UTC',
  commander: 'Ada Byron',
  next: '10:00 UTC',
  link: 'https://desk.example.com/incidents/INC-7',
};

export const tellingActions: Telling = {
  async templates({ db }) {
    return { items: [...(await allTemplates(db))] };
  },

  async changeTemplate(ctx, { audience, occasion, title, text }) {
    const refusal = refuseTemplate({ title, text }) ?? refuseForAudience(audience, { title, text });
    if (refusal) throw invalidField('text', refusal);
    const row = { title, text, changedAt: iso(ctx.now), changedBy: ctx.actor.id };
    await store
      .tables(ctx.db)
      .insertInto('statusTemplate')
      .values({ audience, occasion, ...row })
      .onConflict((c) => c.columns(['audience', 'occasion']).doUpdateSet(row))
      .execute();
    await ctx.record({ record: null, did: 'template.changed', data: { audience, occasion } });
    return { audience, occasion, title, text, edited: true };
  },

  async resetTemplate(ctx, { audience, occasion }) {
    await store.tables(ctx.db).deleteFrom('statusTemplate').where('audience', '=', audience).where('occasion', '=', occasion).execute();
    await ctx.record({ record: null, did: 'template.changed', data: { audience, occasion } });
    return { audience, occasion, ...SHIPPED[audience][occasion], edited: false };
  },

  async fillTemplate({ db }, { audience, occasion }) {
    const template = (await allTemplates(db)).find((one) => one.audience === audience && one.occasion === occasion) ?? SHIPPED[audience][occasion];
    return { title: fill(template.title, EXAMPLE), text: fill(template.text, EXAMPLE), unknown: [...unknownIn(template, EXAMPLE)] };
  },

  async audiences({ db, actor }) {
    const rows = await store.audiences(db);
    const refs = await refsOf(
      db,
      actor,
      rows.flatMap(({ people, teams, channels }) => [...people, ...teams, ...channels]),
    );
    const seen = (ids: readonly string[] = []) => ids.flatMap((id) => refs.get(id) ?? []);
    return {
      items: AUDIENCES.filter((one) => one !== 'customers').map((audience) => {
        const row = rows.find((one) => one.audience === audience);
        return { audience, people: seen(row?.people), teams: seen(row?.teams), channels: seen(row?.channels) };
      }),
    };
  },

  async changeAudience(ctx, { audience, people, teams, channels }) {
    const row = { people: await idsOf(ctx, people, 'person'), teams: await idsOf(ctx, teams, 'team'), channels: await idsOf(ctx, channels, 'channel') };
    await store
      .tables(ctx.db)
      .insertInto('statusAudience')
      .values({ audience, ...row })
      .onConflict((c) => c.column('audience').doUpdateSet(row))
      .execute();
    await ctx.record({ record: null, did: 'audience.changed', data: { audience } });
    return { audience };
  },

  async messages(ctx, { about }) {
    const record = await byNumber(ctx.db, ctx.actor, about);
    return { items: await shownMessages(ctx, await store.messagesAbout(ctx.db, record.id)) };
  },

  async draftMessage(ctx, { about, audience, title, text }) {
    const record = await byNumber(ctx.db, ctx.actor, about);
    const id = uuidv7(ctx.now);
    const row = { id, aboutId: record.id, audience, title, text, authorId: ctx.actor.id, madeAt: iso(ctx.now), sentAt: null };
    await store.tables(ctx.db).insertInto('statusMessage').values(row).execute();
    await ctx.record({ record: record.id, did: 'audience.drafted', data: { audience, message: id } });
    return one(ctx, id);
  },

  async recipients(ctx, { id }) {
    const row = await messageOf(ctx, id);
    const { people, channels, leftOut } = await recipientsOf(ctx, row.audience, row.aboutId);
    const refs = await refsOf(ctx.db, ctx.actor, [...people, ...channels]);
    const seen = (ids: readonly string[]) => ids.flatMap((one_) => refs.get(one_) ?? []);
    return { people: seen(people), channels: seen(channels), leftOut };
  },

  async sendMessage(ctx, { id }) {
    const row = await messageOf(ctx, id);
    allow(row.sentAt === null ? undefined : 'This message was sent already. Write a new one.');
    allow(await refuseTelling(ctx, row.aboutId));
    const told = await tellAudience(ctx, row);
    if (told.people + told.channels === 0) throw invalidField('id', 'Nobody would get it: nobody who may see this belongs to the audience. Say first who belongs to it.');
    const sent = await store
      .tables(ctx.db)
      .updateTable('statusMessage')
      .set({ sentAt: iso(ctx.now), ...told })
      .where('id', '=', id)
      .where('sentAt', 'is', null)
      .executeTakeFirst();
    allow(sent.numUpdatedRows === 0n ? 'Somebody sent this message just now.' : undefined);
    await ctx.record({ record: row.aboutId, did: 'audience.told', data: { audience: row.audience, message: id, ...told } });
    return one(ctx, id);
  },

  async dropMessage(ctx, { id }) {
    const row = await messageOf(ctx, id);
    allow(row.sentAt === null ? undefined : 'This message was sent: it stays.');
    await store.tables(ctx.db).deleteFrom('statusMessage').where('id', '=', id).where('sentAt', 'is', null).execute();
    await ctx.record({ record: row.aboutId, did: 'audience.dropped', data: { audience: row.audience, message: id } });
    return { id };
  },
};

/** A message about something that the viewer may not see does not exist for them. */
async function messageOf({ db, actor }: Read | Write, id: string): Promise<store.MessageRow> {
  const row = await store.messageById(db, id);
  if (!row || !(await refsOf(db, actor, [row.aboutId])).has(row.aboutId)) throw missing('This message');
  return row;
}

async function one(ctx: Write, id: string) {
  const [shown] = await shownMessages(ctx, [await messageOf(ctx, id)]);
  if (!shown) throw missing('This message');
  return shown;
}

async function idsOf(ctx: Write, numbers: readonly string[], kind: 'person' | 'team' | 'channel'): Promise<string[]> {
  const ids: string[] = [];
  for (const number of numbers) {
    const record = await byNumber(ctx.db, ctx.actor, number);
    if (record.kind !== kind) throw invalidField(kind, `${number} is no ${kind}.`);
    ids.push(record.id);
  }
  return ids;
}
