import { isLike } from './glob.ts';
import { durationOf, durationWords, sizeOf, wholeOf } from './measures.ts';
import { bytesOf, jsonOf, reach, type Reached } from './path.ts';

/** What a run of a probe found, as conditions may ask for it. Missing values count as 0 or as an empty text. */
export type Observation = {
  readonly status?: number | undefined;
  readonly ip?: string | undefined;
  readonly body?: string | undefined;
  readonly durationMs?: number | undefined;
  readonly connected?: boolean | undefined;
  readonly certificateMs?: number | undefined;
  readonly domainMs?: number | undefined;
  readonly dnsCode?: string | undefined;
  /** Names in lower case. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** What the probe measured beside these: rows, packets lost, load. */
  readonly values?: Readonly<Record<string, number>> | undefined;
};

export { bytesOf, durationOf };
export type Judged = { readonly passes: boolean; /** The condition, with what was found where that is to be shown. */ readonly shown: string };
type Shows = { readonly failed?: boolean; readonly passed?: boolean };

const OPERATORS = ['==', '!=', '<=', '>=', '<', '>'] as const;
type Operator = (typeof OPERATORS)[number];
type Read = { readonly left: string; readonly operator: Operator; readonly right: string };

const PLACEHOLDERS = ['STATUS', 'IP', 'RESPONSE_TIME', 'BODY', 'CONNECTED', 'CERTIFICATE_EXPIRATION', 'DOMAIN_EXPIRATION', 'DNS_RCODE', 'HEADERS', 'VALUES'];
const LONGEST_SHOWN = 25;

function read(condition: string): Read | undefined {
  for (const operator of OPERATORS) {
    const [left = '', right, ...more] = condition.split(` ${operator} `).map((side) => side.trim());
    if (right === undefined) continue;
    return left === '' || right === '' || more.length > 0 ? undefined : { left, operator, right };
  }
  return undefined;
}

