import * as z from 'zod';
import { compute, flag, instant, many, mayOf, number, page, pageInput, Ref, title, verb, version } from '#kernel/contract.ts';

const count = z.number().int();
const format = z.enum(['backstage', 'ansible', 'terraform', 'kubernetes', 'csv', 'quarterdeck']);
const path = z
  .string()
  .trim()
  .max(500)
  .regex(/^(?!\/)(?!.*(^|\/)\.\.(\/|$))[^\\\0]*$/, 'Write a path below the import directory, such as inventories/prod, without .. in it.');
const everyMinutes = z.coerce.number().int().min(5, 'Every 5 minutes at most.').max(44_640).nullable();
const applies = z.enum(['after a look', 'by itself']);
const archiveAfterDays = z.coerce.number().int().min(0).max(3650);
/** What the format asks for, such as the columns of a CSV; checked by its reader. */
const options = z.record(z.string().max(100), z.json()).refine((given) => JSON.stringify(given).length <= 20_000, 'The settings are too long.');
/** Owner as the source names it → number of the team that is meant. */
const owners = z.record(z.string().max(400), number).refine((given) => Object.keys(given).length <= 500, 'At most 500 owners can be named.');

const Counts = z.object({ create: count, change: count, match: count, return: count, stale: count, conflict: count, edges: count, same: count });
export const Finding = z
  .object({
    level: z.enum(['error', 'warning', 'info']),
    code: z.string(),
    file: z.string().nullable(),
    line: count.nullable(),
    subject: z.string().nullable(),
    value: z.string().nullable(),
    sentence: z.string(),
  })
  .meta({ id: 'ImportFinding' });

export const ImportSource = z
  .object({
    id: z.uuid(),
    number: z.string(),
    name: z.string(),
    format,
    /** Empty: its files are uploaded. */
    path: z.string(),
    options: z.record(z.string(), z.json()),
    owners: z.record(z.string(), z.string()),
    everyMinutes: count.nullable(),
    applies,
    archiveAfterDays: count,
    team: Ref.nullable(),
    openedAt: instant,
    version: count,
    archived: z.boolean(),
    /** The last read that was understood in full; null: none yet. */
    readAt: instant.nullable(),
    /** When its schedule reads it next; null: somebody asks for it. */
    nextAt: instant.nullable(),
    outcome: z.string(),
    /** Records that it says exist, and those of them that it no longer names. */
    records: count,
    stale: count,
  })
  .meta({ id: 'ImportSource' });
export type ImportSource = z.infer<typeof ImportSource>;

export const ImportRun = z
  .object({
    id: z.uuid(),
    at: instant,
    by: Ref.nullable(),
    state: z.enum(['planned', 'applying', 'applied', 'discarded', 'refused']),
    /** False: something could not be read, so nothing is marked stale. */
    complete: z.boolean(),
    counts: Counts,
    errors: count,
    warnings: count,
    sentence: z.string(),
    endedAt: instant.nullable(),
  })
  .meta({ id: 'ImportRun' });
export type ImportRun = z.infer<typeof ImportRun>;

export const ImportChange = z
  .object({
    position: count,
    op: z.enum(['create', 'change', 'match', 'return', 'stale', 'conflict', 'edge', 'edge changed', 'edge ended']),
    name: z.string(),
    ref: z.string(),
    record: Ref.nullable(),
    /** Why it is this one, or why nothing is written. */
    because: z.string(),
    fields: z.array(z.object({ field: z.string(), before: z.string(), after: z.string() })),
  })
  .meta({ id: 'ImportChange' });
export type ImportChange = z.infer<typeof ImportChange>;

export const importVerbs = {
  imports: verb('GET /imports', {
    can: 'catalog.read',
    about: 'list the sources that the catalog is read from',
    input: { ...pageInput, archived: flag.default(false) },
    output: page(ImportSource),
  }),
  import: verb('GET /imports/{number}', {
    can: 'catalog.read',
    about: 'look at a source of the catalog and its last runs',
    input: { number },
    output: z.object({ source: ImportSource, runs: z.array(ImportRun), may: mayOf('updateImport', 'readImport', 'retireImport') }),
  }),
  createImport: verb('POST /imports', {
    can: 'catalog.import',
    about: 'add a source that the catalog is read from',
    input: {
      name: title,
      format,
      path: path.default(''),
      options: options.default({}),
      owners: owners.default({}),
      everyMinutes: everyMinutes.default(null),
      applies: applies.default('after a look'),
      archiveAfterDays: archiveAfterDays.default(14),
      team: number.optional(),
    },
    output: ImportSource,
  }),
  updateImport: verb('POST /imports/{number}', {
    can: 'catalog.import',
    about: 'change a source of the catalog',
    input: {
      number,
      version,
      name: title.optional(),
      path: path.optional(),
      options: options.optional(),
      owners: owners.optional(),
      everyMinutes: everyMinutes.optional(),
      applies: applies.optional(),
      archiveAfterDays: archiveAfterDays.optional(),
      team: number.nullable().optional(),
    },
    output: ImportSource,
  }),
  lookAtCsv: compute('POST /imports/look', {
    can: 'catalog.import',
    about: 'look at the columns of a CSV table before it is read',
    /** The beginning of the file: its header and a few rows are enough. */
    input: { base64: z.base64().min(1).max(200_000) },
    output: z.object({
      headers: z.array(z.string()),
      /** The first rows, as they are. */
      rows: z.array(z.array(z.string())),
      /** What a column can be. */
      fields: z.array(z.string()),
      /** Field → header of the column that it is probably in. */
      suggested: z.record(z.string(), z.string()),
      findings: z.array(Finding),
    }),
  }),
  retireImport: verb('POST /imports/{number}/retire', {
    can: 'catalog.import',
    about: 'read a source no longer; what it brought in stays',
    input: { number, version },
    output: ImportSource,
  }),
  readImport: verb('POST /imports/{number}/read', {
    can: 'catalog.import',
    about: 'read a source from its path now; the plan follows in a moment',
    input: { number },
    output: ImportSource,
  }),
  run: verb('GET /import-runs/{id}', {
    can: 'catalog.read',
    about: 'look at one read of a source: what it would change, and what is wrong with it',
    input: {
      id: z.uuid(),
      limit: z.coerce.number().int().min(1).max(500).default(100),
      after: z.coerce.number().int().min(-1).default(-1),
      op: many(ImportChange.shape.op).optional(),
    },
    output: z.object({
      source: Ref,
      run: ImportRun,
      changes: z.array(ImportChange),
      /** Position to go on after; null on the last page. */
      next: count.nullable(),
      findings: z.array(Finding),
      /** Owners as the source names them, and the team that they were taken for. */
      owners: z.array(z.object({ ref: z.string(), name: z.string(), kind: z.enum(['team', 'person']), matched: Ref.nullable() })),
      /** Records written so far while it is applied; null before and after. */
      written: count.nullable(),
      may: mayOf('applyRun', 'discardRun'),
    }),
  }),
  applyRun: verb('POST /import-runs/{id}/apply', {
    can: 'catalog.import',
    about: 'apply what a read would change; it goes on in the background',
    input: { id: z.uuid() },
    output: ImportRun,
  }),
  discardRun: verb('POST /import-runs/{id}/discard', { can: 'catalog.import', about: 'put a plan away without applying it', input: { id: z.uuid() }, output: ImportRun }),
} as const;
