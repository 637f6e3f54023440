import * as z from 'zod';
import { isZone } from '#kernel/zoned.ts';
import type { PingedCheck } from '../rules/ping.ts';
import { refuseSchedule } from '../rules/schedule.ts';
import type { Expectation } from '../rules/heartbeat.ts';
import type { Probe } from './shared.ts';

const zone = z.string().max(60).refine(isZone, 'Name an IANA time zone such as Europe/Berlin.').default('UTC');
const words = z.string().trim().max(200).default('');

export const heartbeatConfig = z
  .strictObject({
    kind: z.literal('heartbeat'),
    expects: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('period'), seconds: z.number().int().min(60).max(31_536_000) }),
      z.strictObject({ kind: z.literal('cron'), text: z.string().trim().min(1).max(100), zone }),
      z.strictObject({ kind: z.literal('calendar'), text: z.string().trim().min(1).max(100), zone }),
    ]),
    graceSeconds: z.number().int().min(60).max(31_536_000).default(3600),
    methods: z.enum(['any', 'POST']).default('any'),
    /** A paused check stays paused until a person resumes it. */
    manualResume: z.boolean().default(false),
    /** Look for the words in the body instead of trusting the address. Words are separated by commas. */
    filterBody: z.boolean().default(false),
    successWords: words,
    failureWords: words,
    startWords: words,
    otherwise: z.enum(['ignore', 'fail']).default('ignore'),
  })
  .meta({ id: 'HeartbeatProbe' });
export type HeartbeatConfig = z.infer<typeof heartbeatConfig>;

export function expectationOf({ expects }: HeartbeatConfig): Expectation {
  return expects.kind === 'period' ? { kind: 'simple', periodMs: expects.seconds * 1000 } : expects;
}

type Kept = Pick<PingedCheck, 'stored' | 'lastPing' | 'lastStart' | 'lastRunId' | 'lastDurationMs'>;

/** The configuration and what is stored, as the rules of pings take it. */
export function pingedCheck(config: HeartbeatConfig, kept: Kept): PingedCheck {
  const { methods, manualResume, filterBody, successWords, failureWords, startWords, otherwise } = config;
  return { ...kept, expects: expectationOf(config), graceMs: config.graceSeconds * 1000, methods, manualResume, filterBody, successWords, failureWords, startWords, otherwise };
}

export function periodWords({ expects }: HeartbeatConfig): string {
  if (expects.kind !== 'period') return `${expects.text} (${expects.zone})`;
  const { seconds } = expects;
  const [size, word] = seconds % 86_400 === 0 ? [86_400, 'd'] : seconds % 3600 === 0 ? [3600, 'h'] : seconds % 60 === 0 ? [60, 'min'] : [1, 's'];
  return `every ${seconds / size} ${word}`;
}

export const heartbeat: Probe<HeartbeatConfig> = {
  refuse({ expects }) {
    const refusal = expects.kind === 'period' ? undefined : refuseSchedule(expects);
    return refusal ? { field: 'probe.expects', sentence: `${refusal}.` } : undefined;
  },
  target: (config) => `a ping ${periodWords(config)}`,
  destination: () => '',
};
