import { iso, ms } from '#kernel/clock.ts';
import { jsonb } from '#kernel/database.ts';
import type { Read, Write } from '#kernel/desk.ts';
import { uuidv7 } from '#kernel/ids.ts';
import { allow, invalidField, missing, refused } from '#kernel/problem.ts';
import { tellFollowers } from './outsiders.ts';
import { isOver, PHASE_WORDS, refusePhase, STATE_WORDS, type Phase, type PostKind } from './rules/index.ts';
import { settlePage } from './settling.ts';
import * as store from './store/index.ts';

type Refusal = (ctx: Pick<Read | Write, 'db'>, aboutId: string) => Promise<string | undefined>;
const refusals: Refusal[] = [];

/** Lets a capability say that nobody is told about a record of its own: a practice incident. Called when its `index.ts` is loaded. */
export function registerTellingRefusal(refusal: Refusal): void {
  refusals.push(refusal);
}

export async function refuseTelling(ctx: Pick<Read | Write, 'db'>, aboutId: string | null): Promise<string | undefined> {
  if (aboutId === null) return undefined;
  for (const refusal of refusals) {
    const sentence = await refusal(ctx, aboutId);
    if (sentence !== undefined) return sentence;
  }
  return undefined;
}

export interface NewPost {
  readonly page: store.PageRow;
  readonly title: string;
  readonly kind: PostKind;
  readonly aboutId: string | null;
  readonly muteId?: string | null;
  readonly phase: Phase;
  readonly text: string;
  readonly states: readonly store.StateOf[];
  readonly startsAt?: number;
  readonly endsAt?: number;
  readonly closesItself?: boolean;
}

/** A post that nobody outside sees yet. One about a restricted record can be read by the readers of that record only. */
export async function draftPost(ctx: Write, post: NewPost): Promise<{ readonly id: string; readonly number: string }> {
  allow(refusePhase(post.kind, null, post.phase));
  allow(await refuseTelling(ctx, post.aboutId));
  await refuseStates(ctx, post.page.id, post.states);
  const secrecy = post.aboutId === null ? { restricted: false, readers: [] } : await store.secrecyOf(ctx.db, post.aboutId);
  const opened = await ctx.open({ kind: 'statuspost', title: post.title, did: 'statuspost.drafted', ...(secrecy.restricted ? { restricted: true as const } : {}) });
  if (secrecy.restricted) await store.addReaders(ctx.db, opened.id, [...secrecy.readers, ...(ctx.actor.id === null ? [] : [ctx.actor.id])]);
  await store
    .tables(ctx.db)
    .insertInto('statusPost')
    .values({
      id: opened.id,
      pageId: post.page.id,
      kind: post.kind,
      aboutId: post.aboutId,
      muteId: post.muteId ?? null,
      phase: null,
      startsAt: post.startsAt === undefined ? null : iso(post.startsAt),
      endsAt: post.endsAt === undefined ? null : iso(post.endsAt),
      closesItself: post.closesItself ?? true,
      publishedAt: null,
      closedAt: null,
    })
    .execute();
  await putDraft(ctx, { id: opened.id, kind: post.kind }, post);
  if (post.aboutId !== null) await ctx.link(opened.id, 'tells about', post.aboutId);
  return opened;
}

async function putDraft(ctx: Write, post: { readonly id: string; readonly kind: PostKind }, draft: Pick<NewPost, 'phase' | 'text' | 'states'>): Promise<void> {
  const { phase, text } = draft;
  const states = draft.states.length > 0 ? draft.states : await lastStates(ctx, post.id);
  await store.putDraft(ctx.db, { id: uuidv7(ctx.now), postId: post.id, phase, text, states, authorId: ctx.actor.id, madeAt: iso(ctx.now) });
}

/** What is not said anew stays as it was said last. */
async function lastStates(ctx: Write, postId: string): Promise<readonly store.StateOf[]> {
  const updates: readonly store.UpdateRow[] = await store.updatesOf(ctx.db, [postId]);
  return updates.find(({ sentAt }) => sentAt !== null)?.states ?? [];
}

export async function redraft(ctx: Write, post: store.PostRow, draft: Pick<NewPost, 'phase' | 'text' | 'states'> & { readonly title?: string | undefined }): Promise<void> {
  allow(refusePhase(post.kind, post.phase, draft.phase));
  await refuseStates(ctx, post.pageId, draft.states);
  await putDraft(ctx, post, draft);
  if (draft.title !== undefined) await ctx.amend(post.id, { title: draft.title });
  await ctx.record({ record: post.id, did: post.phase === null ? 'statuspost.redrafted' : 'statuspost.drafted' });
}

async function refuseStates(ctx: Write, pageId: string, states: readonly store.StateOf[]): Promise<void> {
  const known = new Set((await store.componentsOf(ctx.db, [pageId])).map(({ id }) => id));
  if (states.some(({ component }) => !known.has(component))) throw invalidField('states', 'One of these components is not on this page.');
}

