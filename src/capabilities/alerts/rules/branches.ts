/** A line of a tree that is written as a list: every line stands behind the one that it is under. */
export interface Twig {
  readonly id: string;
  readonly under: string | null;
}

export interface Branch<T extends Twig> {
  readonly twig: T;
  readonly below: readonly Branch<T>[];
}

export function treeOf<T extends Twig>(list: readonly T[], under: string | null = null): readonly Branch<T>[] {
  return list.filter((twig) => twig.under === under).map((twig) => ({ twig, below: treeOf(list, twig.id) }));
}

/** The list of a tree: each line directly behind the one it is under, or behind the lines beside it. */
export function listOf<T extends Twig>(tree: readonly Branch<T>[], under: string | null = null): readonly T[] {
  return tree.flatMap(({ twig, below }) => [{ ...twig, under }, ...listOf(below, twig.id)]);
}

export const MOVES = ['up', 'down', 'in', 'out'] as const;
/** Before the line in front of it, behind the next one, under the one in front of it, or beside the one it is under. */
export type Move = (typeof MOVES)[number];

/** Where a line stands among those beside it. */
function placeOf<T extends Twig>(list: readonly T[], id: string): { readonly twig: T; readonly beside: readonly T[]; readonly at: number } | null {
  const twig = list.find((one) => one.id === id);
  if (!twig) return null;
  const beside = list.filter((one) => one.under === twig.under);
  return { twig, beside, at: beside.indexOf(twig) };
}

export function refuseMove<T extends Twig>(list: readonly T[], id: string, move: Move): string | undefined {
  const place = placeOf(list, id);
  if (!place) return 'It is not there any more.';
  if (move === 'up' && place.at === 0) return 'It is the first here.';
  if (move === 'down' && place.at === place.beside.length - 1) return 'It is the last here.';
  if (move === 'in' && place.at === 0) return 'There is none in front of it to stand under.';
  if (move === 'out' && place.twig.under === null) return 'It stands under none.';
  return undefined;
}

/** The list with the line moved, and with it all lines under it; as it was where the move is refused. */
export function moved<T extends Twig>(list: readonly T[], id: string, move: Move): readonly T[] {
  const place = placeOf(list, id);
  if (!place || refuseMove(list, id, move) !== undefined) return list;
  const { twig, beside, at } = place;
  if (move === 'in') return listOf(treeOf([...list.filter((one) => one !== twig), { ...twig, under: beside[at - 1]!.id }]));
  if (move === 'out') {
    const parent = list.find((one) => one.id === twig.under)!;
    const rest = list.filter((one) => one !== twig);
    const behind = rest.indexOf(parent) + 1;
    return listOf(treeOf([...rest.slice(0, behind), { ...twig, under: parent.under }, ...rest.slice(behind)]));
  }
  const other = beside[move === 'up' ? at - 1 : at + 1];
  return listOf(treeOf(list.map((one) => (one === twig ? other! : one === other ? twig : one))));
}

/** The list with one more line: the last of those under `under`. */
export function added<T extends Twig>(list: readonly T[], twig: T): readonly T[] {
  return listOf(treeOf([...list, twig]));
}

export function idsBelow<T extends Twig>(list: readonly T[], id: string): readonly string[] {
  return listOf(treeOf(list, id)).map((one) => one.id);
}

/** The list without the line and all that stand under it. */
export function removed<T extends Twig>(list: readonly T[], id: string): readonly T[] {
  const gone = new Set([id, ...idsBelow(list, id)]);
  return list.filter((one) => !gone.has(one.id));
}
