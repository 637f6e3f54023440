import { spawn, spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { fileURLToPath } from 'node:url';
import { startTestServer } from '#testing/postgres.ts';

// npm test [PATTERN …] [--no-browser]: a pattern is a part of a test file's path.
const root = fileURLToPath(new URL('..', import.meta.url));
const given = process.argv.slice(2);
const patterns = given.filter((one) => !one.startsWith('--'));
const unknown = given.find((one) => one.startsWith('--') && one !== '--no-browser');

interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const none: Counts = { passed: 0, failed: 0, skipped: 0 };
const oneFailed: Counts = { passed: 0, failed: 1, skipped: 0 };

function find(...globs: string[]): string[] {
  const all = globSync(globs, { cwd: root }).toSorted();
  return patterns.length === 0 ? all : all.filter((path) => patterns.some((pattern) => path.includes(pattern)));
}

/** True when there are no built pages, or one of their sources is newer. */
function isBuildStale(): boolean {
  const built = join(root, 'dist/web/index.html');
  if (!existsSync(built)) return true;
  const made = statSync(built).mtimeMs;
  const sources = globSync(['src/**/*.{ts,tsx,css,html,svg}', 'package-lock.json'], { cwd: root });
  return sources.some((path) => !path.endsWith('.test.ts') && statSync(join(root, path)).mtimeMs > made);
}

function build(): boolean {
  const began = performance.now();
  const { status, stdout, stderr } = spawnSync('npm', ['run', '--silent', 'build'], { cwd: root, encoding: 'utf8' });
  if (status !== 0) console.error(`${stdout}${stderr}\nthe pages could not be built`);
  console.log(`pages built in ${seconds(began)}`);
  return status === 0;
}

async function runUnits(files: readonly string[]): Promise<Counts> {
  const server = await startTestServer();
  process.env['QD_TEST_ADMIN_URL'] = server.adminUrl;
  process.env['QD_TEST_APP_URL'] = server.appUrl;
  const stopEarly = () => void server.stop().finally(() => process.exit(130));
  process.on('SIGINT', stopEarly).on('SIGTERM', stopEarly);
  try {
    return await runFiles(files);
  } finally {
    await server.stop();
    process.off('SIGINT', stopEarly).off('SIGTERM', stopEarly);
  }
}

function runFiles(files: readonly string[]): Promise<Counts> {
  return new Promise((resolve, reject) => {
    let counts = none;
    const stream = run({ files: files.map((path) => join(root, path)), concurrency: 2, cwd: root, timeout: 180_000 });
    stream.on('test:summary', ({ file, counts: total }) => {
      const skipped = total.skipped + total.todo;
      if (file === undefined) counts = { passed: total.passed, failed: total.tests - total.passed - skipped, skipped };
    });
    stream.on('error', reject).on('end', () => resolve(counts));
    stream.compose(spec).pipe(process.stdout, { end: false });
  });
}

interface Report {
  readonly stats: { readonly expected: number; readonly unexpected: number; readonly flaky: number; readonly skipped: number };
}

/** A flaky journey counts as failed: a test that passes only sometimes is wrong. */
async function runJourneys(files: readonly string[]): Promise<Counts> {
  const dir = mkdtempSync(join(tmpdir(), 'qd-journeys-'));
  const report = join(dir, 'report.json');
  try {
    const parameters = ['playwright', 'test', '-c', 'e2e/playwright.config.ts', '--reporter=list,json', ...files];
    const env = { ...process.env, PLAYWRIGHT_JSON_OUTPUT_NAME: report };
    await new Promise((resolve, reject) => {
      spawn('npx', parameters, { cwd: root, stdio: 'inherit', env }).on('close', resolve).on('error', reject);
    });
    if (!existsSync(report)) return oneFailed;
    const { stats } = JSON.parse(readFileSync(report, 'utf8')) as Report;
    const failed = stats.unexpected + stats.flaky;
    return { passed: stats.expected, failed: stats.expected + failed + stats.skipped === 0 ? 1 : failed, skipped: stats.skipped };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

function seconds(since: number): string {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}

async function main(): Promise<void> {
  const began = performance.now();
  const units = find('src/**/*.test.{ts,tsx}', 'tools/**/*.test.ts');
  const withBrowser = !given.includes('--no-browser') && existsSync(join(root, 'e2e/playwright.config.ts'));
  const journeys = withBrowser ? find('e2e/**/*.journey.ts') : [];
  if (units.length + journeys.length === 0) throw new Error(`no test file has ${patterns.join(' or ') || 'been written'}`);

  const results: Counts[] = [];
  if ((patterns.length === 0 || journeys.length > 0) && existsSync(join(root, 'src/web/main.tsx')) && isBuildStale() && !build()) results.push(oneFailed);
  if (units.length > 0) {
    const since = performance.now();
    results.push(await runUnits(units));
    console.log(`${units.length} test files in ${seconds(since)}`);
  }
  if (journeys.length > 0) {
    const since = performance.now();
    results.push(await runJourneys(journeys));
    console.log(`${journeys.length} journey files in ${seconds(since)}`);
  }
  const sum = (key: keyof Counts) => results.reduce((total, one) => total + one[key], 0);
  console.log(`\nin ${seconds(began)}\n${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`);
  process.exitCode = sum('failed') === 0 && sum('passed') > 0 ? 0 : 1;
}

if (unknown) {
  console.error(`${unknown} is not known: npm test -- [PATTERN …] [--no-browser]`);
  process.exitCode = 2;
} else await main();
