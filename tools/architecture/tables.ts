import { capabilityOf, isStore, isTest, type Source, withoutComments } from './sources.ts';

interface Table {
  readonly name: string;
  /** `kernel` or a capability */
  readonly owner: string;
  readonly migration: string;
}

/** Tables as all migrations leave them: one that a later migration renames belongs to that migration's capability from then on. */
export function tablesOf(sources: readonly Source[]): Table[] {
  const all = migrations(sources).toSorted((one, other) => one.path.localeCompare(other.path));
  const tables = new Map<string, Table>();
  for (const { path, text } of all) {
    const owner = ownerOf(path);
    const sql = withoutComments(text);
    if (!owner) continue;
    for (const [, name = ''] of sql.matchAll(/\bcreate\s+(?:unlogged\s+)?table\s+(?:if\s+not\s+exists\s+)?(\w+)/gi)) tables.set(name, { name, owner, migration: path });
    for (const [, before = '', name = ''] of sql.matchAll(/\balter\s+table\s+(\w+)\s+rename\s+to\s+(\w+)/gi)) {
      tables.delete(before);
      tables.set(name, { name, owner, migration: path });
    }
  }
  return [...tables.values()];
}

function migrations(sources: readonly Source[]): Source[] {
  return sources.filter(({ path }) => path.startsWith('migrations/'));
}

/** `0030-notify.sql` and `0031-notify-digests.sql` belong to notify. */
function ownerOf(path: string): string | undefined {
  return /^migrations\/\d+-([a-z]+)/.exec(path)?.[1];
}

/** Rule 5: a capability's tables carry its name and are made by its migrations. */
export function misnamedTables(sources: readonly Source[]): string[] {
  const misnamed = tablesOf(sources).filter(({ name, owner }) => owner !== 'kernel' && !name.startsWith(`${owner}_`));
  const strays = migrations(sources).filter(({ path }) => !ownerOf(path));
  return [
    ...strays.map(({ path }) => `${path}: a migration is named NUMBER-CAPABILITY.sql`),
    ...misnamed.map(({ name, owner, migration }) => `${migration}: table ${name} is not named ${owner}_…`),
  ];
}

/** Rule 5: SQL, which escapes the types, names a capability's tables only in its store and its migrations. */
export function rawTables(sources: readonly Source[]): string[] {
  const mayName = (path: string, owner: string) => ownerOf(path) === owner || (capabilityOf(path) === owner && isStore(path));
  return namings(sources, (name) => `\\b${name}\\b`).flatMap(({ path, name, owner }) =>
    mayName(path, owner) ? [] : [`${path} names ${name} in SQL: only the store of ${owner} may`],
  );
}

/** Rule 5: the typed name (`notifyPage`) needs the store's own `tables`; it stands in no other capability. */
export function typedTables(sources: readonly Source[]): string[] {
  return namings(sources, (name) => `['"\`]${camel(name)}\\b`).flatMap(({ path, name, owner }) =>
    capabilityOf(path) === owner ? [] : [`${path} names ${camel(name)}: only ${owner} may`],
  );
}

interface Naming extends Table {
  readonly path: string;
}

/** The kernel's own tables are left out: what reads those is asked for `visible()`. */
function namings(sources: readonly Source[], form: (name: string) => string): Naming[] {
  const tables = tablesOf(sources).flatMap((table) => (table.owner === 'kernel' ? [] : [{ ...table, form: new RegExp(form(table.name)) }]));
  return sources.flatMap(({ path, text }) => {
    if (isTest(path) || !/^(src|migrations)\//.test(path)) return [];
    const code = withoutComments(text);
    return tables.filter((table) => table.form.test(code)).map(({ name, owner, migration }) => ({ path, name, owner, migration }));
  });
}

function camel(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** Decision 10: what reads records or the log outside the kernel asks who may see them. */
export function unguardedReads(sources: readonly Source[]): string[] {
  const reads = /(?:selectFrom|Join)\(\s*\[?['"](?:record|activity)\b|\b(?:from|join)\s+(?:record|activity)\b(?!_)/;
  return sources.flatMap(({ path, text }) => {
    if (isTest(path) || !capabilityOf(path)) return [];
    const code = withoutComments(text);
    const isGuarded = /\bvisible\(/.test(code) || /visibility = 'everyone'/.test(code);
    return reads.test(code) && !isGuarded ? [`${path} reads record or activity without visible()`] : [];
  });
}

const clocks = /(?<![.\w])now\(\)|\b(?:current_timestamp|current_date|current_time|localtimestamp|localtime)\b|\b(?:clock|statement|transaction)_timestamp\(/i;

/** Decision 7: SQL reads no clock; time comes in as `now`. */
export function clocksInSql(sources: readonly Source[]): string[] {
  return sources.flatMap(({ path, text }) => {
    if (isTest(path)) return [];
    const code = withoutComments(text);
    const sql = path.startsWith('migrations/') || isStore(path) ? [code] : [...code.matchAll(/\bsql(?:<[^`]*>)?`[^`]*`/g)].map(([found]) => found);
    const isSource = path.startsWith('migrations/') || path.startsWith('src/');
    return isSource && sql.some((one) => clocks.test(one)) ? [`${path}: SQL reads the clock of the database`] : [];
  });
}
