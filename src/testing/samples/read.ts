import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** The files of a sample that fit the glob, as an importer takes them. */
export function sampleFiles(folder: string, glob = '**/*'): { path: string; bytes: Uint8Array }[] {
  const root = path.join(import.meta.dirname, folder);
  const names = globSync(glob, { cwd: root, withFileTypes: true }).filter((entry) => entry.isFile());
  return names.map((entry) => {
    const file = path.join(entry.parentPath, entry.name);
    return { path: path.relative(root, file), bytes: readFileSync(file) };
  });
}
