import type { Desk } from '../desk.ts';

/** Path of a record's page in the app, by the kinds that the contracts declare. */
export function pageOf(desk: Desk, record: { readonly kind: string; readonly number: string }): string {
  const kind = desk.modules.map((m) => m.contract.kinds[record.kind]).find((one) => one !== undefined);
  return kind ? kind.page.replace('{number}', record.number) : '/';
}
