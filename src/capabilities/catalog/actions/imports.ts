import { iso } from '#kernel/clock.ts';
import { cursorOf, keyOf } from '#kernel/cursor.ts';
import { jsonb } from '#kernel/database.ts';
import type { Actions, Read, Write } from '#kernel/desk.ts';
import { refusePermission, type Actor } from '#kernel/permissions.ts';
import { allow, invalidField, missing } from '#kernel/problem.ts';
import { byNumber, refsOf } from '#kernel/records/index.ts';
import { catalog, type ImportRun, type ImportSource } from '../contract/index.ts';
import { lookAtCsv } from '../importers/csv/index.ts';
import { CSV_FIELDS } from '../importers/csv/mapping.ts';
import { importers, type ImporterName } from '../importers/index.ts';
import type { Finding, Reading } from '../importers/reading.ts';
import { ownersMeant } from '../importing/owners.ts';
import { HIDDEN, refuseImportPath, refuseRun } from '../rules/index.ts';
import { given, ownersOf } from '../shown.ts';
import * as store from '../store/imports.ts';
import { namedOwners } from '../store/world.ts';

const RUNS_SHOWN = 50;
type Verbs = 'imports' | 'import' | 'lookAtCsv' | 'createImport' | 'updateImport' | 'retireImport' | 'readImport' | 'run' | 'applyRun' | 'discardRun';

