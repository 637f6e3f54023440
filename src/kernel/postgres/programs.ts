import { spawn } from 'node:child_process';
import type { Account } from './account.ts';
import { StartRefused } from './refused.ts';

/** The whole environment of the server programs: the caller's locale, zone and PG* names must not reach them. */
export const environment = { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };

interface Call {
  readonly account: Account | undefined;
  readonly input: string;
}

/** Runs a program to its end and gives what it printed, both streams together. */
export function run(program: string, parameters: readonly string[], { account, input }: Call): Promise<{ readonly code: number | null; readonly output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, parameters, { ...account, cwd: '/', env: environment, stdio: 'pipe' });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    child.on('error', (error) => reject(cannotRun(program, error)));
    child.on('close', (code) => resolve({ code, output }));
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
}

/** ENOENT for a program that exists means that its loader is absent: the shipped programs need glibc. */
export function cannotRun(program: string, cause: Error): StartRefused {
  return new StartRefused(`${program} cannot be started here (${cause.message}); the shipped PostgreSQL needs glibc 2.28 or macOS: set DATABASE_URL.`, cause);
}

/** The last lines a program printed, as one sentence. */
export function ended(output: string): string {
  return output.trim().split('\n').slice(-4).join(' ').trim() || 'it printed nothing.';
}
