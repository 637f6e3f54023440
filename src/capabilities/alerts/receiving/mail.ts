import PostalMime, { type Address, type Email } from 'postal-mime';
import { iso } from '#kernel/clock.ts';
import type { Desk } from '#kernel/desk.ts';
import { cut } from '../rules/cut.ts';
import { threadOf } from '../formats/email.ts';
import * as store from '../store/index.ts';
import { storable } from './storable.ts';

const LONGEST_TEXT = 200_000;
const MOST_IDS = 20;
const LONGEST_ID = 500;

/** A mail as it is kept: its parts as text, which a mapping can name; one that cannot be taken apart as it came. */
export type KeptMail = { readonly mail: Readonly<Record<string, unknown>> & { readonly thread: string } } | { readonly raw: string };

/** Takes a mail apart and finds the conversation it belongs to: known by an earlier mail, named by its headers, else by its matter. */
export async function keptMail(desk: Desk, what: { readonly sourceId: string; readonly to: string; readonly bytes: Buffer }): Promise<KeptMail> {
  const { sourceId, to, bytes } = what;
  const email = await PostalMime.parse(bytes, { maxNestingDepth: 30 }).catch(() => null);
  if (!email) return { raw: bytes.toString('latin1') };
  const subject = storable(email.subject ?? '');
  const before = [...idsOf(email.references), ...idsOf(email.inReplyTo)];
  const known = await store.threadOfMails(desk.readDb, sourceId, before);
  const thread = known ?? threadOf(subject, before[0]);
  await store.keepMails(desk.db, { sourceId, messageIds: [...new Set([...idsOf(email.messageId), ...before])], thread, at: iso(desk.clock.now()) });
  return { mail: partsOf(email, { to, subject, thread }) };
}

function partsOf(email: Email, known: { readonly to: string; readonly subject: string; readonly thread: string }): { thread: string } & Record<string, unknown> {
  const { to, subject, thread } = known;
  return {
    from: addressOf(email.from),
    fromName: email.from?.name ?? '',
    to,
    subject,
    date: email.date ?? null,
    messageId: email.messageId ?? null,
    inReplyTo: email.inReplyTo ?? null,
    references: idsOf(email.references),
    thread,
    text: cut(email.text ?? email.html?.replaceAll(/<[^<>]*>/g, ' ') ?? '', LONGEST_TEXT),
    headers: Object.fromEntries(email.headers.filter(({ key }) => /^(?:x-|auto-submitted|list-id|importance|priority)/.test(key)).map(({ key, value }) => [key, cut(value, 2000)])),
    attachments: email.attachments.map(({ filename, mimeType }) => `${filename ?? 'unnamed'} (${mimeType})`).slice(0, 50),
  };
}

const addressOf = (from: Address | undefined): string => from?.address ?? from?.group?.[0]?.address ?? '';

/** Message ids as they stand in a header, without NUL and not longer than ids are. */
const idsOf = (header: string | undefined): string[] => [...(header ?? '').matchAll(/<[^<>\s]+>/g)].map(([id]) => cut(storable(id), LONGEST_ID)).slice(0, MOST_IDS);
