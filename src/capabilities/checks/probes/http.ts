import * as z from 'zod';
import type { Outcome, Probe } from './probe.ts';

/** Statuses that are good: `200-299`, `200, 204, 301-302`. */
const statuses = z
  .string()
  .trim()
  .max(100)
  .regex(/^[1-5]\d\d(\s*-\s*[1-5]\d\d)?(\s*,\s*[1-5]\d\d(\s*-\s*[1-5]\d\d)?)*$/, 'Write statuses such as 200-299 or 200, 204.');

export const httpConfig = z
  .strictObject({
    kind: z.literal('http'),
    url: z.url({ protocol: /^https?$/, message: 'Write an address that begins with https:// or http://.' }).max(2000),
    method: z.enum(['GET', 'HEAD']).default('GET'),
    expect: statuses.default('200-299'),
    /** Text that the body must contain; empty for any. */
    text: z.string().max(500).default(''),
    timeoutSeconds: z.number().int().min(1).max(30).default(10),
    intervalSeconds: z.number().int().min(20).max(3600).default(60),
    /** So many failures in a row to go down, successes to come up. */
    failures: z.number().int().min(1).max(10).default(2),
    successes: z.number().int().min(1).max(10).default(1),
    redirects: z.number().int().min(0).max(10).default(5),
    /** Warn when the certificate ends in fewer days; 0 for never. */
    certificateDays: z.number().int().min(0).max(90).default(14),
  })
  .meta({ id: 'HttpProbe' });
export type HttpConfig = z.infer<typeof httpConfig>;

export function statusAllowed(expect: string, status: number): boolean {
  return expect.split(',').some((part) => {
    const [low, high = low] = part.split('-').map((one) => Number(one.trim()));
    return status >= low! && status <= high!;
  });
}

export const http: Probe<HttpConfig> = {
  refuse({ url, method, text, expect, timeoutSeconds, intervalSeconds }) {
    if (/^https?:\/\/[^/?#]*@/i.test(url)) return { field: 'probe.url', sentence: 'Leave user and password out of the address: everybody who sees the check would see them.' };
    if (method === 'HEAD' && text !== '') return { field: 'probe.text', sentence: 'An answer to HEAD has no body. Use GET to look for a text.' };
    const backwards = expect.split(',').find((part) => {
      const [low, high = low] = part.split('-').map(Number);
      return high! < low!;
    });
    if (backwards) return { field: 'probe.expect', sentence: `${backwards.trim()} runs backwards.` };
    if (timeoutSeconds >= intervalSeconds) return { field: 'probe.timeoutSeconds', sentence: 'The time-out must be shorter than the interval.' };
    return undefined;
  },
  target: ({ url, method }) => (method === 'GET' ? url : `${method} ${url}`),
  intervalSeconds: ({ intervalSeconds }) => intervalSeconds,
  async run({ url, method, expect, text, timeoutSeconds, redirects }, { door, origin }): Promise<Outcome> {
    const asked = await door.request({ url, origin, method, timeoutMs: timeoutSeconds * 1000, redirects, keep: text === '' ? 1 : 1_048_576 }).then(
      (answer) => ({ answer }),
      (error: unknown) => ({ words: wordsOf(error) }),
    );
    if ('words' in asked) return { result: 'failed', words: asked.words, tookMs: null, status: null, certificateEndsAt: null };
    const { status, body, tookMs, certificateEndsAt } = asked.answer;
    const words = !statusAllowed(expect, status) ? `status ${status}` : text !== '' && !body.includes(text) ? 'the expected text is missing' : '';
    return { result: words === '' ? 'passed' : 'failed', words, tookMs: Math.round(tookMs), status, certificateEndsAt };
  },
};

/** The door refuses with a sentence; anything else that is thrown is a bug and goes on. */
function wordsOf(error: unknown): string {
  if (error instanceof Error && 'sentence' in error && typeof error.sentence === 'string') return error.sentence.replace(/\.$/, '');
  throw error;
}
