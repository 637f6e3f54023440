/** Host patterns of an inventory: ranges and ports (`ansible/inventory/helpers.py`, `parsing/utils/addresses.py`). */
export interface Expanded {
  readonly names: readonly string[];
  readonly port: number | null;
}

export const mostHosts = 50_000;
const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** The members of `01:50:2` or `a:f`; a text says what is wrong. */
function membersOf(range: string): readonly string[] | string {
  const parts = range.split(':');
  if (parts.length < 2 || parts.length > 3) return `[${range}] is no range`;
  const [begin = '', end = '', stride = '1'] = parts;
  if (end === '') return `the range [${range}] has no end`;
  if (!/^\d{1,6}$/.test(stride) || Number(stride) === 0) return `the range [${range}] has no usable step`;
  const step = Number(stride);
  const [first, last] = [begin === '' ? '0' : begin, end];
  if (/^[a-zA-Z]$/.test(first) && /^[a-zA-Z]$/.test(last)) {
    const [from, to] = [letters.indexOf(first), letters.indexOf(last)];
    return from > to
      ? `the range [${range}] runs backwards`
      : letters
          .slice(from, to + 1)
          .split('')
          .filter((_, i) => i % step === 0);
  }
  if (!/^\d{1,9}$/.test(first) || !/^\d{1,9}$/.test(last)) return `[${range}] is no range`;
  if (first.length > 1 && first.startsWith('0') && first.length !== last.length) return `the range [${range}] has ends of different length`;
  const [from, to] = [Number(first), Number(last)];
  if (from > to) return `the range [${range}] runs backwards`;
  if ((to - from) / step > mostHosts) return `the range [${range}] names more than ${mostHosts} hosts`;
  const width = first.startsWith('0') ? first.length : 0;
  return Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, i) => String(from + i * step).padStart(width, '0'));
}

function ranges(pattern: string): readonly string[] | string {
  let names = [''];
  let rest = pattern;
  for (let found = /\[([^[\]]*:[^[\]]*)\]/.exec(rest); found; found = /\[([^[\]]*:[^[\]]*)\]/.exec(rest)) {
    const members = membersOf(found[1] ?? '');
    if (typeof members === 'string') return members;
    if (names.length * members.length > mostHosts) return `${pattern.slice(0, 80)} names more than ${mostHosts} hosts`;
    const head = rest.slice(0, found.index);
    names = names.flatMap((name) => members.map((member) => name + head + member));
    rest = rest.slice(found.index + found[0].length);
  }
  return names.map((name) => name + rest);
}

/** `www[01:50:2].example.com:2222`; a text says what is wrong. */
export function expand(pattern: string): Expanded | string {
  if (pattern.length > 1000) return 'a host name has more than 1000 characters';
  const bracketed = /^\[([0-9a-fA-F:.%]*:[0-9a-fA-F:.%]*:[0-9a-fA-F:.%]*)\](?::(\d{1,5}))?$/.exec(pattern);
  if (bracketed) return { names: [bracketed[1] ?? ''], port: bracketed[2] === undefined ? null : Number(bracketed[2]) };
  const withPort = /^((?:[^:[\]]|\[[^\]]*\])+):(\d{1,5})$/.exec(pattern);
  const names = ranges(withPort?.[1] ?? pattern);
  return typeof names === 'string' ? names : { names, port: withPort ? Number(withPort[2]) : null };
}

/** Words of a line as a POSIX shell splits them, comments left out; null: a quote is not closed. */
export function shellWords(line: string): string[] | null {
  const words: string[] = [];
  let word: string | null = null;
  for (let i = 0; i < line.length; i += 1) {
    const char = line[i] ?? '';
    if (char === '#') break;
    if (/\s/.test(char)) {
      if (word !== null) words.push(word);
      word = null;
    } else if (char === '\\') {
      i += 1;
      word = (word ?? '') + (line[i] ?? '');
    } else if (char === "'" || char === '"') {
      const text: string[] = [];
      for (i += 1; i < line.length && line[i] !== char; i += 1) {
        if (char === '"' && line[i] === '\\' && /["\\]/.test(line[i + 1] ?? '')) i += 1;
        text.push(line[i] ?? '');
      }
      if (i >= line.length) return null;
      word = (word ?? '') + text.join('');
    } else word = (word ?? '') + char;
  }
  return word === null ? words : [...words, word];
}
