export type Columns = Readonly<Record<string, string>>;

/** The field that a column is, or '' for one that is kept as an attribute. */
export const fieldOf = (columns: Columns, header: string): string => Object.keys(columns).find((field) => columns[field] === header) ?? '';

/** Each field is one column and each column one field: what is given to another leaves where it was. */
export function mapped(columns: Columns, header: string, field: string): Columns {
  const others = Object.fromEntries(Object.entries(columns).filter(([one, other]) => one !== field && other !== header));
  return field ? { ...others, [field]: header } : others;
}
