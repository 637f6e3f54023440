import type { SeenCertificate } from '#kernel/certificates.ts';
import type { Family, Origin, Outgoing } from '#kernel/outgoing.ts';

/** What one run may use. */
export interface Around {
  readonly door: Outgoing;
  readonly origin: Origin;
  /** When the run began on the desk's clock, epoch ms. */
  readonly now: number;
  readonly timeoutMs: number;
  /** Ends with the time-out: whatever is open then is destroyed. */
  readonly signal: AbortSignal;
  /** Says what has come so far, for a run whose time ends before it is whole. */
  readonly heard: (words: string) => void;
  /** The only directory whose files are run as scripts; undefined: none. */
  readonly scriptDir: string | undefined;
}

/** What a run found. `words` says why it failed, lower case, without a full stop; empty when it passed. */
export interface Found {
  readonly words: string;
  readonly ip?: string;
  readonly status?: number;
  readonly body?: string;
  /** Without it, the time of the whole run. */
  readonly tookMs?: number;
  readonly certificateEndsAt?: number;
  /** The chain that was shown, the server's own first. */
  readonly certificates?: readonly SeenCertificate[];
  readonly domainEndsAt?: number;
  readonly dnsCode?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly values?: Readonly<Record<string, number>>;
}

export type Run<C> = (config: C, around: Around) => Promise<Found>;

/** A run that cannot go on, with its reason. */
export class ProbeFailed extends Error {
  readonly sentence: string;
  constructor(words: string) {
    super(words);
    this.sentence = words;
  }
}

export const DAY = 86_400_000;
export const daysLeft = (endsAt: number, now: number): number => Math.floor((endsAt - now) / DAY);

export function familyOf(ip: 'any' | '4' | '6'): { readonly family?: Family } {
  return ip === 'any' ? {} : { family: ip === '4' ? 4 : 6 };
}

/** The message of whatever a library threw, as words. */
export function wordsOf(error: unknown): string {
  const said = error instanceof Error ? error.message || ('code' in error ? String(error.code) : error.name) : String(error);
  return said.replaceAll(/\s+/g, ' ').replace(/\.$/, '').slice(0, 300);
}
