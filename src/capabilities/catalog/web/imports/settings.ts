import { fieldText } from '#web/record/field-text.ts';
import type { ImportSource } from '../../contract/index.ts';
import type { FormatName } from './formats.ts';
import type { Columns } from './mapping.ts';

type Options = ImportSource['options'];

/** What the form says about the source itself. */
export function settingsOf(values: FormData, format: FormatName, columns: Columns) {
  const [path, every] = [fieldText(values, 'path'), fieldText(values, 'everyMinutes')];
  return {
    name: fieldText(values, 'name'),
    path,
    everyMinutes: path && every ? Number(every) : null,
    applies: fieldText(values, 'applies') === 'by itself' ? ('by itself' as const) : ('after a look' as const),
    archiveAfterDays: Number(fieldText(values, 'archiveAfterDays') || 14),
    options: optionsOf(values, format, columns),
    team: fieldText(values, 'team'),
  };
}

/** Without a mapping the columns are taken as their headers suggest, at each read. */
function optionsOf(values: FormData, format: FormatName, columns: Columns): Options {
  if (format === 'kubernetes') return { cluster: fieldText(values, 'cluster') || 'kubernetes' };
  if (format !== 'csv') return {};
  return { ...(Object.keys(columns).length > 0 && { columns }), kind: fieldText(values, 'kind') || 'component', type: fieldText(values, 'type') || 'host' };
}

/** The mapping that an import keeps; empty: by the headers. */
export function columnsOf({ options }: Pick<ImportSource, 'options'>): Columns {
  const kept = options['columns'];
  if (typeof kept !== 'object' || kept === null || Array.isArray(kept)) return {};
  return Object.fromEntries(Object.entries(kept).flatMap(([field, header]) => (typeof header === 'string' ? [[field, header]] : [])));
}
