/**
 * The order in which rows are shown when they are read again: those that stood there stay where they were, however
 * often they are heard meanwhile; new ones come in front, those of a further page behind.
 */
export function steady<Row>(before: readonly string[], rows: readonly Row[], keyOf: (row: Row) => string): readonly Row[] {
  const places = new Map(before.map((key, place) => [key, place]));
  const known = rows.filter((row) => places.has(keyOf(row)));
  if (!known.length) return rows;
  const last = rows.findLastIndex((row) => places.has(keyOf(row)));
  const fresh = rows.slice(0, last).filter((row) => !places.has(keyOf(row)));
  const kept = known.toSorted((one, other) => (places.get(keyOf(one)) ?? 0) - (places.get(keyOf(other)) ?? 0));
  return [...fresh, ...kept, ...rows.slice(last + 1)];
}
