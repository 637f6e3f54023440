import type { LucideIcon } from 'lucide-react';

export type Picture = LucideIcon;

const SIZES = { 12: 'i i12', 14: 'i i14', 16: 'i', 20: 'i i20' } as const;

/** A picture beside a word; never alone, so it is hidden from assistive technology. */
export function Icon({ of: Of, size = 16, dim }: { readonly of: Picture; readonly size?: keyof typeof SIZES; readonly dim?: true }) {
  return <Of className={dim ? `${SIZES[size]} dim` : SIZES[size]} strokeWidth={1.75} aria-hidden />;
}
