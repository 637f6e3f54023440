const cut = (text: string, length: number) => (text.length > length ? `${text.slice(0, length - 1).replace(/\p{Cs}$/u, '')}…` : text);

/** Without control characters and broken halves of characters (PostgreSQL takes neither), on one line, at most so long. */
export function oneLine(text: string, length: number): string {
  return cut(text.replace(/[\p{Cc}\p{Cs}\s]+/gu, ' ').trim(), length);
}

/** The same with its line breaks. */
export function block(text: string, length: number): string {
  return cut(
    text
      .replaceAll('\r\n', '\n')
      .replace(/[^\P{Cc}\n\t]|\p{Cs}/gu, ' ')
      .trim(),
    length,
  );
}

/** References are compared as they are kept. */
export const refOf = (text: string) => oneLine(text, 400);

/** Lines with their number from 1, one at a time: a text of 20 MB may have as many lines. */
export function* linesOf(text: string): Generator<readonly [string, number]> {
  for (let start = 0, number = 1; start <= text.length; number += 1) {
    const end = text.indexOf('\n', start);
    yield [text.slice(start, end < 0 ? text.length : end), number];
    if (end < 0) return;
    start = end + 1;
  }
}
