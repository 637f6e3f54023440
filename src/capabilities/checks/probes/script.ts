import * as z from 'zod';
import { timing, type Probe } from './shared.ts';

export const scriptConfig = z
  .strictObject({
    kind: z.literal('script'),
    /** Name of a file in the directory of scripts. */
    script: z
      .string()
      .trim()
      .max(200)
      .regex(/^[\w][\w.+-]*$/, 'Write the name of a file in the directory of scripts, like check_disk.'),
    /** Given to it one by one; no shell reads them. */
    arguments: z
      .array(
        z
          .string()
          .max(500)
          .regex(/^[^\0]*$/),
      )
      .max(40)
      .default([]),
    /** What its exit status 1, a warning, counts as. */
    warnings: z.enum(['fail', 'pass']).default('fail'),
    ...timing,
  })
  .meta({ id: 'ScriptProbe' });
export type ScriptConfig = z.infer<typeof scriptConfig>;

const STATES = ['ok', 'warning', 'critical', 'unknown'] as const;

/** Why an exit is a failure, or nothing: statuses as plug-ins of Nagios use them, its first line as the reason. */
export function faultOfExit({ warnings }: Pick<ScriptConfig, 'warnings'>, exit: number, printed: string): string {
  if (exit === 0 || (exit === 1 && warnings === 'pass')) return '';
  const said = (printed.split('\n')[0] ?? '').split('|')[0]!.trim().slice(0, 250);
  const state = STATES[exit] ?? `exit status ${exit}`;
  return said === '' ? state : `${state}: ${said}`;
}

/** The figures behind `|` in what a plug-in prints: `'free space'=12GB;10;5` is 12. At most 40. */
export function readFigures(printed: string): Readonly<Record<string, number>> {
  const [first = '', ...others] = printed.split('\n');
  const behind = [first.split('|').slice(1).join('|'), others.join('\n').split('|').slice(1).join('|')].join(' ');
  const found = [...behind.matchAll(/(?:'((?:[^']|'')+)'|([^\s'=]+))=([+-]?\d+(?:[.,]\d+)?(?:e[+-]?\d+)?)/gi)];
  return Object.fromEntries(found.slice(0, 40).map(([, quoted, bare, value]) => [(quoted?.replaceAll("''", "'") ?? bare ?? '').slice(0, 60), Number(value?.replace(',', '.'))]));
}

export const script: Probe<ScriptConfig> = {
  refuse: () => undefined,
  target: ({ script: name, arguments: given }) => [name, ...given].join(' ').slice(0, 200),
  destination: ({ script: name }) => name,
};
