import { clip, gaps, merge, subtract, type Span, type Window } from '#kernel/spans.ts';
import { isEmptied, resolve } from './layers.ts';
import type { OnCall, Rota } from './shapes.ts';
import { loadsOf, type Counting, type Load } from './tally.ts';

export interface Preview {
  readonly before: readonly Span<OnCall>[];
  readonly after: readonly Span<OnCall>[];
  /** Where other people are on call than before. */
  readonly differs: readonly (Window & { readonly before: readonly string[]; readonly after: readonly string[] })[];
  readonly people: readonly { readonly personId: string; readonly before: Load; readonly after: Load }[];
  readonly gapsMade: readonly Window[];
  readonly gapsClosed: readonly Window[];
}

const NOTHING: Load = { hours: 0, nights: 0, weekends: 0, holidays: 0 };

const windows = (spans: readonly Span<null>[]): Window[] => merge(spans).map(({ from, until }) => ({ from, until }));

/** What an edit does in a window: the result before and after, who carries more or less, and gaps it makes or closes. */
export function previewOf(before: Rota, after: Rota, { window, ...counting }: Counting & { readonly window: Window }): Preview {
  const [was, will] = [resolve({ ...before, window }), resolve({ ...after, window })];
  const [wasOpen, willBeOpen] = [was, will].map((spans) =>
    gaps(
      window,
      spans.filter(({ value }) => !isEmptied(value)),
    ),
  );
  const [loadWas, loadWill] = [loadsOf(was, counting), loadsOf(will, counting)];
  const people = [...new Set([...loadWas.keys(), ...loadWill.keys()])].map((personId) => ({
    personId,
    before: loadWas.get(personId) ?? NOTHING,
    after: loadWill.get(personId) ?? NOTHING,
  }));
  const open = (one: readonly Window[] = []) => one.map((gap) => ({ ...gap, value: null }));
  return {
    before: was,
    after: will,
    differs: differences(was, will, window),
    people: people.toSorted((a, b) => b.after.hours - b.before.hours - (a.after.hours - a.before.hours)),
    gapsMade: windows(subtract(open(willBeOpen), wasOpen ?? [])),
    gapsClosed: windows(subtract(open(wasOpen), willBeOpen ?? [])),
  };
}

function differences(was: readonly Span<OnCall>[], will: readonly Span<OnCall>[], window: Window): Preview['differs'] {
  const edges = [...new Set([window.from, window.until, ...[...was, ...will].flatMap(({ from, until }) => [from, until])])].sort((a, b) => a - b);
  const pieces: Span<{ before: readonly string[]; after: readonly string[] }>[] = [];
  let [w, n] = [0, 0];
  edges.slice(1).forEach((until, i) => {
    const from = edges[i]!;
    while (w < was.length && was[w]!.until <= from) w += 1;
    while (n < will.length && will[n]!.until <= from) n += 1;
    const people = (span: Span<OnCall> | undefined) => (span && span.from <= from ? span.value.people.toSorted() : []);
    const [before, after] = [people(was[w]), people(will[n])];
    if (before.join() !== after.join()) pieces.push({ from, until, value: { before, after } });
  });
  const same = (a: { before: readonly string[]; after: readonly string[] }, b: typeof a) => a.before.join() === b.before.join() && a.after.join() === b.after.join();
  return clip(merge(pieces, same), window).map(({ from, until, value }) => ({ from, until, ...value }));
}
