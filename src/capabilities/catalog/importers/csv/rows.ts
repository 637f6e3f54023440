/** One record of a CSV text (RFC 4180, with the liberties of spreadsheets). */
export interface Row {
  readonly cells: readonly string[];
  /** Where it begins, from 1. */
  readonly line: number;
  /** A quote that is never closed swallowed the rest of the text. */
  readonly open: boolean;
}

export type Delimiter = ',' | ';' | '\t';
const delimiters: readonly Delimiter[] = [',', ';', '\t'];

/** Excel writes `sep=;` above the header. */
const hint = /^sep=([,;\t])\r?\n/i;

/** The one that stands most often in the first line, outside of quotes. */
export function delimiterOf(text: string): Delimiter {
  const said = delimiters.find((one) => one === hint.exec(text)?.[1]);
  if (said !== undefined) return said;
  const end = text.search(/[\r\n]/);
  const header = text.slice(0, Math.min(end < 0 ? text.length : end, 20_000)).replace(/"[^"]*"/g, '');
  const counts = delimiters.map((one) => header.split(one).length);
  return delimiters[counts.indexOf(Math.max(...counts))] ?? ',';
}

/** Rows one at a time; empty lines are left out. Quotes count at the beginning of a cell only, so that `19" rack` is a text. */
export function* rowsOf(text: string, delimiter: Delimiter): Generator<Row> {
  const head = hint.exec(text)?.[0] ?? '';
  let place = head.length;
  let line = head === '' ? 1 : 2;
  while (place < text.length) {
    const [cells, begin] = [[] as string[], line];
    let open = false;
    for (let ended = false; !ended;) {
      let cell = '';
      let from = place;
      while (text[from] === ' ') from += 1;
      if (text[from] === '"') {
        place = from + 1;
        for (;;) {
          const quote = text.indexOf('"', place);
          const part = text.slice(place, quote < 0 ? text.length : quote);
          cell += part;
          for (const char of part) if (char === '\n') line += 1;
          place = quote < 0 ? text.length : quote + 1;
          open = quote < 0;
          if (open || text[place] !== '"') break;
          cell += '"';
          place += 1;
        }
      }
      const start = place;
      while (place < text.length && text[place] !== delimiter && text[place] !== '\n' && text[place] !== '\r') place += 1;
      cells.push((cell + text.slice(start, place)).trim());
      ended = text[place] !== delimiter;
      if (!ended) place += 1;
    }
    if (text[place] === '\r' && text[place + 1] === '\n') place += 1;
    place += 1;
    line += 1;
    if (cells.some((cell) => cell !== '')) yield { cells, line: begin, open };
  }
}
