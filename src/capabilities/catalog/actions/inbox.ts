import { iso } from '#kernel/clock.ts';
import { cursorOf, keyOf } from '#kernel/cursor.ts';
import type { Actions, Read, Write } from '#kernel/desk.ts';
import { allow, invalidField, missing } from '#kernel/problem.ts';
import { byNumber, refsOf } from '#kernel/records/index.ts';
import type { Card, catalog } from '../contract/index.ts';
import { HIDDEN, cardSentence, choicesOf, fieldWord, refuseIgnoring, wordsOf, type Field } from '../rules/index.ts';
import { componentRow, ownersOf, shownComponents } from '../shown.ts';
import { writeFields } from '../store/applied.ts';
import * as store from '../store/cards.ts';
import { keepStates } from '../store/history.ts';
import { tables } from '../store/index.ts';
import { mergeComponents } from './merging.ts';
import { writeRefusal } from './services.ts';

export const inboxActions: Pick<Actions<typeof catalog>, 'inbox' | 'answerCard' | 'ignoreCard' | 'checkInbox' | 'mergeComponents'> = {
  async inbox(ctx, { limit, cursor, kind, state, about }) {
    const [foundAt, id] = keyOf(cursor, 2);
    const recordId = about ? (await byNumber(ctx.db, ctx.actor, about)).id : undefined;
    const rows = await store.cardList(ctx.db, ctx.actor, { kind, state, recordId, limit: limit + 1, after: foundAt && id ? { foundAt, id } : undefined });
    const shown = rows.slice(0, limit);
    const last = rows.length > limit ? shown.at(-1) : undefined;
    return { items: await shownCards(ctx, shown), cursor: last ? cursorOf([last.foundAt, last.id]) : null, counts: [...(await store.cardCounts(ctx.db, ctx.actor))] };
  },

  async answerCard(ctx, { id, choice, team }) {
    const card = await openCard(ctx, id);
    const { choices, other } = (await shownCards(ctx, [card]))[0]!;
    if (card.otherId !== null && other === null) throw missing('The other record');
    const chosen = choices.find((one) => one.choice === choice);
    if (!chosen) throw invalidField('choice', `This question takes: ${choices.map((one) => one.choice).join(', ')}.`);
    await carryOut(ctx, card, { choice, team });
    await store.setCard(ctx.db, id, { state: 'settled', settledAt: iso(ctx.now), settledBy: ctx.actor.id, settledHow: chosen.label });
    await ctx.record({ record: card.recordId, did: 'inbox.answered', data: { kind: card.kind, choice } });
    return cardOf(ctx, id);
  },

  async ignoreCard(ctx, { id, until, reason }) {
    const card = await openCard(ctx, id);
    allow(refuseIgnoring(Date.parse(until), ctx.now));
    await store.setCard(ctx.db, id, { state: 'ignored', ignoredUntil: iso(Date.parse(until)), settledBy: ctx.actor.id, settledHow: reason });
    await ctx.record({ record: card.recordId, did: 'inbox.ignored', data: { kind: card.kind, until, reason } });
    return cardOf(ctx, id);
  },

  async checkInbox(ctx) {
    await ctx.enqueue('catalog.findCards', {}, { key: 'catalog:findCards' });
    await ctx.record({ record: null, did: 'inbox.asked' });
    return { asked: true };
  },

  async mergeComponents(ctx, { number, version, other }) {
    await mergeComponents(ctx, { number, version }, other);
    const [component] = await shownComponents(ctx, [await componentRow(ctx, number)]);
    return { component: component!, may: { updateComponent: writeRefusal(ctx.actor) ?? null } };
  },
};

type Seer = Pick<Read | Write, 'db' | 'actor'>;

async function openCard(ctx: Write, id: string): Promise<store.CardRow> {
  const found = await store.cardById(ctx.db, ctx.actor, id);
  if (!found) throw missing('This question');
  // Held before it is looked at, so that of two answers the second sees the first.
  for (const record of [found.recordId, ...(found.otherId === null ? [] : [found.otherId])].toSorted()) await ctx.expect(record, undefined);
  const card = (await store.cardById(ctx.db, ctx.actor, id))!;
  allow(card.state === 'settled' ? `This question is answered: ${card.settledHow}` : undefined);
  return card;
}

async function cardOf(ctx: Seer, id: string): Promise<Card> {
  const card = await store.cardById(ctx.db, ctx.actor, id);
  if (!card) throw missing('This question');
  return (await shownCards(ctx, [card]))[0]!;
}

interface Evidence {
  readonly field?: Field;
  readonly ours?: unknown;
  readonly says?: readonly { readonly import: string; readonly value: unknown }[];
  readonly owner?: string;
}

