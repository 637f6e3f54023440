import * as z from 'zod';
import { Unreachable, type Outgoing, type Origin } from '#kernel/outgoing.ts';
import type { Window } from '#kernel/spans.ts';
import type { Count } from './rules/index.ts';

/** Each count is asked for as the increase of so much time; it stands for `$window` in the queries. */
export const STEP = 5 * 60_000;
const STEP_WORDS = '5m';
const TIME_OUT = 20_000;
const MOST_BYTES = 4_194_304;

export interface PrometheusConfig {
  readonly url: string;
  readonly good: string;
  readonly total: string;
}

const answerShape = z.object({
  status: z.literal('success'),
  data: z.object({ resultType: z.literal('matrix'), result: z.array(z.object({ values: z.array(z.tuple([z.number(), z.string()])) })) }),
});
const errorShape = z.object({ status: z.literal('error'), error: z.string() });

/** The sentence by which queries are refused, or nothing. */
export function refuseQueries({ url, good, total }: PrometheusConfig): { readonly field: string; readonly sentence: string } | undefined {
  if (/^https?:\/\/[^/?#]*@/i.test(url)) return { field: 'source.url', sentence: 'Leave user and password out of the address: everybody who sees the objective would see them.' };
  for (const [field, query] of Object.entries({ good, total }))
    if (!query.includes('$window')) return { field: `source.${field}`, sentence: 'Write $window where the query names a length of time, as in increase(requests_total[$window]).' };
  return undefined;
}

/** Good and bad of each step that begins in the window, by what Prometheus remembers; or the sentence that says why not. */
export async function countPrometheus(
  door: Outgoing,
  { config, origin }: { readonly config: PrometheusConfig; readonly origin: Origin },
  window: Window,
): Promise<ReadonlyMap<number, Count> | string> {
  const good = await series(door, { config, origin, query: config.good }, window);
  if (typeof good === 'string') return good;
  const total = await series(door, { config, origin, query: config.total }, window);
  if (typeof total === 'string') return total;
  const counts = new Map<number, Count>();
  for (const [at, all] of total) {
    // Without a good event there is no good series: of events that there were, all were bad.
    const fine = Math.min(all, good.get(at) ?? 0);
    if (all > 0) counts.set(at - STEP, { good: fine, bad: all - fine });
  }
  return counts;
}

interface Asked {
  readonly config: PrometheusConfig;
  readonly origin: Origin;
  readonly query: string;
}

async function series(door: Outgoing, { config, origin, query }: Asked, { from, until }: Window): Promise<ReadonlyMap<number, number> | string> {
  const url = new URL(`${config.url.replace(/\/+$/, '')}/api/v1/query_range`);
  for (const [name, value] of Object.entries({
    query: query.replaceAll('$window', STEP_WORDS),
    start: String((from + STEP) / 1000),
    end: String(until / 1000),
    step: String(STEP / 1000),
  }))
    url.searchParams.set(name, value);
  const asked = await door.request({ url: url.href, origin, timeoutMs: TIME_OUT, keep: MOST_BYTES }).catch((error: unknown) => {
    if (error instanceof Unreachable) return error.sentence;
    throw error;
  });
  if (typeof asked === 'string') return asked;
  const body = parsed(asked.body);
  const failed = errorShape.safeParse(body);
  if (failed.success) return `Prometheus refuses the query: ${failed.data.error.slice(0, 300)}.`;
  const read = answerShape.safeParse(body);
  if (asked.status !== 200 || !read.success) return `Prometheus answered ${asked.status} with something that is not a result of query_range.`;
  const { result } = read.data.data;
  if (result.length > 1) return `A query gives ${result.length} series. Make it one with sum(…).`;
  return new Map((result[0]?.values ?? []).flatMap(([at, value]) => (Number.isFinite(Number(value)) ? [[Math.round(at * 1000), Math.max(0, Number(value))] as const] : [])));
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
