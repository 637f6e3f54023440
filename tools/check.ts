import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const bin = (name: string) => `${root}node_modules/.bin/${name}`;

interface Step {
  readonly name: string;
  readonly command: string;
  readonly parameters: readonly string[];
}

/** Longest first, so that the last one running is a short one. */
const steps: readonly Step[] = [
  { name: 'types: server', command: bin('tsc'), parameters: ['-p', 'tsconfig.server.json'] },
  { name: 'types: web', command: bin('tsc'), parameters: ['-p', 'tsconfig.web.json'] },
  { name: 'lint', command: bin('oxlint'), parameters: ['--type-aware', '--deny-warnings'] },
  { name: 'dead code', command: bin('knip'), parameters: ['--no-progress', '--no-config-hints'] },
  { name: 'types: pure', command: bin('tsc'), parameters: ['-p', 'tsconfig.pure.json'] },
  { name: 'architecture', command: process.execPath, parameters: ['--test', '--test-reporter=dot', 'src/architecture.test.ts'] },
  { name: 'format', command: bin('oxfmt'), parameters: ['--check'] },
  { name: 'lock', command: process.execPath, parameters: ['tools/lock-check.ts'] },
];

const atOnce = 3;

function run({ name, command, parameters }: Step): Promise<boolean> {
  const began = performance.now();
  return new Promise((resolve) => {
    const child = spawn(command, parameters, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    const finish = (passed: boolean) => {
      const seconds = ((performance.now() - began) / 1000).toFixed(1);
      console.log(`${passed ? 'ok    ' : 'FAILED'} ${seconds.padStart(5)} s  ${name}`);
      if (!passed) console.log(output.trimEnd().replaceAll(/^/gm, '    '));
      resolve(passed);
    };
    child.on('error', (error) => {
      output += error.message;
      finish(false);
    });
    child.on('close', (code) => finish(code === 0));
  });
}

async function worker(queue: Step[]): Promise<number> {
  let failed = 0;
  for (let step = queue.shift(); step; step = queue.shift()) if (!(await run(step))) failed += 1;
  return failed;
}

const began = performance.now();
const queue = [...steps];
const failures = await Promise.all(Array.from({ length: atOnce }, () => worker(queue)));
const failed = failures.reduce((sum, one) => sum + one, 0);
console.log(`${steps.length - failed} of ${steps.length} checks passed in ${((performance.now() - began) / 1000).toFixed(1)} s`);
process.exitCode = failed === 0 ? 0 : 1;
