import { parseAllDocuments } from 'yaml';
import * as z from 'zod';
import { serviceSlugs } from '#capabilities/catalog/index.ts';
import type { Read } from '#kernel/desk.ts';
import { Problem } from '#kernel/problem.ts';
import { refsOf } from '#kernel/records/index.ts';
import type { Draft } from './contract.ts';
import { refuseObjective, WINDOW_DAYS, type WindowDays } from './rules/index.ts';

const MOST_DRAFTS = 50;
/** Brackets open at once; a text of brackets alone keeps the parser busy for long. */
const DEEPEST = 60;

const words = z.string().max(4000);
const metric = z.object({ metricSource: z.object({ type: words.optional(), spec: z.record(z.string(), z.unknown()).optional() }).optional() }).optional();
const objectives = z
  .array(z.object({ displayName: words.optional(), target: z.number().optional(), targetPercent: z.number().optional(), timeSliceTarget: z.number().optional() }))
  .min(1);
const sloShape = z.object({
  apiVersion: z.string().startsWith('openslo/v1'),
  kind: z.literal('SLO'),
  metadata: z.object({ name: words, displayName: words.optional() }),
  spec: z.object({
    description: words.optional(),
    service: words.optional(),
    indicator: z
      .object({
        spec: z.object({
          thresholdMetric: z.unknown().optional(),
          ratioMetric: z.object({ counter: z.boolean().optional(), good: metric, bad: metric, total: metric }).optional(),
        }),
      })
      .optional(),
    indicatorRef: words.optional(),
    timeWindow: z.array(z.object({ duration: words, isRolling: z.boolean().optional() })).optional(),
    budgetingMethod: words.optional(),
    objectives,
  }),
});
type Document = z.infer<typeof sloShape>;

/** The objectives of an OpenSLO text as drafts of ours; what we do differently is said in notes. */
export async function draftsOf({ db, actor }: Pick<Read, 'db' | 'actor'>, text: string): Promise<Draft[]> {
  const services = await serviceSlugs(db);
  const documents = documentsOf(text).filter((value) => typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'SLO');
  if (documents.length === 0)
    throw new Problem('invalid', 'There is no SLO in this text. It needs “kind: SLO” of openslo/v1.', { fields: [{ field: 'text', sentence: 'There is no SLO in it.' }] });
  const drafts: Draft[] = [];
  for (const value of documents) {
    const read = sloShape.safeParse(value);
    if (!read.success) throw unreadable(read.error.issues[0]?.path.join('.') ?? '');
    const said = read.data.spec.service ?? '';
    const found = services.find(({ slug, name }) => slug === said || name.toLowerCase() === said.toLowerCase());
    const service = found ? ((await refsOf(db, actor, [found.id])).get(found.id) ?? null) : null;
    drafts.push(...read.data.spec.objectives.map((_, at) => draftOf(read.data, at, { service, serviceSaid: said })));
  }
  return drafts.slice(0, MOST_DRAFTS);
}

function unreadable(place: string): Problem {
  const sentence = `This is not an SLO of openslo/v1${place ? `: look at ${place}` : ''}.`;
  return new Problem('invalid', sentence, { fields: [{ field: 'text', sentence }] });
}

function documentsOf(text: string): unknown[] {
  let open = 0;
  for (const sign of text) {
    open += sign === '[' || sign === '{' ? 1 : sign === ']' || sign === '}' ? -1 : 0;
    if (open > DEEPEST) throw unreadable('');
  }
  const parsed = parseAllDocuments(text, { uniqueKeys: false, strict: false });
  if (!Array.isArray(parsed)) return [];
  return parsed.map((document) => {
    const [error] = document.errors;
    if (error) throw new Problem('invalid', `The text is not YAML: ${error.message.split('\n')[0]}`, { fields: [{ field: 'text', sentence: 'It is not YAML.' }] });
    return document.toJS({ maxAliasCount: 50 }) as unknown;
  });
}

function draftOf({ metadata, spec }: Document, at: number, of: Pick<Draft, 'service' | 'serviceSaid'>): Draft {
  const notes: string[] = [];
  const wanted = spec.objectives[at];
  const name = metadata.displayName ?? metadata.name;
  const objective = wanted?.target ?? (wanted?.targetPercent === undefined ? undefined : wanted.targetPercent / 100);
  if (objective === undefined) notes.push('It names no target. Choose one.');
  const bad = objective === undefined ? undefined : refuseObjective(objective);
  if (bad) notes.push(bad);
  if (of.service === null) notes.push(of.serviceSaid ? `No service of the catalog is called ${of.serviceSaid}. Choose one.` : 'It names no service. Choose one.');
  const ratio = spec.indicator?.spec.ratioMetric;
  const [good, total] = [queryOf(ratio?.good), queryOf(ratio?.total)];
  if (spec.indicator?.spec.thresholdMetric !== undefined) notes.push('It compares one value with a limit. Write two queries, or count the results of a check.');
  else if (spec.indicatorRef) notes.push(`It refers to the indicator ${spec.indicatorRef}, whose queries stand elsewhere.`);
  else if (!good || !total) notes.push('It holds no queries for good and total. Write them, or count a check.');
  else if (!good.includes('$window') || !total.includes('$window')) notes.push('Put $window where its queries name a length of time.');
  if (ratio?.bad) notes.push('It counts what is bad. Write the query for what is good.');
  if (spec.budgetingMethod && spec.budgetingMethod !== 'Occurrences') notes.push(`${spec.budgetingMethod} is not used here: what is bad is counted as it happened, not by slices.`);
  const { windowDays, note } = windowOf(spec.timeWindow?.[0]);
  if (note) notes.push(note);
  return {
    name: spec.objectives.length > 1 && wanted?.displayName ? `${name}: ${wanted.displayName}` : name,
    summary: spec.description ?? '',
    ...of,
    objective: bad ? null : (objective ?? null),
    windowDays,
    good,
    total,
    notes,
  };
}

function queryOf(given: z.infer<typeof metric>): string {
  const source = given?.metricSource;
  const query = source?.spec?.['query'];
  return source?.type?.toLowerCase() === 'prometheus' && typeof query === 'string' ? query : '';
}

const UNIT_DAYS: Readonly<Record<string, number>> = { d: 1, w: 7, m: 30, M: 30, Q: 90 };

function windowOf(window: { readonly duration: string; readonly isRolling?: boolean | undefined } | undefined): { windowDays: WindowDays | null; note?: string } {
  const [, count, unit = ''] = /^(\d{1,4})([a-zA-Z])$/.exec(window?.duration ?? '') ?? [];
  const days = Number(count) * (UNIT_DAYS[unit] ?? Number.NaN);
  const windowDays = WINDOW_DAYS.find((one) => one === days) ?? null;
  if (windowDays === null) return { windowDays, note: `A window of ${window?.duration ?? 'no length'} is not offered. Choose 7, 28, 30 or 90 days.` };
  return window?.isRolling === false ? { windowDays, note: 'It counts by the calendar; here the window rolls.' } : { windowDays };
}
