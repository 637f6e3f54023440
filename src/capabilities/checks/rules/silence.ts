import { gaps, type Window } from '#kernel/spans.ts';

/** When nothing was heard of a probe: from so long after the last result of each stretch of results until the next one. */
export function silences(heard: readonly Window[], window: Window, silentAfterMs: number): readonly Window[] {
  return gaps(
    window,
    heard.map(({ from, until }) => ({ from, until: until + silentAfterMs })),
  );
}
