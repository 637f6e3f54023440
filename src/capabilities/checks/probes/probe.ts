import type { ProbeResult } from '../rules/probe.ts';

/** What one run of a probe found. `words` says why it failed, lower case, without a full stop; empty when it passed. */
export interface Outcome {
  readonly result: ProbeResult;
  readonly words: string;
  readonly tookMs: number | null;
  readonly status: number | null;
  /** Epoch ms; null without a certificate. */
  readonly certificateEndsAt: number | null;
}

/** The part of the desk's outgoing door that probes use; this file is pure, so the shape is written out. */
export interface Door {
  request(what: {
    readonly url: string;
    readonly origin: 'typed' | 'trusted';
    readonly method: string;
    readonly timeoutMs: number;
    readonly redirects: number;
    readonly keep: number;
  }): Promise<{ readonly status: number; readonly body: string; readonly tookMs: number; readonly certificateEndsAt: number | null }>;
}

/** One kind of check. Kinds without `run` wait for others to call the desk. */
export interface Probe<C> {
  /** Why a configuration that is well formed is still refused. */
  readonly refuse: (config: C) => { readonly field: string; readonly sentence: string } | undefined;
  /** What is checked, in a few words for lists. */
  readonly target: (config: C) => string;
  /** Seconds between runs; null when others call. */
  readonly intervalSeconds: (config: C) => number | null;
  readonly run?: (config: C, around: { readonly door: Door; readonly origin: 'typed' | 'trusted' }) => Promise<Outcome>;
}
