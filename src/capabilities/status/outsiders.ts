import { registerOutsiders, tellOutsiders, type Outsider } from '#capabilities/notify/index.ts';
import { equalSecrets } from '#kernel/ids.ts';
import type { Desk, Write } from '#kernel/desk.ts';
import { placesOf } from './public/built.ts';
import * as store from './store/index.ts';

/** What a link may do. One for confirming ends when another is asked for, and by itself. */
type Deed = 'confirm' | 'leave';

function signatureOf(desk: Desk, deed: Deed, row: Pick<store.SubscriberRow, 'id' | 'askedAt'>): string {
  return desk.vault.sign('status follower', deed === 'confirm' ? `confirm ${row.id} ${row.askedAt}` : `leave ${row.id}`).toString('base64url');
}

export function linkOf(
  desk: Desk,
  deed: Deed,
  { row, slug, secret }: { readonly row: Pick<store.SubscriberRow, 'id' | 'askedAt'>; readonly slug: string; readonly secret: string | null },
): string {
  const [base, key = ''] = placesOf(desk, slug, secret).home.split('?');
  return `${base}/${deed}/${row.id}.${signatureOf(desk, deed, row)}${key === '' ? '' : `?${key}`}`;
}

const TOKEN = /^([0-9a-f-]{36})\.([\w-]{43})$/;

/** Who a link was made for; undefined when it is wrong, has ended, or they are gone. */
export async function bearerOf({ db, desk }: Pick<Write, 'db' | 'desk'>, deed: Deed, token: string): Promise<store.SubscriberRow | undefined> {
  const [, id = '', signature = ''] = TOKEN.exec(token) ?? [];
  const row = id === '' ? undefined : await store.subscriberById(db, id);
  return row && equalSecrets(signature, signatureOf(desk, deed, row)) ? row : undefined;
}

/** Contacts are `status:post:ID` and `status:confirm:ID`; who has left meanwhile gets nothing more. */
registerOutsiders('status', async (ctx, contacts) => {
  const wanted = contacts.map((contact) => ({ contact, deed: contact.split(':')[1], id: contact.split(':')[2] ?? '' }));
  const rows = new Map((await store.subscribersByIds(ctx.db, [...new Set(wanted.map(({ id }) => id))])).map((row) => [row.id, row]));
  const pages = new Map((await store.allPages(ctx.db)).map((page) => [page.id, page]));
  const found = new Map<string, Outsider>();
  for (const { contact, deed, id } of wanted) {
    const row = rows.get(id);
    const page = pages.get(row?.pageId ?? '');
    if (!row || !page || (deed === 'post' && row.confirmedAt === null)) continue;
    const secret = page.access === 'link' ? ctx.desk.vault.decrypt(page.linkSecret) : null;
    const link = (what: Deed) => linkOf(ctx.desk, what, { row, slug: page.slug, secret });
    const base = { channel: row.channel, address: ctx.desk.vault.decrypt(row.address) };
    if (deed === 'confirm') found.set(contact, { ...base, link: link('confirm'), after: '', leaveLink: null });
    else found.set(contact, { ...base, link: placesOf(ctx.desk, page.slug, secret).home, after: `End these messages: ${link('leave')}`, leaveLink: link('leave') });
  }
  return found;
});

/** Tells who follows a page, or one of these components of it. Answers how many. */
export async function tellFollowers(
  ctx: Write,
  what: { readonly pageId: string; readonly postId: string; readonly components: readonly string[]; readonly title: string; readonly text: string },
): Promise<number> {
  const rows = await store.followersOf(ctx.db, what.pageId, what.components);
  const to = rows.map(({ id, channel, address }) => ({ contact: `status:post:${id}`, channel, address: ctx.desk.vault.decrypt(address) }));
  return tellOutsiders(ctx, { about: what.postId, title: what.title, text: what.text, to });
}

/** Asks the bearer of an address whether they want this. */
export async function askFollower(ctx: Write, row: store.SubscriberRow, page: { readonly id: string; readonly title: string }): Promise<void> {
  const to = [{ contact: `status:confirm:${row.id}`, channel: row.channel, address: ctx.desk.vault.decrypt(row.address) }];
  const title = `Confirm that you follow ${page.title}`;
  const text = `Somebody, we hope you, asked to get the messages of “${page.title}” at this address. Open the link and confirm. If it was not you, do nothing: you get nothing more.`;
  await tellOutsiders(ctx, { about: page.id, title, text, to });
}
