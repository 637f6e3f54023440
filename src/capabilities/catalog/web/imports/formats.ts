import { Boxes, FileTerminal, Layers, ScrollText, Ship, Table2 } from 'lucide-react';
import type { Picture } from '#web/ui/Icon.tsx';
import { words } from './words.ts';

export type FormatName = keyof typeof words.formats;

interface Format {
  readonly id: FormatName;
  readonly icon: Picture;
  /** Names of files that are taken out of a folder. */
  readonly fits: RegExp;
}

/** Every format that can be imported, in the order in which it is offered. */
export const FORMATS: readonly Format[] = [
  { id: 'backstage', icon: Layers, fits: /\.ya?ml$/i },
  { id: 'ansible', icon: FileTerminal, fits: /(^|\/)(hosts|inventory)$|\.(ini|ya?ml|json)$/i },
  { id: 'terraform', icon: Boxes, fits: /\.(tfstate|json)$/i },
  { id: 'kubernetes', icon: Ship, fits: /\.(json|ya?ml)$/i },
  { id: 'csv', icon: Table2, fits: /\.(csv|tsv|txt)$/i },
  { id: 'quarterdeck', icon: ScrollText, fits: /\.ya?ml$/i },
];

export const formatOf = (said: string | undefined) => FORMATS.find(({ id }) => id === said);