export const importActions: Pick<Actions<typeof catalog>, Verbs> = {
  async imports(ctx, { limit, cursor, archived }) {
    const [title, id] = keyOf(cursor, 2);
    const rows = await store.importList(ctx.db, ctx.actor, { archived, limit: limit + 1, after: title !== undefined && id ? { title, id } : undefined });
    const items = await shownSources(ctx, rows.slice(0, limit));
    const last = rows.length > limit ? items.at(-1) : undefined;
    return { items, cursor: last ? cursorOf([last.name, last.id]) : null };
  },

  async import(ctx, { number }) {
    const row = await sourceRow(ctx, number);
    const closed = importRefusal(ctx.actor) ?? (row.archivedAt === null ? null : 'This source is retired.');
    return {
      source: await sourceOf(ctx, number),
      runs: await shownRuns(ctx, await store.runsOf(ctx.db, row.id, RUNS_SHOWN)),
      may: { updateImport: closed, retireImport: closed, readImport: closed ?? (row.path === '' ? 'Its files are uploaded: it has no path to read from.' : null) },
    };
  },

  async createImport(ctx, { name, team, owners, options, path, everyMinutes, ...fields }) {
    const { teamId = null } = await ownersOf(ctx, { team });
    allow(refuseImportPath(path, everyMinutes));
    checkOptions(fields.format, options);
    const { id, number } = await ctx.open({ kind: 'import', title: name, words: `${fields.format} ${path}`, teamId, did: 'import.added', data: { format: fields.format, path } });
    await store
      .importTables(ctx.db)
      .insertInto('catalogImport')
      .values({ id, ...fields, path, everyMinutes, options: jsonb(options), owners: jsonb(await ownerIds(ctx, owners)), serials: jsonb({}), readAt: null, outcome: '' })
      .execute();
    return sourceOf(ctx, number);
  },

  async lookAtCsv(_ctx, { base64 }) {
    const { headers, rows, suggested, findings } = lookAtCsv({ path: 'table.csv', bytes: Buffer.from(base64, 'base64') });
    return { headers: [...headers], rows: rows.map((row) => [...row]), fields: [...CSV_FIELDS], suggested, findings: [...findings] };
  },

  async updateImport(ctx, { number, version, name, team, owners, options, ...fields }) {
    const row = await sourceRow(ctx, number);
    await ctx.expect(row.id, version);
    allow(row.archivedAt === null ? undefined : 'This source is retired.');
    allow(refuseImportPath(fields.path ?? row.path, fields.everyMinutes === undefined ? row.everyMinutes : fields.everyMinutes));
    if (options) checkOptions(row.format, options);
    const { teamId } = await ownersOf(ctx, { team });
    const columns = given({ ...fields, ...(options ? { options: jsonb(options) } : {}), ...(owners ? { owners: jsonb(await ownerIds(ctx, owners)) } : {}) });
    const changed = [...Object.keys(columns), ...(name === undefined ? [] : ['name']), ...(teamId === undefined ? [] : ['team'])];
    if (changed.length === 0) {
      ctx.unchanged();
      return sourceOf(ctx, number);
    }
    await ctx.amend(row.id, { ...(name === undefined ? {} : { title: name }), ...(teamId === undefined ? {} : { teamId }) });
    if (Object.keys(columns).length > 0) await store.importTables(ctx.db).updateTable('catalogImport').set(columns).where('id', '=', row.id).execute();
    await ctx.record({ record: row.id, did: 'import.changed', data: { fields: changed } });
    return sourceOf(ctx, number);
  },

  async retireImport(ctx, { number, version }) {
    const row = await sourceRow(ctx, number);
    await ctx.expect(row.id, version);
    allow(row.archivedAt === null ? undefined : 'This source is retired already.');
    await store.discardPlans(ctx.db, row.id, iso(ctx.now));
    await ctx.amend(row.id, { archivedAt: iso(ctx.now) });
    await ctx.record({ record: row.id, did: 'import.retired' });
    return sourceOf(ctx, number);
  },

  async readImport(ctx, { number }) {
    const row = await sourceRow(ctx, number);
    allow(row.archivedAt === null ? undefined : 'This source is retired.');
    allow(row.path === '' ? 'Its files are uploaded: it has no path to read from.' : undefined);
    await ctx.enqueue('catalog.readSource', { import: row.id, actor: ctx.actor.id }, { key: `catalog:read:${row.id}`, queue: `catalog:${row.id}` });
    await ctx.record({ record: row.id, did: 'import.asked' });
    return sourceOf(ctx, number);
  },

  async run(ctx, { id, limit, after, op }) {
    const { run, source } = await runWithSource(ctx, id);
    const changes = await store.changesOf(ctx.db, id, { after, limit: limit + 1, op });
    const refs = await refsOf(
      ctx.db,
      ctx.actor,
      changes.map(({ recordId }) => recordId),
    );
    const shown = changes.slice(0, limit);
    const hidden = await store.hiddenRefs(ctx.db, ctx.actor, source.id);
    const closed = importRefusal(ctx.actor) ?? refuseRun(run.state) ?? null;
    return {
      source: { id: source.id, kind: 'import', number: source.number, title: source.title },
      run: (await shownRuns(ctx, [run]))[0]!,
      changes: shown.map(({ position, op: what, name, ref, recordId, because, fields }) => ({
        position,
        op: what as 'create',
        // What a record is called is for those who may see it.
        name: recordId !== null && !refs.has(recordId) ? HIDDEN : name,
        ref: recordId !== null && !refs.has(recordId) ? '' : ref,
        record: refs.get(recordId ?? '') ?? null,
        because: recordId !== null && !refs.has(recordId) ? '' : because,
        fields: recordId !== null && !refs.has(recordId) ? [] : fields,
      })),
      next: changes.length > limit ? (shown.at(-1)?.position ?? null) : null,
      findings: (run.findings as readonly Finding[]).filter(
        ({ subject, value, sentence }) => !hidden.some((ref) => [subject, value, sentence].some((text) => text?.includes(ref))),
      ),
      owners: await shownOwners(ctx, source, run.reading as Reading | null),
      written: run.state === 'applying' && run.begunAt !== null ? await store.writtenSince(ctx.db, source.id, run.begunAt) : null,
      may: { applyRun: closed, discardRun: closed },
    };
  },

  async applyRun(ctx, { id }) {
    const { source } = await runWithSource(ctx, id);
    const run = await store.lockRun(ctx.db, id);
    allow(refuseRun(run!.state));
    allow(source.archivedAt === null ? undefined : 'This source is retired.');
    allow((await store.openRuns(ctx.db, source.id)).length === 0 ? undefined : 'Another run of this source is being applied. Wait until it has ended.');
    await store.setRun(ctx.db, id, { state: 'applying', actorId: ctx.actor.id });
    await ctx.enqueue('catalog.applyRun', { run: id }, { key: `catalog:apply:${id}`, queue: `catalog:${source.id}` });
    await ctx.record({ record: source.id, did: 'import.accepted', data: { run: id } });
    return runOf(ctx, id);
  },

  async discardRun(ctx, { id }) {
    const { source } = await runWithSource(ctx, id);
    const run = await store.lockRun(ctx.db, id);
    allow(refuseRun(run!.state));
    await store.setRun(ctx.db, id, { state: 'discarded', endedAt: iso(ctx.now), forget: true });
    await ctx.record({ record: source.id, did: 'import.discarded', data: { run: id } });
    return runOf(ctx, id);
  },
};

