import { spawn } from 'node:child_process';
import { globSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { refuseStart, serve } from '../server.ts';
import { StartRefused } from '#kernel/postgres/refused.ts';

const ROOT = join(import.meta.dirname, '../..');

/** `npm start`: builds the pages when they are older than their sources, then serves. */
export async function start(): Promise<void> {
  await ensurePages();
  await serve().catch(refuseStart);
  await new Promise(() => undefined);
}

/** Builds in a process of its own: a build in this one would leave its memory behind. */
export async function ensurePages(): Promise<void> {
  if (!areStale()) return;
  process.stdout.write('Building the pages (once after each update) …\n');
  const vite = join(ROOT, 'node_modules/vite/bin/vite.js');
  const child = spawn(process.execPath, [vite, 'build', '--config', 'src/web/vite.config.ts', '--logLevel', 'warn'], { cwd: ROOT, stdio: 'inherit' });
  const code = await new Promise<number | null>((resolve) => {
    child.on('exit', resolve);
  });
  if (code !== 0) throw new StartRefused('The pages could not be built; the reason stands above.');
}

function areStale(): boolean {
  const built = statSync(join(ROOT, 'dist/web/index.html'), { throwIfNoEntry: false });
  if (!built) return true;
  const sources = globSync(['src/**/*.{ts,tsx,css,html,svg,webmanifest}', 'package-lock.json'], { cwd: ROOT });
  return sources.some((path) => !path.endsWith('.test.ts') && statSync(join(ROOT, path)).mtimeMs > built.mtimeMs);
}
