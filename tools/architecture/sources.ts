import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A file as the rules see it: its path from the root of the repository, and its text. */
export interface Source {
  readonly path: string;
  readonly text: string;
}

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** Every source, migration and page of documentation of the repository. */
export function readSources(): Source[] {
  const globs = ['src/**/*.{ts,tsx}', 'tools/**/*.ts', 'bench/**/*.ts', 'e2e/**/*.ts', 'migrations/*.sql', 'docs/**/*.md', '*.md'];
  return globSync(globs, { cwd: root })
    .toSorted()
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

const statement = /^\s*(?:import|export)\b[^;'"]*?\bfrom\s*['"]([^'"]+)['"]/gm;
const bare = /^\s*import\s*['"]([^'"]+)['"]/gm;
const dynamic = /\bimport\(\s*['"]([^'"]+)['"]\s*\)/g;

/** What a file imports or re-exports: repository paths for its own files, else the package's name as written. */
export function importsOf({ path, text }: Source): string[] {
  const code = withoutComments(text);
  return [statement, bare, dynamic].flatMap((form) => [...code.matchAll(form)].map(([, target = '']) => resolved(path, target)));
}

const aliases: Readonly<Record<string, string>> = { '#contracts': 'src/contracts.ts', '#modules': 'src/modules.ts' };

function resolved(from: string, target: string): string {
  if (target.startsWith('.')) return normalize(join(dirname(from), target));
  return aliases[target] ?? target.replace(/^#(kernel|capabilities|testing|web)\//, 'src/$1/');
}

/** Block comments and whole comment lines become blank, so that line numbers stay. */
export function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, (found) => found.replace(/[^\n]/g, ' ')).replace(/^\s*(\/\/|--).*$/gm, '');
}

export function isTest(path: string): boolean {
  return path.endsWith('.test.ts') || path.startsWith('src/testing/');
}

/** `oncall` for a file below `src/capabilities/oncall/`. */
export function capabilityOf(path: string): string | undefined {
  return /^src\/capabilities\/([^/]+)\//.exec(path)?.[1];
}

/** The path inside its capability, such as `rules/index.ts`. */
export function insideOf(path: string): string {
  return path.replace(/^src\/capabilities\/[^/]+\//, '');
}

export function isShape(path: string): boolean {
  return capabilityOf(path) !== undefined && /^(contract|rules)(\.ts|\/)/.test(insideOf(path));
}

export function isStore(path: string): boolean {
  return capabilityOf(path) !== undefined && /^store(\.ts|\/)/.test(insideOf(path));
}

export function isWeb(path: string): boolean {
  return path.startsWith('src/web/') || insideOf(path).startsWith('web/');
}
