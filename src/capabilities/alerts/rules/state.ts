import type { Signal } from './signal.ts';

export type AlertState = 'triggered' | 'acknowledged' | 'resolved';
export type Effect = 'created' | 'duplicate' | 'acknowledged' | 'resolved' | 'ignored' | 'created-again';

/** `state` is that of the alert the signal belongs to afterwards; null when there is none. */
export type Applied = { readonly effect: Effect; readonly state: AlertState | null };

/**
 * What a signal does to the latest alert with its key (null: there was none). A repeated trigger is only counted: no new
 * page, no change of title or state (one that is worse: `worsen` in `fold.ts`). Acknowledging or resolving what is not open is accepted and ignored (rule: PagerDuty Events API v2).
 */
export function apply(latest: { readonly state: AlertState } | null, signal: Pick<Signal, 'kind'>): Applied {
  const state = latest?.state ?? null;
  const open = state === 'triggered' || state === 'acknowledged';
  if (signal.kind === 'trigger') {
    if (open) return { effect: 'duplicate', state };
    return { effect: state === null ? 'created' : 'created-again', state: 'triggered' };
  }
  if (signal.kind === 'resolve') return open ? { effect: 'resolved', state: 'resolved' } : { effect: 'ignored', state };
  return state === 'triggered' ? { effect: 'acknowledged', state: 'acknowledged' } : { effect: 'ignored', state };
}
