import * as z from 'zod';
import { slug as slugShape } from '../../contract/shapes.ts';
import { guard } from '../input.ts';
import { declared, importer, openFindings, unsaid } from '../reading.ts';
import type { Finding, Findings, InputFile, Owner, Relation, SourceFile, Thing } from '../reading.ts';
import { countCell, kindCell, lifecycleCell, minutesCell, tierCell, typeCell } from './cells.ts';
import type { Cell } from './cells.ts';
import { csvColumns, suggestedColumns } from './mapping.ts';
import type { CsvColumns, CsvField } from './mapping.ts';
import { delimiterOf, rowsOf } from './rows.ts';
import type { Delimiter, Row } from './rows.ts';

const mostColumns = 300;

/** What the wizard shows before anything is mapped. */
export interface CsvLook {
  readonly delimiter: Delimiter;
  readonly headers: readonly string[];
  /** The first rows, as they are. */
  readonly rows: readonly (readonly string[])[];
  readonly suggested: CsvColumns;
  readonly findings: readonly Finding[];
}

export function lookAtCsv(file: InputFile): CsvLook {
  const findings = openFindings();
  const [source] = guard([file], findings);
  const delimiter = delimiterOf(source?.text ?? '');
  const rows: Row[] = [];
  for (const row of rowsOf(source?.text ?? '', delimiter)) if (rows.push(row) > 5) break;
  const headers = rows[0]?.cells.slice(0, mostColumns) ?? [];
  return { delimiter, headers, rows: rows.slice(1).map(({ cells }) => cells.slice(0, mostColumns)), suggested: suggestedColumns(headers), findings: findings.kept };
}

const options = z.strictObject({
  /** Left out: as the headers suggest. */
  columns: csvColumns.optional(),
  /** What a row is that does not say it. */
  kind: z.enum(['service', 'component']).default('component'),
  /** Type of a component whose row does not say one. */
  type: z.string().max(40).default('host'),
});

interface Line {
  readonly thing: Thing;
  readonly needs: readonly string[];
  readonly owners: readonly Owner[];
}

