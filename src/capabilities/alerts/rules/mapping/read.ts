import { cut, shortKey } from '../cut.ts';
import { fingerprintOf } from '../identity.ts';
import { severityOf } from '../severity.ts';
import { instantFrom, safeLink, type Signal } from '../signal.ts';
import { TEMPLATES, type Mapping } from './shape.ts';
import { fill, parseTemplate, readPath, textOf, valueAt, type Path, type Scope, type Template } from './template.ts';
import { stateOf } from './words.ts';

const MOST_ITEMS = 1000;
const MOST_DETAILS = 60;
const LONGEST_VALUE = 2000;
const LONGEST_TITLE = 1024;

/** What one entry of a body comes to. */
export type Mapped = { readonly signal: Signal } | { readonly ignored: string } | { readonly sentence: string };
export type MappedBody = { readonly items: readonly Mapped[] } | { readonly sentence: string };

interface Ready {
  readonly mapping: Mapping;
  readonly list: Path | null;
  readonly details: Path | null;
  readonly ignore: Template;
  readonly fields: Readonly<Record<(typeof TEMPLATES)[number], Template>>;
  readonly labels: readonly { readonly name: string; readonly value: Template }[];
}

export type Fault = { readonly field: string; readonly sentence: string };

/** Everything that is wrong with a mapping by itself; each with the field it stands in. */
export function faultsOf(mapping: Mapping): readonly Fault[] {
  const templates = [
    ...TEMPLATES.map((field) => [field, mapping[field]] as const),
    ['ignore.value', mapping.ignore.value] as const,
    ...mapping.labels.map(({ value }, at) => [`labels.${at}.value`, value] as const),
  ];
  const unread = templates.flatMap(([field, text]) => {
    const parsed = parseTemplate(text);
    return 'error' in parsed ? [{ field, sentence: parsed.error }] : [];
  });
  const paths = (['list', 'details'] as const).flatMap((field) =>
    mapping[field].trim() !== '' && readPath(mapping[field]) === null ? [{ field, sentence: `“${mapping[field]}” is no path: write names with dots, like data.alerts.` }] : [],
  );
  const nameless = mapping.labels.flatMap(({ name }, at) => (name.trim() === '' ? [{ field: `labels.${at}.name`, sentence: 'A label needs a name.' }] : []));
  const untitled = mapping.title.trim() === '' ? [{ field: 'title', sentence: 'Say where the title stands: an alert without one tells nobody what it is.' }] : [];
  return [...unread, ...paths, ...nameless, ...untitled];
}

function ready(mapping: Mapping): Ready | null {
  const templateOf = (text: string): Template => {
    const parsed = parseTemplate(text);
    return 'template' in parsed ? parsed.template : [];
  };
  if (faultsOf(mapping).length > 0) return null;
  return {
    mapping,
    list: mapping.list.trim() === '' ? null : readPath(mapping.list),
    details: mapping.details.trim() === '' ? null : readPath(mapping.details),
    ignore: templateOf(mapping.ignore.value),
    fields: Object.fromEntries(TEMPLATES.map((field) => [field, templateOf(mapping[field])])) as Ready['fields'],
    labels: mapping.labels.map(({ name, value }) => ({ name, value: templateOf(value) })),
  };
}

const isStructure = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** What a body comes to by a mapping, entry by entry. Total: whatever is sent and however it is mapped. */
export function mapBody(body: unknown, mapping: Mapping): MappedBody {
  const by = ready(mapping);
  if (!by) return { sentence: `The mapping cannot be used. ${faultsOf(mapping)[0]?.sentence ?? ''}`.trim() };
  const items = by.list === null ? (Array.isArray(body) ? body : [body]) : valueAt(by.list, { item: body, root: body });
  if (!Array.isArray(items)) return { sentence: `There is no list at “${mapping.list}”.` };
  if (items.length === 0) return { sentence: by.list === null ? 'The body is an empty list.' : `The list at “${mapping.list}” is empty.` };
  if (items.length > MOST_ITEMS) return { sentence: `The body has ${items.length} entries; at most ${MOST_ITEMS} are read.` };
  return { items: items.map((item) => mapItem({ item, root: body }, by)) };
}

