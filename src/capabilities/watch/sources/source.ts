import type { Read } from '#kernel/desk.ts';
import type { Scope } from '../contract.ts';
import type { Fact } from '../rules.ts';

export type Source = (ctx: Read, scope: Scope) => Promise<readonly Fact[]>;
export const said = (words: string) => ({ words, record: null });
export const opening = (label: string, href: string, number: string | null) => ({ verb: null, label, number, href });

/** "1,000 alerts, 998 fire" */
export function together({ count, open }: { readonly count: number; readonly open: number }): string {
  const written = (many: number) => many.toLocaleString('en-US');
  return count === open ? `${written(count)} alerts` : `${written(count)} alerts, ${written(open)} ${open === 1 ? 'fires' : 'fire'}`;
}
