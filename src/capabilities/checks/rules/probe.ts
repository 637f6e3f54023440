/** `pending`: failing, but not often enough to be down. Nobody is told about it. */
export type ProbeState = { readonly state: 'new' | 'up' | 'pending' | 'down'; readonly failures: number; readonly successes: number };

/** So many failures in a row to go down, so many successes in a row to come up; each at least 1. */
export type Thresholds = { readonly failures: number; readonly successes: number };

/** `blind`: the desk's own network failed the test before the probe, so the result says nothing. */
export type ProbeResult = 'passed' | 'failed' | 'blind';

export type Observed = { readonly state: ProbeState; readonly turned: 'down' | 'up' | null };

export const unseen: ProbeState = { state: 'new', failures: 0, successes: 0 };

/**
 * One result counted. `turned` tells when somebody is to be told: on going down and on coming back from down; a short
 * blip and the first success tell nobody (rules: Gatus thresholds, Uptime Kuma pending).
 */
export function observe({ state, failures, successes }: ProbeState, result: ProbeResult, thresholds: Thresholds): Observed {
  if (result === 'blind') return { state: { state, failures, successes }, turned: null };
  if (result === 'failed') {
    const counted = failures + 1;
    if (state === 'down') return { state: { state, failures: counted, successes: 0 }, turned: null };
    const down = counted >= thresholds.failures;
    return { state: { state: down ? 'down' : 'pending', failures: counted, successes: 0 }, turned: down ? 'down' : null };
  }
  const counted = successes + 1;
  if (state !== 'down') return { state: { state: 'up', failures: 0, successes: counted }, turned: null };
  const up = counted >= thresholds.successes;
  return { state: { state: up ? 'up' : 'down', failures: 0, successes: counted }, turned: up ? 'up' : null };
}
