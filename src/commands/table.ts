/** An answer as people read it on a terminal: lists as a table, records as label and value. */
export function table(answer: unknown): string {
  if (answer === null || typeof answer !== 'object') return `${cell(answer)}\n`;
  if ('items' in answer && Array.isArray(answer.items)) {
    const rest = Object.fromEntries(Object.entries(answer).filter(([key, value]) => key !== 'items' && key !== 'cursor' && value !== null));
    const more = 'cursor' in answer && typeof answer.cursor === 'string' ? `more: --cursor ${answer.cursor}\n` : '';
    return `${rowsOf(answer.items as object[])}${Object.keys(rest).length > 0 ? facts(rest) : ''}${more}`;
  }
  return facts(answer);
}

function rowsOf(items: readonly object[]): string {
  if (items.length === 0) return 'Nothing here.\n';
  const columns = [...new Set(items.flatMap((item) => Object.keys(item)))].filter((key) => !['id', 'version', 'cursor', 'kind'].includes(key));
  const body = items.map((item) => columns.map((key) => cell((item as Record<string, unknown>)[key])));
  const shown = columns.map((key, i) => ({ key, i })).filter(({ i }) => body.some((row) => row[i] !== ''));
  const width = Math.max(60, process.stdout.columns ?? 140);
  const widths = shown.map(({ key, i }) => Math.min(48, Math.max(key.length, ...body.map((row) => (row[i] ?? '').length))));
  const line = (cells: readonly string[]) =>
    cells
      .map((text, n) => cut(text, widths[n] ?? 10).padEnd(widths[n] ?? 10))
      .join('  ')
      .trimEnd()
      .slice(0, width);
  return [line(shown.map(({ key }) => key)), ...body.map((row) => line(shown.map(({ i }) => row[i] ?? '')))].join('\n').concat('\n');
}

function facts(record: object): string {
  const entries = Object.entries(record).filter(([, value]) => value !== null && value !== undefined);
  const width = Math.max(...entries.map(([key]) => key.length), 0);
  return entries
    .map(([key, value]) => {
      if (Array.isArray(value) && value.some((one) => typeof one === 'object')) return `${key}\n${indent(rowsOf(value as object[]))}`;
      if (value !== null && typeof value === 'object' && !('title' in value)) return `${key}\n${indent(facts(value as object))}`;
      return `${key.padEnd(width)}  ${cell(value)}\n`;
    })
    .join('');
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gm, '  ');
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(value) ? localTime(value) : value.replaceAll('\n', ' ');
  if (Array.isArray(value)) return value.map(cell).join(', ');
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value !== 'object') return '';
  if ('number' in value && 'title' in value) return `${String(value.title)} (${String(value.number)})`;
  return JSON.stringify(value);
}

function localTime(instant: string): string {
  return new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short' }).format(new Date(instant));
}

function cut(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, width - 1)}…`;
}
