/** What a sent form says in a field: its text without blanks around it, '' when the field is not there. Passwords are taken as they are. */
export function fieldText(values: FormData, name: string): string {
  return asTyped(values, name).trim();
}

export function asTyped(values: FormData, name: string): string {
  const value = values.get(name);
  return typeof value === 'string' ? value : '';
}
