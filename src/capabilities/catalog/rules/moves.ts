/** One attribute that is not the same at two times, in words; empty where there is nothing. */
export type FieldMove = { readonly field: string; readonly before: string; readonly after: string };

const WORDS: Readonly<Record<string, string>> = {
  team_id: 'team',
  owner_id: 'lead',
  users_affected: 'users affected',
  rpo_minutes: 'RPO',
  rto_minutes: 'RTO',
  support_hours: 'support hours',
  cloud_id: 'cloud id',
  merged_into: 'merged into',
};

/** What differs between two states of a record or an edge, by the words of the page. `nameOf` names teams and people. */
export function fieldMoves(before: Readonly<Record<string, unknown>>, after: Readonly<Record<string, unknown>>, nameOf: (id: string) => string): readonly FieldMove[] {
  const said = (field: string, value: unknown): string => {
    if (typeof value === 'string') return field.endsWith('_id') && field !== 'cloud_id' ? nameOf(value) : field === 'merged_into' ? nameOf(value) : value;
    if (typeof value === 'number') return field.endsWith('_minutes') ? `${value} min` : `${value}`;
    if (!Array.isArray(value)) return '';
    return (value as readonly (string | { readonly label: string })[]).map((one) => (typeof one === 'string' ? one : one.label)).join(', ');
  };
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((field) => JSON.stringify(before[field] ?? null) !== JSON.stringify(after[field] ?? null))
    .toSorted()
    .map((field) => ({ field: WORDS[field] ?? field, before: said(field, before[field]), after: said(field, after[field]) }));
}
