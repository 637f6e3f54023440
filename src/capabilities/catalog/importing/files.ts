import { open, readdir, realpath, stat } from 'node:fs/promises';
import { matchesGlob, join, relative, sep } from 'node:path';
import type { InputFile } from '../importers/reading.ts';

const FILE_MOST = 21 * 1024 * 1024;
const TOTAL_MOST = 52 * 1024 * 1024;
const FILES_MOST = 10_001;
const LEFT_OUT = new Set(['.git', 'node_modules', '.terraform', '.venv']);

/** Why a path cannot be read; the sentence is for whoever set the source up. */
export class Unreadable extends Error {}

/** The files of a source below the directory that the configuration allows; links that lead out of it are not followed. */
export async function filesBelow(root: string, path: string, accepts: readonly string[]): Promise<readonly InputFile[]> {
  const base = await realpath(root).catch(() => {
    throw new Unreadable(`The import directory ${root} does not exist on this machine. Make it, or set QD_IMPORT_DIR.`);
  });
  const start = await realpath(join(base, path)).catch(() => {
    throw new Unreadable(`There is nothing at ${path} below the import directory.`);
  });
  if (start !== base && !start.startsWith(base + sep)) throw new Unreadable(`${path} leads out of the import directory.`);
  if ((await stat(start)).isFile()) return [{ path: start.slice(start.lastIndexOf(sep) + 1), bytes: await readWhole(start) }];
  const found: InputFile[] = [];
  let total = 0;
  for await (const file of walk(start, base)) {
    const name = relative(start, file).split(sep).join('/');
    if (!accepts.some((pattern) => matchesGlob(name, `**/${pattern}`) || matchesGlob(name, pattern))) continue;
    const bytes = await readWhole(file);
    total += bytes.length;
    found.push({ path: name, bytes });
    if (found.length > FILES_MOST || total > TOTAL_MOST) break;
  }
  return found;
}

async function* walk(folder: string, base: string): AsyncGenerator<string> {
  const entries = (await readdir(folder, { withFileTypes: true })).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && !LEFT_OUT.has(entry.name)) yield* walk(path, base);
    else if (entry.isFile()) yield path;
    else if (entry.isSymbolicLink()) {
      const target = await realpath(path).catch(() => '');
      if (target.startsWith(base + sep) && (await stat(target)).isFile()) yield path;
    }
  }
}

/** At most a little more than a reader takes, so that a larger file is refused by its size and not read. */
async function readWhole(path: string): Promise<Uint8Array> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const bytes = new Uint8Array(Math.min(size, FILE_MOST));
    await file.read(bytes, 0, bytes.length, 0);
    return bytes;
  } finally {
    await file.close();
  }
}
