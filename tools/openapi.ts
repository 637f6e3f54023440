import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openApiOf } from '#kernel/openapi.ts';
import { readVersion } from '#kernel/release.ts';
import { allContracts } from '#contracts';
import { root } from './architecture/sources.ts';

export const snapshot = join(root, 'docs/openapi.json');

/** The description of the API as it is kept in docs/openapi.json. */
export function written(): string {
  return `${JSON.stringify(openApiOf(allContracts, readVersion()), null, 1)}\n`;
}

/** What is in the snapshot now; empty when there is none. */
export function kept(): string {
  try {
    return readFileSync(snapshot, 'utf8');
  } catch {
    return '';
  }
}

/** `node tools/openapi.ts [--write]`: prints the description, or updates the snapshot. */
if (import.meta.main) {
  if (process.argv.includes('--write')) writeFileSync(snapshot, written());
  else process.stdout.write(written());
}