/** The words in which followers are told. */
export async function wordsOf(
  { db }: Pick<Read | Write, 'db'>,
  what: { readonly page: { readonly id: string; readonly title: string }; readonly title: string; readonly update: Pick<store.UpdateRow, 'phase' | 'text' | 'states'> },
) {
  const rows = (await store.componentsOf(db, [what.page.id])).filter(({ published }) => published);
  const open = await store.openSources(
    db,
    rows.flatMap(({ sourceId }) => sourceId ?? []),
  );
  const names = new Map(rows.filter(({ sourceId }) => sourceId === null || open.has(sourceId)).map(({ id, name }) => [id, name]));
  const over = isOver(what.update.phase);
  const lines = what.update.states.flatMap(({ component, state }) =>
    names.has(component) ? `${names.get(component)}: ${over ? STATE_WORDS.operational : STATE_WORDS[state]}` : [],
  );
  return {
    subject: `${what.page.title}: ${what.title} (${PHASE_WORDS[what.update.phase]})`,
    text: [what.update.text, lines.join('\n')].filter(Boolean).join('\n\n'),
    components: [...names.keys()].filter((id) => what.update.states.some(({ component }) => component === id)),
  };
}

/** Why the draft of a post cannot be sent now; undefined when it can. */
export async function refuseSending(ctx: Pick<Read | Write, 'db'>, post: store.PostRow, page: store.PageRow, draft: store.UpdateRow | undefined): Promise<string | undefined> {
  if (!draft) return 'There is no draft to send. Write one first.';
  if (!page.published) return `“${page.title}” is hidden. Publish the page first.`;
  return refusePhase(post.kind, post.phase, draft.phase) ?? refuseTelling(ctx, post.aboutId);
}

export async function draftOf({ db }: Pick<Read | Write, 'db'>, postId: string): Promise<store.UpdateRow | undefined> {
  const updates: readonly store.UpdateRow[] = await store.updatesOf(db, [postId]);
  return updates.find(({ sentAt }) => sentAt === null);
}

/** The draft appears on the page, and who follows is told: all in the caller's transaction. */
export async function sendDraft(ctx: Write, post: store.PostRow, how: { readonly tell: boolean }): Promise<void> {
  const page = await pageOf(ctx, post);
  const draft = await draftOf(ctx, post.id);
  allow(await refuseSending(ctx, post, page, draft));
  if (draft) await publish(ctx, { post, page, update: draft }, { ...how, did: 'statuspost.sent' });
}

/** Maintenance goes on by itself; a draft that somebody is writing meanwhile stays theirs. */
export async function turnByItself(ctx: Write, post: store.PostRow, next: { readonly phase: Phase; readonly text: string }): Promise<void> {
  const at = iso(ctx.now);
  const update = { id: uuidv7(ctx.now), postId: post.id, ...next, states: await lastStates(ctx, post.id), authorId: null, madeAt: at };
  await store
    .tables(ctx.db)
    .insertInto('statusUpdate')
    .values({ ...update, states: jsonb(update.states), sentAt: at, tells: true })
    .execute();
  await publish(ctx, { post, page: await pageOf(ctx, post), update }, { tell: true, did: 'statuspost.turned' });
}

interface Published {
  readonly post: store.PostRow;
  readonly page: store.PageRow;
  readonly update: Pick<store.UpdateRow, 'id' | 'phase' | 'text' | 'states'>;
}

async function publish(ctx: Write, { post, page, update }: Published, how: { readonly tell: boolean; readonly did: 'statuspost.sent' | 'statuspost.turned' }): Promise<void> {
  const words = await wordsOf(ctx, { page, title: post.title, update });
  const told = how.tell ? await tellFollowers(ctx, { pageId: page.id, postId: post.id, components: words.components, title: words.subject, text: words.text }) : 0;
  await store
    .tables(ctx.db)
    .updateTable('statusUpdate')
    .set({ sentAt: iso(ctx.now), tells: how.tell, told })
    .where('id', '=', update.id)
    .execute();
  await store
    .tables(ctx.db)
    .updateTable('statusPost')
    .set({ phase: update.phase, publishedAt: post.publishedAt ?? iso(ctx.now), closedAt: isOver(update.phase) ? (post.closedAt ?? iso(ctx.now)) : null })
    .where('id', '=', post.id)
    .execute();
  await ctx.record({ record: post.id, did: how.did, data: { phase: update.phase, told } });
  await settlePage(ctx, page.id);
  if (post.kind === 'maintenance') await planTurns(ctx, { ...post, phase: update.phase });
}

async function pageOf({ db }: Write, post: store.PostRow): Promise<store.PageRow> {
  const page = await store.pageById(db, post.pageId);
  if (!page) throw missing('The page of this post');
  return page;
}

/** Sets the next turn of maintenance, or takes it back. */
export async function planTurns(ctx: Write, post: Pick<store.PostRow, 'id' | 'phase' | 'startsAt' | 'endsAt'>): Promise<void> {
  const key = `status:turn:${post.id}`;
  const at = post.phase === 'scheduled' ? post.startsAt : post.phase === 'in_progress' ? post.endsAt : null;
  if (at === null) await ctx.cancel(key);
  else await ctx.enqueue('status.turn', { post: post.id, phase: post.phase, at }, { key, runAt: Math.max(ms(at), ctx.now) });
}

export function refuseTimes(startsAt: number, endsAt: number, now: number): string | undefined {
  if (endsAt <= startsAt) return 'The end must be after the beginning.';
  return endsAt <= now ? 'This maintenance would be over already. Choose a later end.' : undefined;
}

export function mustBe(value: number | undefined, sentence: string): number {
  if (value === undefined) throw refused(sentence);
  return value;
}
