import { Select } from '#web/ui/Field.tsx';

export const deviceZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';

/** Every IANA zone the browser knows, the wanted one chosen. */
export function ZoneSelect({ chosen = deviceZone() }: { readonly chosen?: string }) {
  const zones = new Set([chosen, 'UTC', ...Intl.supportedValuesOf('timeZone')]);
  return <Select defaultValue={chosen} options={[...zones].toSorted().map((value) => ({ value, label: value.replaceAll('_', ' ') }))} />;
}