/** The sentence by which a condition is refused, or nothing. */
export function refuseCondition(condition: string): string | undefined {
  const found = read(condition);
  if (!found) return `“${condition}” is not a condition. Write two values with a comparison between blanks, like [STATUS] == 200.`;
  for (const side of [found.left, found.right]) {
    const named = /^(?:len\(|has\()?\[([A-Za-z_]+)\]/.exec(side)?.[1];
    if (named && !PLACEHOLDERS.includes(named.toUpperCase())) return `[${named}] is not known. Known are ${PLACEHOLDERS.map((each) => `[${each}]`).join(', ')}.`;
    if (/^(len|has|pat|any)\(/.test(side) && !side.endsWith(')')) return `“${side}” lacks its closing bracket.`;
  }
  return undefined;
}

/** Whether a condition holds for what was found. What is no condition never holds. */
export function judge(condition: string, found: Observation, { failed = true, passed = false }: Shows = {}): Judged {
  const parts = read(condition);
  if (!parts) return { passes: false, shown: condition };
  const { operator } = parts;
  const given = [parts.left, parts.right] as const;
  const texts = given.map((side) => resolve(side, found));
  const [left = '', right = ''] = texts;
  const bySize = operator !== '==' && operator !== '!=';
  const passes = bySize ? compare(sizeOf(left), operator, sizeOf(right)) : isEqual(left, right) === (operator === '==');
  if (passes ? !passed : !failed) return { passes, shown: condition };
  const shown = given.map((side, index) => {
    const text = texts[index] ?? '';
    const resolved = bySize && !text.endsWith(INVALID) ? sizeWords(side, sizeOf(text)) : text;
    const other = given[1 - index] ?? '';
    return side === resolved || side === text ? side : text.endsWith(INVALID) ? text : `${side} (${other.startsWith('pat(') ? cut(resolved) : resolved})`;
  });
  return { passes, shown: `${shown[0]} ${operator} ${shown[1]}` };
}

const INVALID = ' (INVALID)';
const cut = (text: string): string => (text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}...(truncated)` : text);

function sizeWords(side: string, size: number): string {
  return /^\[(CERTIFICATE|DOMAIN)_EXPIRATION\]$/i.test(side) ? durationWords(size) : String(size);
}

function compare(left: number, operator: Operator, right: number): boolean {
  if (operator === '<') return left < right;
  if (operator === '>') return left > right;
  return operator === '<=' ? left <= right : left >= right;
}

/** What a side stands for: a value of the run, what a path leads to, or itself. */
function resolve(side: string, found: Observation): string {
  switch (side.toUpperCase()) {
    case '[STATUS]':
      return String(found.status ?? 0);
    case '[IP]':
      return found.ip ?? '';
    case '[RESPONSE_TIME]':
      return String(Math.trunc(found.durationMs ?? 0));
    case '[BODY]':
      return (found.body ?? '').trim();
    case '[CONNECTED]':
      return String(found.connected ?? false);
    case '[CERTIFICATE_EXPIRATION]':
      return String(Math.trunc(found.certificateMs ?? 0));
    case '[DOMAIN_EXPIRATION]':
      return String(Math.trunc(found.domainMs ?? 0));
    case '[DNS_RCODE]':
      return found.dnsCode ?? '';
    default:
      return resolvePath(side, found);
  }
}

function resolvePath(side: string, found: Observation): string {
  const asked = /^(len|has)\((.*)\)$/.exec(side);
  const inner = asked?.[2]?.trim() ?? side;
  const named = /^\[(BODY|HEADERS|VALUES)\](.*)$/i.exec(inner);
  if (!named) return side;
  const reached = reachIn(named[1]!.toUpperCase(), named[2] ?? '', found);
  if (asked?.[1] === 'has') return String(reached !== undefined);
  if (!reached) return `${side}${INVALID}`;
  return asked ? String(reached.length) : reached.text;
}

function reachIn(root: string, path: string, found: Observation): Reached | undefined {
  if (root === 'HEADERS') return reach(found.headers ?? {}, path.toLowerCase());
  if (root === 'VALUES') return reach(found.values ?? {}, path);
  const document = documentOf(found);
  if (path !== '') return reach(document, path);
  const body = (found.body ?? '').trim();
  return Array.isArray(document) ? reach(document, '') : { text: body, length: bytesOf(body) };
}

/** A body is read once, however many conditions ask for it. */
const documents = new WeakMap<Observation, { readonly value: unknown }>();

function documentOf(found: Observation): unknown {
  const known = documents.get(found) ?? { value: jsonOf(found.body ?? '') };
  documents.set(found, known);
  return known.value;
}

function isEqual(left: string, right: string): boolean {
  const patterns = [insideOf('pat', left), insideOf('pat', right)];
  if (patterns[0] !== undefined && patterns[1] === undefined) return isLike(right, patterns[0]);
  if (patterns[1] !== undefined && patterns[0] === undefined) return isLike(left, patterns[1]);
  const choices = [insideOf('any', left), insideOf('any', right)];
  if (choices[0] !== undefined && choices[1] === undefined) return isOneOf(right, choices[0]);
  if (choices[1] !== undefined && choices[0] === undefined) return isOneOf(left, choices[1]);
  const [one, other] = [wholeOf(left), wholeOf(right)];
  return one !== undefined && other !== undefined ? one === other : left === right;
}

const isOneOf = (text: string, choices: string): boolean => choices.split(',').some((choice) => choice.trim() === text);

function insideOf(name: 'pat' | 'any', text: string): string | undefined {
  return text.startsWith(`${name}(`) && text.endsWith(')') ? text.slice(name.length + 1, -1) : undefined;
}

/** The first of the conditions that does not hold, as it is shown; undefined when all do. */
export function firstFailed(conditions: readonly string[], found: Observation): string | undefined {
  for (const condition of conditions) {
    const { passes, shown } = judge(condition, found);
    if (!passes) return shown;
  }
  return undefined;
}
