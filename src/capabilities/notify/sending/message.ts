import { refsOf, pageOf } from '#kernel/records/index.ts';
import { iso } from '#kernel/clock.ts';
import type { Known } from '#capabilities/people/index.ts';
import type { Ref } from '#kernel/contract.ts';
import type { Write } from '#kernel/desk.ts';
import { SYSTEM } from '#kernel/permissions.ts';
import type { Message } from '../channels/index.ts';
import { linkToken } from '../links.ts';
import type { Outsider } from '../outsiders.ts';
import * as store from '../store/index.ts';

/** Channels on which a page is answered by typing a code. */
const CODED = new Set<string>(['sms']);

export interface Background {
  readonly people: ReadonlyMap<string, Known>;
  readonly pages: ReadonlyMap<string, store.PageRow>;
  readonly outsiders: ReadonlyMap<string, Outsider>;
}

/** What is said for each notification, with everything it names, in a few queries for any number. */
export async function messagesOf(ctx: Write, rows: readonly store.NotificationRow[], known: Background): Promise<ReadonlyMap<string, Message>> {
  if (rows.length === 0) return new Map();
  const refs = await refsOf(ctx.db, SYSTEM, [...rows.map((row) => row.aboutId), ...[...known.pages.values()].map((page) => page.serviceId)]);
  const others = await store.bundledInto(
    ctx.db,
    rows.map((row) => row.id),
  );
  const codes = await store.codesFor(
    ctx,
    rows.filter((row) => CODED.has(row.channel) && row.pageId !== null),
  );
  return new Map(
    rows.map((row) => {
      const outsider = known.outsiders.get(row.contact);
      if (outsider) return [row.id, outsideMessage(row, outsider, ctx.now)];
      const page = known.pages.get(row.pageId ?? '');
      const together = others.filter((one) => one.bundleId === row.id);
      return [row.id, messageOf(ctx, row, { page, together, refs, person: known.people.get(row.personId ?? '') ?? null, code: codes.get(row.id) ?? null })];
    }),
  );
}

/** Outsiders read what was written for them and addresses made for them; nothing of the house. */
function outsideMessage(row: store.NotificationRow, { link, after, leaveLink }: Outsider, now: number): Message {
  const inside = { why: '', urgency: 'low', record: null, person: null, ackLink: null, token: null, code: null } as const;
  return { ...inside, id: row.id, purpose: 'outside', title: row.title, text: [row.text, after].filter(Boolean).join('\n\n'), at: iso(now), link, leaveLink };
}

interface About {
  readonly page: store.PageRow | undefined;
  readonly together: readonly store.NotificationRow[];
  readonly refs: ReadonlyMap<string, Ref>;
  readonly person: Known | null;
  readonly code: number | null;
}

function messageOf(ctx: Write, row: store.NotificationRow, { page, together, refs, person, code }: About): Message {
  const record = refs.get(row.aboutId ?? '') ?? null;
  const base = ctx.desk.config.publicUrl;
  const asked = row.purpose === 'page' && page?.shadow !== true;
  const token = asked ? linkToken(ctx.desk, row.id) : null;
  const service = refs.get(page?.serviceId ?? '')?.title;
  return {
    id: row.id,
    purpose: row.purpose,
    title: titleOf(row, { page, count: together.length + 1, service }),
    text: together.length === 0 ? row.text : [row.title, ...together.map((one) => one.title)].slice(0, 10).join('\n'),
    why: page?.why ?? '',
    at: iso(ctx.now),
    urgency: page?.urgency ?? 'high',
    record,
    person: person && { id: person.id, name: person.name, email: person.email },
    link: record ? `${base}${pageOf(ctx.desk, record)}` : null,
    ackLink: token && `${base}/ack/${token}`,
    token,
    code,
  };
}

function titleOf(row: store.NotificationRow, { page, count, service }: { page: store.PageRow | undefined; count: number; service: string | undefined }): string {
  const title = count > 1 ? `${count} alerts of ${service ?? 'one service'}` : row.title;
  return page?.shadow ? `You shadow this: ${title}` : title;
}