const listed = (text: string) =>
  text
    .split(/[;|]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
const key = (text: string) => text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();

function readRows({ path: file, text }: SourceFile, given: z.infer<typeof options>, findings: Findings): Line[] {
  const rows = rowsOf(text, delimiterOf(text));
  const header = rows.next().value as Row | undefined;
  const headers = header?.cells ?? [];
  const bad = (line: number | null, code: string, sentence: string, level: Finding['level'] = 'error') => findings.add(level, code, sentence, { file, line });
  if (headers.length > mostColumns) bad(1, 'too-many', `This file has ${headers.length} columns; at most ${mostColumns} are read.`);
  const columns = given.columns ?? suggestedColumns(headers);
  const mapped = new Map<CsvField, number>();
  for (const [field, name] of Object.entries(columns) as [CsvField, string][]) {
    const place = headers.findIndex((one) => key(one) === key(name));
    if (place >= 0) mapped.set(field, place);
    else bad(1, 'missing-column', `There is no column “${name}”; the columns are ${headers.slice(0, 20).join(', ')}.`);
  }
  if (!mapped.has('name')) bad(1, 'no-name-column', `No column holds the name. Say which of these does: ${headers.slice(0, 20).join(', ')}.`);
  if (headers.length > mostColumns || !mapped.has('name')) return [];
  const lines: Line[] = [];
  for (const row of rows) {
    if (row.open) bad(row.line, 'bad-line', 'A quote that begins on this line is never closed, so the rest of the file cannot be read.');
    else if (row.cells.slice(headers.length).some((cell) => cell !== '') || row.cells.length < headers.length) {
      bad(row.line, 'bad-line', `This line has ${row.cells.length} cells, the header has ${headers.length}. A text that holds the separator must stand in quotes.`);
    } else {
      const line = lineOf(row, file, { mapped, headers, given }, (code, sentence, level) => bad(row.line, code, sentence, level));
      if (line !== null) lines.push(line);
    }
  }
  return lines;
}

interface Columns {
  readonly mapped: ReadonlyMap<CsvField, number>;
  readonly headers: readonly string[];
  readonly given: z.infer<typeof options>;
}

function lineOf({ cells, line }: Row, file: string, { mapped, headers, given }: Columns, bad: (code: string, sentence: string, level?: Finding['level']) => void): Line | null {
  const text = (field: CsvField) => cells[mapped.get(field) ?? -1] ?? '';
  const take = <T>(cell: Cell<T>, field: CsvField): T | null => {
    if ('value' in cell) return cell.value;
    bad('bad-cell', `${headers[mapped.get(field) ?? -1] ?? field}: ${cell.fault}. The cell is left out.`, 'warning');
    return null;
  };
  const name = text('name');
  if (name === '') {
    bad('bad-line', 'This line has no name.');
    return null;
  }
  const kind = take(kindCell(text('kind')), 'kind') ?? given.kind;
  const fallback = typeCell(given.type);
  const type = take(typeCell(text('type')), 'type') ?? ('value' in fallback ? fallback.value : null) ?? 'host';
  const slug = slugShape.safeParse(text('slug'));
  const used = new Set(mapped.values());
  const owner = ownerOf('team', text('owner'));
  const lead = ownerOf('person', text('lead'));
  const others = headers.flatMap((header, i) => (used.has(i) || header === '' || !cells[i] ? [] : [[header, cells[i]] as const]));
  const thing: Thing = {
    ...unsaid,
    ref: key(text('ref') || name),
    kind,
    type: kind === 'service' ? null : type,
    name,
    slug: kind === 'service' && slug.success ? slug.data : null,
    summary: text('summary'),
    lifecycle: take(lifecycleCell(text('lifecycle')), 'lifecycle'),
    address: text('address'),
    cloudId: text('cloudId') || null,
    owner: owner?.ref ?? null,
    lead: lead?.ref ?? null,
    capability: text('capability') || null,
    tier: take(tierCell(text('tier')), 'tier'),
    usersAffected: take(countCell(text('usersAffected')), 'usersAffected'),
    rpo: take(minutesCell(text('rpo')), 'rpo'),
    rto: take(minutesCell(text('rto')), 'rto'),
    supportHours: text('supportHours') || null,
    links: text('link') === '' ? [] : [{ label: headers[mapped.get('link') ?? -1] ?? 'Link', url: text('link') }],
    tags: text('tags').split(/[;|,]/),
    attributes: Object.fromEntries(others),
    file,
    line,
  };
  return { thing, needs: listed(text('dependsOn')), owners: [owner, lead].filter((one) => one !== null) };
}

/** Other rows are named by their id or by their name. */
function edgesOf(lines: readonly Line[]): Relation[] {
  const names = new Map(lines.toReversed().map(({ thing }) => [key(thing.name), thing.ref]));
  const refs = new Set(lines.map(({ thing }) => thing.ref));
  return lines.flatMap(({ thing, needs }) =>
    needs.map((need): Relation => ({ ...declared, provider: refs.has(key(need)) ? key(need) : (names.get(key(need)) ?? key(need)), consumer: thing.ref, word: 'dependsOn' })),
  );
}

function ownerOf(kind: Owner['kind'], name: string): Owner | null {
  return name === '' ? null : { ref: `${kind}:${key(name)}`, kind, name, email: /^[^\s@]+@[^\s@]+$/.test(name) ? name : null };
}

/** A table with one row for each service or component; any spreadsheet writes one. */
export const csv = importer({
  label: 'CSV table',
  accepts: ['*.csv', '*.tsv', '*.txt'],
  options,
  read(files, given, findings) {
    const lines = files.flatMap((file) => readRows(file, given, findings));
    return { things: lines.map(({ thing }) => thing), relations: edgesOf(lines), owners: lines.flatMap(({ owners }) => owners) };
  },
});
