import * as z from 'zod';
import { refuseLogin, refuseUserInUrl, webUrl } from './http.ts';
import { secret, serverOf, timing, verify, type Probe } from './shared.ts';

export const COMPARISONS = ['>', '>=', '<', '<=', '==', '!='] as const;

export const prometheusConfig = z
  .strictObject({
    kind: z.literal('prometheus'),
    /** Where Prometheus is, without /api/v1/query. */
    url: webUrl,
    query: z.string().trim().min(1, 'Write a query, like up == 0.').max(4000),
    /** It fails when a value of the answer is so. */
    failsWhen: z.enum(COMPARISONS).default('>'),
    threshold: z.number().default(0),
    /** What an answer without any value means. */
    absent: z.enum(['fail', 'pass']).default('fail'),
    user: z.string().max(200).default(''),
    password: secret,
    token: secret,
    verify,
    ...timing,
  })
  .meta({ id: 'PrometheusProbe' });
export type PrometheusConfig = z.infer<typeof prometheusConfig>;

export interface Sample {
  readonly labels: string;
  readonly value: number;
}

const sample = z.tuple([z.number(), z.string()]);
const answer = z.discriminatedUnion('resultType', [
  z.object({ resultType: z.literal('vector'), result: z.array(z.object({ metric: z.record(z.string(), z.string()), value: sample.optional() }).loose()) }),
  z.object({ resultType: z.enum(['scalar', 'string']), result: sample }),
  z.object({ resultType: z.literal('matrix'), result: z.array(z.unknown()) }),
]);
const envelope = z.union([z.object({ status: z.literal('success'), data: answer }), z.object({ status: z.literal('error'), error: z.string() })]);

/** The values of an answer, or why there are none to read. */
export function readSamples(body: unknown): readonly Sample[] | string {
  const read = envelope.safeParse(body);
  if (!read.success) return 'it does not answer as Prometheus does';
  if (read.data.status === 'error') return `the query is refused: ${read.data.error.slice(0, 200)}`;
  const { data } = read.data;
  if (data.resultType === 'matrix') return 'the query answers a range; ask for one value a series';
  if (data.resultType !== 'vector') return [{ labels: '', value: numberOf(data.result[1]) }];
  return data.result.flatMap(({ metric, value }) => (value ? [{ labels: labelsOf(metric), value: numberOf(value[1]) }] : []));
}

function numberOf(text: string): number {
  return text === '+Inf' || text === 'Inf' ? Infinity : text === '-Inf' ? -Infinity : Number(text);
}

function labelsOf(metric: Readonly<Record<string, string>>): string {
  return Object.entries(metric)
    .filter(([name]) => name !== '__name__')
    .slice(0, 4)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ');
}

const WORDS = { '>': 'over', '>=': 'at or over', '<': 'under', '<=': 'at or under', '==': 'equal to', '!=': 'not' } as const;

function isBad(value: number, failsWhen: PrometheusConfig['failsWhen'], threshold: number): boolean {
  if (failsWhen === '>') return value > threshold;
  if (failsWhen === '>=') return value >= threshold;
  if (failsWhen === '<') return value < threshold;
  if (failsWhen === '<=') return value <= threshold;
  return (value === threshold) === (failsWhen === '==');
}

/** Why the values are a failure, or nothing. */
export function faultOfSamples({ failsWhen, threshold, absent }: PrometheusConfig, samples: readonly Sample[]): string {
  if (samples.length === 0) return absent === 'fail' ? 'the query has no result' : '';
  const bad = samples.filter(({ value }) => isBad(value, failsWhen, threshold));
  const [first] = bad;
  if (!first) return '';
  return `${first.value} is ${WORDS[failsWhen]} ${threshold}${first.labels === '' ? '' : ` for ${first.labels}`}${bad.length > 1 ? `, and ${bad.length - 1} more` : ''}`;
}

export const prometheus: Probe<PrometheusConfig> = {
  refuse: ({ url, ...login }) => refuseUserInUrl(url) ?? refuseLogin(login),
  target: ({ query, url }) => `${query} at ${serverOf(url).replace(/^\w+:\/\//, '')}`,
  destination: ({ url }) => serverOf(url),
};
