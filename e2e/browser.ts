import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ARGUMENTS = ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'];

/**
 * The Chromium that comes through npm, unpacked into a folder named after its version (it reuses whatever it finds).
 * Where the system lacks its libraries, those of its own package are used.
 */
export async function browserLaunch(): Promise<{ executablePath: string; args: string[]; env: Record<string, string> }> {
  const manifest = join(import.meta.dirname, '../node_modules/@sparticuz/chromium/package.json');
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
  const folder = join(tmpdir(), `quarterdeck-chromium-${version}`);
  mkdirSync(folder, { recursive: true });
  process.env['TMPDIR'] = folder;
  const bare = !hasLibraries();
  // The package unpacks its own libraries only where it believes to run on a bare system.
  if (bare) process.env['AWS_LAMBDA_JS_RUNTIME'] ??= 'nodejs22.x';
  const { default: chromium } = await import('@sparticuz/chromium');
  const executablePath = await chromium.executablePath();
  const own = ['al2023', 'al2'].map((name) => join(folder, name, 'lib')).filter((path) => existsSync(path));
  const env = { ...(process.env as Record<string, string>), ...(bare && own.length > 0 ? { LD_LIBRARY_PATH: own.join(':') } : {}) };
  return { executablePath, args: ARGUMENTS, env };
}

function hasLibraries(): boolean {
  const known = spawnSync('ldconfig', ['-p'], { encoding: 'utf8' });
  const listed = known.status === 0 ? known.stdout : spawnSync('/sbin/ldconfig', ['-p'], { encoding: 'utf8' }).stdout;
  return /libnss3\.so/.test(listed ?? '') && /libnspr4\.so/.test(listed ?? '');
}
