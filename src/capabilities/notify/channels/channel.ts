import type { Desk } from '#kernel/desk.ts';
import type { OutgoingAnswer } from '#kernel/outgoing.ts';

/** What a channel is given to send. Links are absolute. */
export interface Message {
  readonly id: string;
  readonly purpose: 'page' | 'notice' | 'test' | 'post' | 'outside';
  readonly title: string;
  readonly text: string;
  /** Page of the record in the app. */
  readonly link: string | null;
  /** Acknowledge link of a page: GET shows, POST acts. */
  readonly ackLink: string | null;
  readonly why: string;
  readonly at: string;
  readonly urgency: 'high' | 'low';
  /** Null when it goes to a channel that several people read. */
  readonly person: { readonly id: string; readonly name: string; readonly email: string } | null;
  readonly record: { readonly number: string; readonly kind: string } | null;
  /** The secret of the link, for ways back that do not go through a browser; null when nothing is asked. */
  readonly token: string | null;
  /** Short code by which a phone answers. */
  readonly code: number | null;
  /** Ends what somebody outside gets, with one request; absent inside the house. */
  readonly leaveLink?: string | null;
}

export type Sent =
  | { readonly ok: true; readonly result: string; /** What the provider calls it, for what it tells later. */ readonly ref?: string }
  /** `permanent`: trying the same again cannot help. `waitMs`: how long the provider asks to be left alone. */
  | { readonly ok: false; readonly permanent: boolean; readonly result: string; readonly waitMs?: number };

export interface Channel {
  readonly word: string;
  /** Why an address is refused, as a sentence; undefined when it can be used. */
  readonly refuseAddress: (address: string) => string | undefined;
  /** What may be shown of the address. */
  readonly shown: (address: string) => string;
  /** Why the channel cannot be used on this desk now; null when it can. */
  readonly trouble: (desk: Desk) => string | null;
  readonly send: (desk: Desk, message: Message, address: string) => Promise<Sent>;
}

export function failure(error: unknown): Sent {
  const sentence = error instanceof Error && 'sentence' in error ? String(error.sentence) : error instanceof Error ? error.message : String(error);
  const permanent = error instanceof Error && 'why' in error && error.why === 'refused address';
  return { ok: false, permanent, result: sentence.slice(0, 300) };
}

/** What an answer over HTTP means: 2xx is taken, 429 and 503 say how long to wait, what may pass is tried again. */
export function ofAnswer(answer: Pick<OutgoingAnswer, 'status' | 'body' | 'headers'>, what: string): Sent {
  const { status, body } = answer;
  if (status >= 200 && status < 300) return { ok: true, result: `${what} accepted it (${status}).` };
  const passing = status === 429 || status === 408 || status === 425 || status >= 500;
  const waitMs = status === 429 || status === 503 ? waitOf(answer.headers['retry-after']) : undefined;
  const result = `${what} answered ${status}${body ? `: ${body.replaceAll(/\s+/g, ' ').slice(0, 120)}` : ''}.`;
  return { ok: false, permanent: !passing, result, ...(waitMs !== undefined && { waitMs }) };
}

/** `Retry-After` in seconds; an HTTP date is left to the desk's own waits. */
function waitOf(header: string | string[] | undefined): number | undefined {
  const seconds = typeof header === 'string' ? Number(header) : Number.NaN;
  return Number.isFinite(seconds) && seconds >= 0 ? Math.ceil(seconds * 1000) : undefined;
}

interface Post {
  readonly url: string;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly method?: string;
  readonly origin?: 'typed' | 'trusted';
}

/** Sends JSON to an address that a person has typed, or that an administrator has set for everyone. */
export function sendJson(desk: Desk, { url, body, headers, method = 'POST', origin = 'typed' }: Post): Promise<OutgoingAnswer> {
  return desk.outgoing.request({
    url,
    origin,
    method,
    timeoutMs: 10_000,
    keep: 4000,
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

/** At most so many characters, never half of one. */
export function clip(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

/** The lines of a message, without those that have nothing to say. */
export function lines(...all: readonly (string | null | false | undefined)[]): string {
  return all.filter(Boolean).join('\n');
}
