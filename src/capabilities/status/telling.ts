import { postToChannels, tell } from '#capabilities/notify/index.ts';
import { membersOfTeams } from '#capabilities/people/index.ts';
import type { Read, Write } from '#kernel/desk.ts';
import { refsOf } from '#kernel/records/index.ts';
import type { AudienceMessage } from './contract/index.ts';
import { AUDIENCES, fill, OCCASIONS, SHIPPED, unknownIn, type Audience, type FactName, type Facts, type Occasion, type Template } from './rules/index.ts';
import * as store from './store/index.ts';

type Seer = Pick<Read | Write, 'db' | 'actor'>;

/** Every template, as it was edited or as it was shipped. */
export async function allTemplates(db: Read['db']): Promise<readonly (Template & { readonly audience: Audience; readonly occasion: Occasion; readonly edited: boolean })[]> {
  const edited = await store.templates(db);
  return AUDIENCES.flatMap((audience) =>
    OCCASIONS.map((occasion) => {
      const own = edited.find((row) => row.audience === audience && row.occasion === occasion);
      return { audience, occasion, title: own?.title ?? SHIPPED[audience][occasion].title, text: own?.text ?? SHIPPED[audience][occasion].text, edited: own !== undefined };
    }),
  );
}

export interface Filled extends Template {
  readonly audience: Audience;
  readonly unknown: readonly FactName[];
}

/** What each audience would be told on an occasion, from facts; what nobody knows is named as unknown. */
export async function filledTemplates({ db }: Pick<Seer, 'db'>, occasion: Occasion, facts: Facts): Promise<readonly Filled[]> {
  return (await allTemplates(db))
    .filter((one) => one.occasion === occasion)
    .map(({ audience, title, text }) => ({ audience, title: fill(title, facts).slice(0, 200), text: fill(text, facts), unknown: unknownIn({ title, text }, facts) }));
}

export interface Reached {
  readonly people: readonly string[];
  readonly channels: readonly string[];
  readonly leftOut: number;
}

/** Who gets a message: who belongs to the audience and may see what it is about. Channels are read by many: they get nothing restricted. */
export async function recipientsOf(ctx: Pick<Read | Write, 'db'>, audience: Audience, aboutId: string): Promise<Reached> {
  const known = (await store.audiences(ctx.db)).find((row) => row.audience === audience);
  if (!known) return { people: [], channels: [], leftOut: 0 };
  const members = [...(await membersOfTeams(ctx.db, known.teams)).values()].flat().map(({ id }) => id);
  const everybody = [...new Set([...known.people, ...members])];
  const { restricted, readers } = await store.secrecyOf(ctx.db, aboutId);
  const people = restricted ? everybody.filter((id) => readers.includes(id)) : everybody;
  const channels = restricted ? [] : known.channels;
  return { people, channels, leftOut: everybody.length - people.length + known.channels.length - channels.length };
}

/** Tells an audience inside the house, in the caller's transaction. */
export async function tellAudience(ctx: Write, message: store.MessageRow): Promise<{ readonly people: number; readonly channels: number }> {
  const { people, channels } = await recipientsOf(ctx, message.audience, message.aboutId);
  for (const personId of people) await tell(ctx, { personId, about: message.aboutId, title: message.title, text: message.text });
  const posted = channels.length === 0 ? 0 : await postToChannels(ctx, { channelIds: channels, about: message.aboutId, title: message.title, text: message.text, why: '' });
  return { people: people.length, channels: posted };
}

export async function shownMessages({ db, actor }: Seer, rows: readonly store.MessageRow[]): Promise<AudienceMessage[]> {
  const refs = await refsOf(
    db,
    actor,
    rows.flatMap(({ aboutId, authorId }) => [aboutId, authorId]),
  );
  return rows.map(({ aboutId, authorId, ...row }) => ({ ...row, about: refs.get(aboutId) ?? null, author: refs.get(authorId ?? '') ?? null }));
}
