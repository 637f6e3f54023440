import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { clientOf, Refusal, type ClientOf } from '#kernel/client.ts';
import type { ProblemBody } from '#kernel/problem.ts';
import { contracts } from '#contracts';
import { connection, type Remembered } from './connection.ts';
import { readFlags, Usage } from './usage.ts';

type Catalog = ClientOf<(typeof contracts)['catalog']>;
const SHOWN = 40;
const LEFT_OUT = new Set(['.git', 'node_modules', '.terraform']);

async function answered(answer: Response): Promise<Response> {
  if (answer.ok) return answer;
  throw new Refusal((await answer.json()) as ProblemBody);
}

/** `qd export`: the catalog as the desk's own YAML, on the standard output. */
export async function exportCommand(): Promise<void> {
  const { url, token } = connection();
  const answer = await answered(await fetch(`${url}/api/v1/catalog/export`, { headers: { authorization: `Bearer ${token}` } }));
  process.stdout.write(await answer.text());
}

/** `qd apply PATH … [--source NAME] [--yes]`: files of the desk's own YAML; shows what would change, asks, applies. */
export async function applyCommand(parameters: readonly string[]): Promise<void> {
  const { positional, named } = readFlags(parameters);
  if (positional.length === 0) throw new Usage('Name files or folders: qd apply catalog.yaml');
  const desk = connection();
  const catalog = clientOf(contracts.catalog, { baseUrl: desk.url, token: desk.token });
  const name = named.get('source')?.[0] ?? 'qd apply';
  const { items } = await catalog.imports({ limit: 200 });
  const source = items.find((one) => one.name === name && one.format === 'quarterdeck') ?? (await catalog.createImport({ name, format: 'quarterdeck' }));
  await runSource({ desk, catalog, number: source.number }, positional, named.has('yes'));
}

/** `qd import IMP-1 PATH … [--yes]`: files for any source of the catalog. */
export async function importCommand(parameters: readonly string[]): Promise<void> {
  const { positional, named } = readFlags(parameters);
  const [number, ...paths] = positional;
  if (!number || paths.length === 0) throw new Usage('Name a source and files or folders: qd import IMP-1 inventories/prod');
  const desk = connection();
  await runSource({ desk, catalog: clientOf(contracts.catalog, { baseUrl: desk.url, token: desk.token }), number }, paths, named.has('yes'));
}

interface Target {
  readonly desk: Remembered;
  readonly catalog: Catalog;
  readonly number: string;
}

async function runSource({ desk, catalog, number }: Target, paths: readonly string[], yes: boolean): Promise<void> {
  const files = paths.flatMap(filesOf);
  if (files.length === 0) throw new Usage(`There is no file at ${paths.join(', ')}.`);
  const answer = await answered(
    await fetch(`${desk.url}/api/v1/imports/${number}/upload`, {
      method: 'POST',
      headers: { authorization: `Bearer ${desk.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ files }),
    }),
  );
  const { run: id } = (await answer.json()) as { run: string };
  const { run, changes, next, findings } = await catalog.run({ id, limit: SHOWN });
  for (const { level, file, line, sentence } of findings) say(`${level}: ${file ?? ''}${line === null ? '' : `:${line}`}${file === null ? '' : ' '}${sentence}`);
  for (const { op, name, because, fields } of changes)
    say(
      `${op.padEnd(12)} ${name}${fields.length === 0 ? ` (${because})` : `: ${fields.map(({ field, before, after }) => (before === '' ? `${field} ${after}` : `${field} ${before} → ${after}`)).join('; ')}`}`,
    );
  if (next !== null) say(`… and more: ${desk.url}/import-runs/${id}`);
  say(run.sentence);
  if (run.state !== 'planned') throw new Usage('Nothing was applied.');
  if (!yes && !(await agreed())) {
    await catalog.discardRun({ id });
    say('Put away; nothing was applied.');
    return;
  }
  await catalog.applyRun({ id });
  let last = run;
  while (last.state === 'planned' || last.state === 'applying') {
    await wait(300);
    last = (await catalog.run({ id, limit: 1 })).run;
  }
  say(last.state === 'applied' ? 'Applied.' : last.sentence);
  if (last.state !== 'applied') throw new Usage('Nothing was applied.');
}

function filesOf(path: string): { path: string; base64: string }[] {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return [];
  if (stat.isFile()) return [{ path: path.split(sep).at(-1)!, base64: readFileSync(path).toString('base64') }];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.split(sep).some((part) => LEFT_OUT.has(part)))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({ path: relative(path, file).split(sep).join('/'), base64: readFileSync(file).toString('base64') }));
}

async function agreed(): Promise<boolean> {
  if (!process.stdin.isTTY) throw new Usage('Nothing was applied: say --yes to apply without being asked.');
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question('Apply this? (y/N) ');
  terminal.close();
  return /^y(es)?$/i.test(answer.trim());
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