function mapItem(scope: Scope, by: Ready): Mapped {
  const { mapping, fields } = by;
  if (!isStructure(scope.item)) return { sentence: 'An entry is no object with fields.' };
  const left = fill(by.ignore, scope);
  if (left !== '' && mapping.ignore.words.some((word) => word.trim().toLowerCase() === left.toLowerCase())) return { ignored: `Left out: ${left}.` };
  const title = fill(fields.title, scope);
  if (title === '') return { sentence: `No title: nothing stands at ${mapping.title}.` };
  const said = fill(fields.state, scope);
  const state = said === '' ? 'firing' : stateOf(said, mapping.stateWords);
  if (state === 'ignored') return { ignored: `Left out: the state ${said}.` };
  const summary = cut(title, LONGEST_TITLE);
  const origin = cut(fill(fields.origin, scope), LONGEST_VALUE);
  const severity = fill(fields.severity, scope);
  const link = safeLink(fill(fields.link, scope));
  const word = severity.toLowerCase();
  return {
    signal: {
      kind: state === 'resolved' ? 'resolve' : state === 'acknowledged' ? 'acknowledge' : 'trigger',
      key: keyFrom(fill(fields.key, scope), { title: summary, origin }),
      summary,
      severity: Object.hasOwn(mapping.severityWords, word) ? mapping.severityWords[word]! : severityOf(severity === '' ? undefined : severity),
      source: origin,
      labels: labelsOf(scope, by),
      details: detailsOf(by.details === null ? scope.item : valueAt(by.details, scope)),
      startsAt: startOf(fill(fields.startsAt, scope)),
      link,
      links: [],
    },
  };
}

/** The sender's key; one that is too long is replaced by its fingerprint, a missing one follows from what is said about what. */
function keyFrom(key: string, said: { readonly title: string; readonly origin: string }): string {
  if (key === '') return fingerprintOf(said);
  return shortKey(key);
}

function labelsOf(scope: Scope, { fields, labels }: Ready): Record<string, string> {
  const service = fill(fields.service, scope);
  const named = labels.map(({ name, value }): [string, string] => [labelName(name), cut(fill(value, scope), LONGEST_VALUE)]);
  return Object.fromEntries([...(service === '' ? [] : [['service', cut(service, LONGEST_VALUE)] as [string, string]]), ...named.filter(([, value]) => value !== '')]);
}

/** A name that matchers can ask for. */
function labelName(name: string): string {
  const plain = name.trim().replaceAll(/[^a-zA-Z0-9_:]/g, '_');
  return /^[0-9]/.test(plain) ? `_${plain}` : plain;
}

/** The plain values of an object, those one level down as `name.inner`; enough to read, never the whole of a large body. */
function detailsOf(value: unknown): Record<string, unknown> {
  if (!isStructure(value)) return textOf(value) === '' ? {} : { details: cut(textOf(value), LONGEST_VALUE) };
  const pairs = Object.entries(value).flatMap(([name, one]) =>
    isStructure(one) ? Object.entries(one).map(([inner, deep]) => [`${name}.${inner}`, deep] as const) : [[name, one] as const],
  );
  const told = pairs.flatMap(([name, one]): [string, string][] => (textOf(one) === '' ? [] : [[cut(name, 200), cut(textOf(one), LONGEST_VALUE)]]));
  return Object.fromEntries(told.slice(0, MOST_DETAILS));
}

/** RFC 3339, or seconds or milliseconds since 1970. */
function startOf(said: string): number | null {
  if (!/^\d{9,16}(\.\d+)?$/.test(said)) return instantFrom(said);
  const count = Number(said);
  const instant = Math.trunc(count > 1e14 ? count / 1000 : count > 1e11 ? count : count * 1000);
  return instant > 0 && instant < 4e12 ? instant : null;
}
