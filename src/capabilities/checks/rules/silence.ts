import { gaps, type Window } from '#kernel/spans.ts';

/** When nothing was heard of a probe: from so long after each result until the next one. */
export function silences(heard: readonly number[], window: Window, silentAfterMs: number): readonly Window[] {
  return gaps(
    window,
    heard.map((at) => ({ from: at, until: at + silentAfterMs })),
  );
}
