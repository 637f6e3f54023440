/** Every time zone the browser knows, for a list. */
export function zoneOptions(first: readonly string[] = []): { value: string; label: string }[] {
  return [...new Set([...first, 'UTC', ...Intl.supportedValuesOf('timeZone')])].toSorted().map((value) => ({ value, label: value.replaceAll('_', ' ') }));
}
