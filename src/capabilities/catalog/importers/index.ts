import { ansible } from './ansible/index.ts';
import { backstage } from './backstage/index.ts';
import { csv } from './csv/index.ts';
import { guard } from './input.ts';
import { kubernetes } from './kubernetes/index.ts';
import { quarterdeck } from './quarterdeck/index.ts';
import { openFindings } from './reading.ts';
import type { Draft, Importer, InputFile, Reading } from './reading.ts';
import { settle } from './settle.ts';
import { terraform } from './terraform/index.ts';

/** Every format the catalog imports. A format is one file or folder and a sample; delete it and its line here, and it is gone. */
export const importers = { backstage, ansible, terraform, kubernetes, csv, quarterdeck } as const satisfies Readonly<Record<string, Importer>>;
export type ImporterName = keyof typeof importers;

/** Reads a source: throws nothing for any input, always ends, and says in findings what it could not or would not take. */
export function readSource(format: ImporterName, files: readonly InputFile[], options: unknown = {}): Reading {
  const findings = openFindings();
  let draft: Draft = { things: [] };
  try {
    const read = guard(files, findings);
    if (read.length > 0) draft = importers[format].read(read, options, findings);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    findings.add('error', 'too-deep', 'This source is nested too deeply, or is too large, to be read.');
  }
  return settle(draft, findings);
}
