import type { Span } from '#kernel/spans.ts';
import type { OnCall, Swap } from './shapes.ts';

/** A shift as it is shown: with the request that concerns it, taken or still open. Whoever asked stays on call until it is taken. */
export type Shown = OnCall & { readonly swapId: string | null };

/** Cuts the result where an open request begins and ends, so that it shows which part of a shift somebody is asked to take. */
export function withRequests(spans: readonly Span<OnCall>[], swaps: readonly Swap[], now: number): Span<Shown>[] {
  const open = swaps.filter((swap) => swap.takenBy === null && swap.from > now);
  return spans.flatMap((span): Span<Shown>[] => {
    const taken = span.value.by === 'swap' ? (span.value.changeId ?? null) : null;
    const asked = open.filter((swap) => swap.from < span.until && swap.until > span.from && span.value.people.includes(swap.by));
    if (asked.length === 0) return [{ ...span, value: { ...span.value, swapId: taken } }];
    const edges = [...new Set([span.from, span.until, ...asked.flatMap((swap) => [swap.from, swap.until])])]
      .filter((at) => at >= span.from && at <= span.until)
      .sort((a, b) => a - b);
    return edges.slice(1).map((until, i) => {
      const from = edges[i]!;
      return { from, until, value: { ...span.value, swapId: asked.find((swap) => swap.from <= from && swap.until >= until)?.id ?? taken } };
    });
  });
}
