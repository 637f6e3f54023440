import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Case, Family } from './case.ts';
import { agrees } from './compare.ts';
import { families } from './families/index.ts';
import { skips } from './skips.ts';

export type Report = {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** One line for each failing case and each family that is not known. */
  readonly lines: readonly string[];
  readonly unknown: readonly string[];
};

type Content = Readonly<Record<string, unknown>>;
type Verdict = 'passed' | 'skipped' | { readonly line: string };

/** A file names its family itself; one that does not is a file of the folder service-management and is named by the file. */
function familyName(file: string, content: Content): string {
  return typeof content['family'] === 'string' ? content['family'] : `service-management/${path.basename(file).replace(/(\.expected)?\.json$/, '')}`;
}

/** Without an adapter the cases can still be counted: a list of cases, else the longest list there is, else one. */
function casesOf(content: Content, family: Family | undefined, name: string): readonly Case[] {
  if (family?.cases) return family.cases(content);
  if (Array.isArray(content['cases'])) return content['cases'] as readonly Case[];
  const longest = Math.max(1, ...Object.values(content).map((value) => (Array.isArray(value) ? value.length : 0)));
  return Array.from({ length: longest }, (_, i) => ({ id: `${name}#${i + 1}`, given: {}, expect: {} }));
}

function judge(family: Family, given: Case): Verdict {
  const show = (value: unknown) => JSON.stringify(value);
  try {
    const answers = family.answer(given);
    const wrong = Object.entries(given.expect)
      .filter(([name, value]) => !agrees(answers[name], value))
      .map(([name]) => name);
    if (wrong.length === 0) return 'passed';
    const pick = (from: Content) => show(Object.fromEntries(wrong.map((name) => [name, from[name] ?? null])));
    return { line: `${given.id}: expected ${pick(given.expect)}, actual ${pick(answers)}` };
  } catch (cause) {
    return { line: `${given.id}: expected ${show(given.expect)}, actual ${String(cause)}` };
  }
}

function verdictOf(given: Case, name: string): Verdict {
  const family = families.find((known) => known.family === name);
  if (skips[given.id] !== undefined || skips[name] !== undefined || family === undefined) return 'skipped';
  return judge(family, given);
}

/** Runs every case file below the folder through the functions the product itself uses. */
export async function runVectors(folder: string): Promise<Report> {
  const found = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.json')).sort();
  const verdicts: Verdict[] = [];
  const unknown: string[] = [];
  for (const file of found) {
    const content = JSON.parse(await readFile(path.join(folder, file), 'utf8')) as Content;
    const name = familyName(file, content);
    const family = families.find((known) => known.family === name);
    if (family === undefined && skips[name] === undefined) unknown.push(`${file}: the family ${name} is not known`);
    else verdicts.push(...casesOf(content, family, name).map((given) => verdictOf(given, name)));
  }
  const lines = verdicts.flatMap((verdict) => (typeof verdict === 'object' ? [verdict.line] : []));
  return {
    passed: verdicts.filter((verdict) => verdict === 'passed').length,
    skipped: verdicts.filter((verdict) => verdict === 'skipped').length,
    failed: lines.length,
    lines: [...lines, ...unknown],
    unknown,
  };
}

async function main(folder: string | undefined): Promise<number> {
  if (folder === undefined) {
    process.stderr.write('usage: npm run vectors -- DIR\n');
    return 1;
  }
  const { passed, failed, skipped, lines, unknown } = await runVectors(folder);
  process.stdout.write([...lines, `${passed} passed, ${failed} failed, ${skipped} skipped`, ''].join('\n'));
  return failed > 0 || unknown.length > 0 || passed + failed + skipped === 0 ? 1 : 0;
}

if (import.meta.main) process.exitCode = await main(process.argv[2]);
