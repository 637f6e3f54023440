/** "99.9" as a share; nothing when it is no number. */
export function shareOf(typed: string): number | undefined {
  const value = Number(typed.replace('%', '').replace(',', '.').trim());
  return typed.trim() === '' || Number.isNaN(value) ? undefined : Math.round(value * 1e7) / 1e9;
}

/** A share as it is typed: "99.9". */
export const asPercent = (share: number | null | undefined) => (share === null || share === undefined ? '' : String(Math.round(share * 1e9) / 1e7));
