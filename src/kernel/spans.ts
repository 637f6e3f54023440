/** A value that holds from `from` until just before `until`. Epoch milliseconds, half-open. */
export type Span<T> = { readonly from: number; readonly until: number; readonly value: T };

/** A stretch of time without a value. Epoch milliseconds, half-open. */
export type Window = { readonly from: number; readonly until: number };

type Same<T> = (a: T, b: T) => boolean;

/** In order of start, without the empty ones. */
export function inOrder<T>(spans: readonly Span<T>[]): Span<T>[] {
  return spans.filter((span) => span.from < span.until).sort((a, b) => a.from - b.from || a.until - b.until);
}

/** The parts of the spans that lie inside the window. */
export function clip<T>(spans: readonly Span<T>[], window: Window): Span<T>[] {
  const kept: Span<T>[] = [];
  for (const span of spans) {
    const from = Math.max(span.from, window.from);
    const until = Math.min(span.until, window.until);
    if (from < until) kept.push(from === span.from && until === span.until ? span : { ...span, from, until });
  }
  return kept;
}

/** What is left of the spans outside the holes. Holes may overlap and come in any order. */
export function subtract<T>(spans: readonly Span<T>[], holes: readonly Window[]): Span<T>[] {
  const closed = covered(holes);
  const left: Span<T>[] = [];
  let first = 0;
  for (const span of inOrder(spans)) {
    while (first < closed.length && closed[first]!.until <= span.from) first += 1;
    let from = span.from;
    for (let i = first; i < closed.length && closed[i]!.from < span.until; i += 1) {
      const hole = closed[i]!;
      if (hole.from > from) left.push({ ...span, from, until: hole.from });
      from = Math.max(from, hole.until);
    }
    if (from < span.until) left.push(from === span.from ? span : { ...span, from });
  }
  return left;
}

/** `upper` wherever it has a value, `lower` elsewhere; in order of start. */
export function overlay<T>(lower: readonly Span<T>[], upper: readonly Span<T>[]): Span<T>[] {
  return inOrder([...subtract(lower, upper), ...upper]);
}

/** Every span that holds at the instant. */
export function at<T>(spans: readonly Span<T>[], instant: number): Span<T>[] {
  return spans.filter((span) => span.from <= instant && instant < span.until);
}

/** Milliseconds covered; time covered twice counts once. */
export function total(spans: readonly Window[]): number {
  return covered(spans).reduce((sum, { from, until }) => sum + until - from, 0);
}

/** The parts of the window that no span covers, in order. */
export function gaps(window: Window, spans: readonly Window[]): Window[] {
  return subtract([{ ...window, value: null }], spans).map(({ from, until }) => ({ from, until }));
}

/** Joins neighbours that touch and have equal values (`===` unless told otherwise). Expects spans that do not overlap. */
export function merge<T>(spans: readonly Span<T>[], same: Same<T> = Object.is): Span<T>[] {
  const joined: Span<T>[] = [];
  for (const span of inOrder(spans)) {
    const last = joined.at(-1);
    if (last && last.until === span.from && same(last.value, span.value)) joined[joined.length - 1] = { ...last, until: span.until };
    else joined.push(span);
  }
  return joined;
}

/** Where spans overlap, all their values at once, in the order the spans were given. */
export function together<T>(spans: readonly Span<T>[]): Span<readonly T[]>[] {
  const real = spans.filter((span) => span.from < span.until);
  const edges = [...new Set(real.flatMap(({ from, until }) => [from, until]))].sort((a, b) => a - b);
  const starting = real.map((span, place) => ({ span, place })).sort((a, b) => a.span.from - b.span.from);
  const pieces: Span<readonly T[]>[] = [];
  let open: typeof starting = [];
  let next = 0;
  for (let i = 0; i + 1 < edges.length; i += 1) {
    const from = edges[i]!;
    open = open.filter(({ span }) => span.until > from);
    while (next < starting.length && starting[next]!.span.from <= from) open.push(starting[next++]!);
    if (open.length === 0) continue;
    const value = open.toSorted((a, b) => a.place - b.place).map(({ span }) => span.value);
    pieces.push({ from, until: edges[i + 1]!, value });
  }
  return pieces;
}

/** The windows joined where they overlap or touch, in order. */
export function covered(windows: readonly Window[]): Window[] {
  const joined: { from: number; until: number }[] = [];
  for (const { from, until } of windows.filter((w) => w.from < w.until).sort((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (last && from <= last.until) last.until = Math.max(last.until, until);
    else joined.push({ from, until });
  }
  return joined;
}
