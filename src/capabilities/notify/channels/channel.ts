import type { Desk } from '#kernel/desk.ts';

/** What a channel is given to send. Links are absolute. */
export interface Message {
  readonly id: string;
  readonly purpose: 'page' | 'notice' | 'test';
  readonly title: string;
  readonly text: string;
  /** Page of the record in the app. */
  readonly link: string | null;
  /** Acknowledge link of a page: GET shows, POST acts. */
  readonly ackLink: string | null;
  readonly why: string;
  readonly at: string;
  readonly person: { readonly id: string; readonly name: string; readonly email: string };
  readonly record: { readonly number: string; readonly kind: string } | null;
}

export type Sent =
  | { readonly ok: true; readonly result: string }
  /** `permanent`: trying the same again cannot help. */
  | { readonly ok: false; readonly permanent: boolean; readonly result: string };

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

export function ofStatus(status: number, body: string, what: string): Sent {
  if (status >= 200 && status < 300) return { ok: true, result: `${what} accepted it (${status}).` };
  const passing = status === 429 || status === 408 || status >= 500;
  return { ok: false, permanent: !passing, result: `${what} answered ${status}${body ? `: ${body.slice(0, 120)}` : ''}.` };
}
