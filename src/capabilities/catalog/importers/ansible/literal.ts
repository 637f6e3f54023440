/** A Python literal as `ast.literal_eval` takes it: `80`, `1.5`, `'a'`, `['a', 1]`, `{'a': True}`. Null: it is none, and the text stays text. */
export function pythonLiteral(text: string): { readonly value: unknown } | null {
  const reader = { text, place: 0 };
  const found = valueAt(reader, 0);
  skip(reader);
  return found !== null && reader.place === text.length ? found : null;
}

interface Reader {
  readonly text: string;
  place: number;
}
type Found = { readonly value: unknown } | null;

const deepest = 20;
const words: Readonly<Record<string, unknown>> = { True: true, False: false, None: null };
const number = /[+-]?(?:0[xX][\da-fA-F]+|0[oO][0-7]+|0[bB][01]+|(?:\d[\d_]*)?\.\d+(?:[eE][+-]?\d+)?|\d[\d_]*\.(?:[eE][+-]?\d+)?|\d[\d_]*(?:[eE][+-]?\d+)?)(?![\w.])/y;
const word = /(?:True|False|None)(?!\w)/y;
const quoted = /[uU]?(?:'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)")/y;

function skip(reader: Reader): void {
  while (/[ \t\n]/.test(reader.text[reader.place] ?? '')) reader.place += 1;
}

function take(reader: Reader, pattern: RegExp): RegExpExecArray | null {
  pattern.lastIndex = reader.place;
  const found = pattern.exec(reader.text);
  if (found) reader.place = pattern.lastIndex;
  return found;
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '\\': '\\', "'": "'", '"': '"', 0: '\0' };

function numberOf(text: string): Found {
  const plain = text.replaceAll('_', '');
  const sign = plain.startsWith('-') ? -1 : 1;
  const digits = plain.replace(/^[+-]/, '');
  // Python refuses 010, and a text that looks like it stays a text: it is a number with leading zeros that mean something.
  if (/^0\d/.test(digits) && /^\d+$/.test(digits) && !/^0+$/.test(digits)) return null;
  const value = sign * Number(digits);
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? { value: plain } : { value };
}

function listUntil(reader: Reader, end: string, depth: number, one: () => Found): { readonly values: unknown[]; readonly commas: number } | null {
  const values: unknown[] = [];
  let commas = 0;
  for (;;) {
    skip(reader);
    if (reader.text[reader.place] === end) break;
    if (values.length > commas) return null;
    const found = one();
    if (found === null) return null;
    values.push(found.value);
    skip(reader);
    if (reader.text[reader.place] === ',') {
      reader.place += 1;
      commas += 1;
    }
  }
  reader.place += 1;
  return depth > deepest ? null : { values, commas };
}

function pairAt(reader: Reader, depth: number): Found {
  const key = valueAt(reader, depth);
  skip(reader);
  if (key === null || reader.text[reader.place] !== ':' || (typeof key.value === 'object' && key.value !== null)) return null;
  reader.place += 1;
  const value = valueAt(reader, depth);
  return value === null ? null : { value: [String(key.value), value.value] };
}

function collectionAt(reader: Reader, depth: number): Found {
  const [start, begin] = [reader.text[reader.place], reader.place];
  reader.place += 1;
  if (start === '{') {
    const pairs = listUntil(reader, '}', depth, () => pairAt(reader, depth));
    if (pairs !== null) return { value: Object.fromEntries(pairs.values as [string, unknown][]) };
    reader.place = begin + 1;
  }
  const found = listUntil(reader, start === '[' ? ']' : start === '(' ? ')' : '}', depth, () => valueAt(reader, depth));
  if (found === null) return null;
  return start === '(' && found.values.length === 1 && found.commas === 0 ? { value: found.values[0] } : { value: found.values };
}

function valueAt(reader: Reader, depth: number): Found {
  skip(reader);
  if (depth > deepest) return null;
  if ('[({'.includes(reader.text[reader.place] ?? ' ')) return collectionAt(reader, depth + 1);
  const said = take(reader, word);
  if (said) return { value: words[said[0]] };
  const text = take(reader, quoted);
  if (text) return { value: (text[1] ?? text[2] ?? '').replace(/\\(.)/g, (whole, one: string) => escapes[one] ?? whole) };
  const digits = take(reader, number);
  return digits ? numberOf(digits[0]) : null;
}
