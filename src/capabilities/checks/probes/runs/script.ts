import { spawn } from 'node:child_process';
import { constants } from 'node:fs';
import { access, realpath, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { faultOfExit, readFigures, type ScriptConfig } from '../script.ts';
import { ProbeFailed, type Run } from './run.ts';

const MOST_PRINTED = 16_384;
const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

export const script: Run<ScriptConfig> = async (config, { scriptDir, signal }) => {
  if (scriptDir === undefined) throw new ProbeFailed('scripts are off: QD_SCRIPT_PROBES names no directory');
  const file = await fileOf(scriptDir, config.script);
  const { exit, printed } = await ran(file, config.arguments, { directory: scriptDir, signal });
  return { words: faultOfExit(config, exit, printed), body: printed, values: { ...readFigures(printed), exit } };
};

/** The real file of a script; one that leads out of the directory is none. */
async function fileOf(directory: string, name: string): Promise<string> {
  const [real, home] = await Promise.all([realpath(join(directory, name)), realpath(directory)]).catch(() => [undefined, undefined]);
  if (real === undefined || dirname(real) !== home || !(await stat(real)).isFile()) throw new ProbeFailed(`there is no script ${name} in the directory of scripts`);
  await access(real, constants.X_OK).catch(() => {
    throw new ProbeFailed(`${name} may not be run: it is not executable`);
  });
  return real;
}

interface Place {
  readonly directory: string;
  readonly signal: AbortSignal;
}

/** Runs a file without a shell, in a process group of its own; at the end of its time the whole group is killed. */
function ran(file: string, parameters: readonly string[], { directory, signal }: Place): Promise<{ readonly exit: number; readonly printed: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, parameters, { cwd: directory, detached: true, stdio: ['ignore', 'pipe', 'ignore'], env: { PATH, LANG: 'C.UTF-8' } });
    const chunks: Buffer[] = [];
    let size = 0;
    const kill = () => {
      if (child.pid !== undefined) killGroup(child.pid);
      child.stdout.destroy();
    };
    if (signal.aborted) kill();
    signal.addEventListener('abort', kill, { once: true });
    child.stdout.on('data', (chunk: Buffer) => {
      if (size < MOST_PRINTED) chunks.push(chunk.subarray(0, MOST_PRINTED - size));
      size += chunk.length;
    });
    child.once('error', (error) => reject(new ProbeFailed(`it cannot be run: ${error.message}`)));
    child.once('exit', (code, killed) => {
      if (child.pid !== undefined) killGroup(child.pid);
      const end = () => {
        signal.removeEventListener('abort', kill);
        child.stdout.destroy();
        if (code === null) reject(new ProbeFailed(`it was killed by ${killed}`));
        else resolve({ exit: code, printed: Buffer.concat(chunks).toString('utf8') });
      };
      // A child of it that left the group could hold its output open for ever: what was printed by then counts.
      const timer = setTimeout(end, 200);
      child.once('close', () => {
        clearTimeout(timer);
        end();
      });
    });
  });
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Nothing of the group is left.
  }
}