/** Cards as they go over the wire: every name that occurs in them in one query. */
async function shownCards({ db, actor }: Seer, cards: readonly store.CardRow[]): Promise<Card[]> {
  const named = cards.flatMap(({ recordId, otherId, evidence }) => {
    const { field, ours, says = [] } = evidence as Evidence;
    const owners = field === 'team' || field === 'lead' ? [ours, ...says.map(({ value }) => value)].filter((one) => typeof one === 'string') : [];
    return [recordId, otherId, ...says.map((one) => one.import), ...owners];
  });
  const refs = await refsOf(db, actor, named);
  const lastSeen = await store.lastSeenBy(
    db,
    cards.map(({ recordId }) => recordId),
  );
  const refused = writeRefusal(actor) ?? null;
  return cards.map((card) => {
    const { id, kind, recordId, otherId, evidence, state, ignoredUntil, foundAt, settledAt, settledHow, recordKind } = card;
    const record = refs.get(recordId)!;
    const other = refs.get(otherId ?? '') ?? null;
    const { field, ours, says = [] } = evidence as Evidence;
    const words = (value: unknown) => (field ? wordsOf(field, value, (one) => refs.get(one)?.title ?? HIDDEN) : '');
    const sources = says.flatMap(({ import: source }) => refs.get(source) ?? []);
    return {
      id,
      kind,
      record,
      other,
      sentence: cardSentence(kind, { record: record.title, other: other?.title ?? HIDDEN, evidence }),
      says: field
        ? [
            { import: null, value: words(ours), lastSeen: null },
            ...says.map(({ import: source, value }) => ({ import: refs.get(source) ?? null, value: words(value), lastSeen: lastSeen.get(`${source} ${recordId}`) ?? null })),
          ]
        : [],
      choices: state === 'settled' ? [] : [...choicesOf(kind, recordKind, sources)],
      state,
      ignoredUntil,
      foundAt,
      settledAt,
      settledHow,
      refused,
    };
  });
}

async function carryOut(ctx: Write, card: store.CardRow, { choice, team }: { readonly choice: string; readonly team: string | undefined }): Promise<void> {
  if (choice.startsWith('take:')) return takeValue(ctx, card, choice.slice('take:'.length));
  if (choice === 'merge' || choice === 'merge into the other') {
    const heads = await refsOf(ctx.db, ctx.actor, [card.recordId, card.otherId]);
    const [first, second] = [heads.get(card.recordId), heads.get(card.otherId ?? '')];
    if (!first || !second) throw missing('One of the two');
    const [keep, drop] = choice === 'merge' ? [first, second] : [second, first];
    return mergeComponents(ctx, { number: keep.number }, drop.number);
  }
  if (choice === 'confirm')
    await tables(ctx.db)
      .updateTable('catalogEdge')
      .set({ lastSeen: iso(ctx.now) })
      .where('id', '=', card.edgeId)
      .execute();
  if (choice === 'end')
    await tables(ctx.db)
      .updateTable('catalogEdge')
      .set({ endedAt: iso(ctx.now) })
      .where('id', '=', card.edgeId)
      .where('endedAt', 'is', null)
      .execute();
  if (choice === 'end') for (const record of [card.recordId, card.otherId!].toSorted()) await ctx.record({ record, did: 'edge.ended' });
  if (choice === 'assign') await assign(ctx, card, team);
}

async function takeValue(ctx: Write, card: store.CardRow, number: string): Promise<void> {
  const { field, says = [] } = card.evidence as Evidence;
  const source = await byNumber(ctx.db, ctx.actor, number);
  const said = says.find((one) => one.import === source.id);
  if (!field || !said) throw invalidField('choice', `${number} says nothing of it any more.`);
  if (field === 'name') await ctx.amend(card.recordId, { title: String(said.value) });
  else if (field === 'team') await ctx.amend(card.recordId, { teamId: String(said.value) });
  else if (field === 'lead') await ctx.amend(card.recordId, { ownerId: String(said.value) });
  else await writeFields(ctx.db, { id: card.recordId, kind: card.recordKind === 'service' ? 'service' : 'component' }, { [field]: said.value });
  await keepStates(ctx.db, [card.recordId], iso(ctx.now));
  await ctx.record({ record: card.recordId, did: card.recordKind === 'service' ? 'service.changed' : 'component.changed', data: { fields: [fieldWord(field)], import: number } });
}

async function assign(ctx: Write, card: store.CardRow, team: string | undefined): Promise<void> {
  if (!team) throw invalidField('team', 'Choose the team that it belongs to from now on.');
  const { teamId } = await ownersOf(ctx, { team });
  const left = (card.evidence as Evidence).owner;
  const { ownerId } = await byNumber(ctx.db, ctx.actor, (await refsOf(ctx.db, ctx.actor, [card.recordId])).get(card.recordId)!.number);
  await ctx.amend(card.recordId, { teamId: teamId ?? null, ...(ownerId === left ? { ownerId: null } : {}) });
  await keepStates(ctx.db, [card.recordId], iso(ctx.now));
  await ctx.record({ record: card.recordId, did: card.recordKind === 'service' ? 'service.changed' : 'component.changed', data: { fields: ['team'] } });
}
