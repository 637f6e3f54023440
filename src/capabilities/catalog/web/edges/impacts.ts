import { impact } from '../../contract/index.ts';
import { words } from '../words.ts';

export const IMPACTS = impact.options.map((value) => ({ value, label: words.impacts[value] }));
export const impactOf = (said: string) => impact.safeParse(said).data ?? 'hard';
