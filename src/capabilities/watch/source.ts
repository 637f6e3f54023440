import type { Read } from '#kernel/desk.ts';
import type { Scope } from './contract.ts';
import type { Fact } from './rules.ts';

export type Source = (ctx: Read, scope: Scope) => Promise<readonly Fact[]>;

export const said = (words: string) => ({ words, record: null });
export const opening = (label: string, href: string, number: string | null) => ({ verb: null, label, number, href });