type Seer = Pick<Read | Write, 'db' | 'actor'>;

export function importRefusal(actor: Actor): string | undefined {
  return refusePermission(actor, 'catalog.import', catalog.permissions);
}

export async function sourceRow({ db, actor }: Seer, number: string): Promise<store.ImportRow> {
  const row = await store.importByNumber(db, actor, number);
  if (!row) throw missing(number);
  return row;
}

async function runWithSource({ db, actor }: Seer, id: string) {
  const run = await store.runById(db, id);
  const source = run && (await store.importById(db, actor, run.importId));
  if (!run || !source) throw missing('This run');
  return { run, source };
}

/** Settings that the reader of the format would refuse are refused before anything is read. */
function checkOptions(format: string, options: unknown): void {
  const checked = importers[format as ImporterName].options.safeParse(options);
  if (checked.success) return;
  const issue = checked.error.issues[0];
  throw invalidField('options', `The settings do not fit the format: ${issue?.path.join('.')}: ${issue?.message}`);
}

/** Owner as the source names it → id, from the numbers that people choose. */
async function ownerIds({ db, actor }: Seer, owners: Readonly<Record<string, string>>): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const [ref, number] of Object.entries(owners)) {
    const { id, kind } = await byNumber(db, actor, number);
    if (kind !== 'team' && kind !== 'person') throw invalidField('owners', `${number} is neither a team nor a person.`);
    found[ref] = id;
  }
  return found;
}

async function shownSources({ db, actor }: Seer, rows: readonly store.ImportRow[]): Promise<ImportSource[]> {
  const refs = await refsOf(
    db,
    actor,
    rows.flatMap((row) => [row.teamId, ...Object.values(row.owners as Record<string, string>)]),
  );
  return rows.map(({ title, teamId, archivedAt, owners, serials: _, lastRunAt, format, ...row }) => ({
    ...row,
    format: format as ImporterName,
    name: title,
    team: refs.get(teamId ?? '') ?? null,
    owners: Object.fromEntries(Object.entries(owners as Record<string, string>).flatMap(([ref, id]) => (refs.has(id) ? [[ref, refs.get(id)!.number]] : []))),
    archived: archivedAt !== null,
    nextAt: archivedAt !== null || row.everyMinutes === null ? null : nextRead([row.readAt, lastRunAt, row.openedAt], row.everyMinutes),
  }));
}

/** Counted from the last read, whether it was understood or not; one that was never read is due since it was added. */
function nextRead([read, run, opened]: readonly [string | null, string | null, string], everyMinutes: number): string {
  const last = Math.max(...[read, run].map((at) => (at === null ? 0 : Date.parse(at))));
  return iso(last === 0 ? Date.parse(opened) : last + everyMinutes * 60_000);
}

async function sourceOf(ctx: Seer, number: string): Promise<ImportSource> {
  return (await shownSources(ctx, [await sourceRow(ctx, number)]))[0]!;
}

async function shownRuns({ db, actor }: Seer, runs: readonly (store.RunRow & { readonly findings?: unknown })[]): Promise<ImportRun[]> {
  const refs = await refsOf(
    db,
    actor,
    runs.map(({ actorId }) => actorId),
  );
  return runs.map(({ id, at, actorId, state, complete, counts, sentence, endedAt }) => {
    const { errors, warnings, ...rest } = counts;
    return { id, at, by: refs.get(actorId ?? '') ?? null, state, complete, counts: rest, errors, warnings, sentence, endedAt };
  });
}

async function runOf(ctx: Seer, id: string): Promise<ImportRun> {
  return (await shownRuns(ctx, [(await runWithSource(ctx, id)).run]))[0]!;
}

/** Owners of a plan that is still open, for naming those that nobody is found for. */
async function shownOwners({ db, actor }: Seer, source: store.ImportRow, reading: Reading | null) {
  if (reading === null) return [];
  const meant = ownersMeant(reading.owners, source.owners as Record<string, string>, await namedOwners(db));
  const refs = await refsOf(
    db,
    actor,
    [...meant.values()].map(({ id }) => id),
  );
  return reading.owners.map(({ ref, name, kind }) => ({ ref, name, kind, matched: refs.get(meant.get(ref)?.id ?? '') ?? null }));
}
