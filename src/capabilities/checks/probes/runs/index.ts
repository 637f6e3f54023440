import type { SeenCertificate } from '#kernel/certificates.ts';
import { Unreachable } from '#kernel/outgoing.ts';
import { firstFailed } from '../../rules/index.ts';
import type { ProbeResult } from '../../rules/probe.ts';
import type { ConfigOf, RunConfig, RunKind } from '../index.ts';
import { withoutSecrets } from '../secrets.ts';
import { apart } from './apart.ts';
import { dns } from './dns.ts';
import { domain } from './domain.ts';
import { http } from './http.ts';
import { imap, smtp } from './mail.ts';
import { ping } from './ping.ts';
import { prometheus } from './prometheus.ts';
import { redis } from './redis.ts';
import { daysLeft, ProbeFailed, type Around, type Found, type Run } from './run.ts';
import { script } from './script.ts';
import { ssh } from './ssh.ts';
import { tcp } from './tcp.ts';
import { tls } from './tls.ts';

const runs: { readonly [K in RunKind]: Run<ConfigOf<K>> } = {
  http,
  tcp,
  tls,
  dns,
  ping,
  smtp,
  imap,
  ssh,
  postgresql: apart,
  mysql: apart,
  redis,
  ldap: apart,
  domain,
  prometheus,
  script,
};

/** What one run of a probe came to. */
export interface Outcome {
  readonly result: ProbeResult;
  /** Why it failed; empty when it passed. */
  readonly words: string;
  readonly tookMs: number | null;
  readonly status: number | null;
  /** Epoch ms; null without a certificate. */
  readonly certificateEndsAt: number | null;
  /** Null where none was shown. */
  readonly certificates: readonly SeenCertificate[] | null;
  /** Named values, for charts: days left, packets lost, rows, what a script measured. */
  readonly measured: Readonly<Record<string, number>>;
}

const LONGEST = 400;

/** Runs a probe once. Whatever the other side does, it answers when its time is over. */
export async function runOnce(config: RunConfig, around: Omit<Around, 'signal' | 'timeoutMs' | 'heard'>): Promise<Outcome> {
  const timeoutMs = config.timeoutSeconds * 1000;
  const ending = new AbortController();
  const began = performance.now();
  let timer: NodeJS.Timeout | undefined;
  let sofar = '';
  const tooLate = new Promise<Found>((resolve) => {
    timer = setTimeout(() => resolve({ words: sofar || `no answer within ${config.timeoutSeconds} s` }), timeoutMs);
  });
  const run = runs[config.kind] as Run<RunConfig>;
  const running = run(config, { ...around, timeoutMs, signal: ending.signal, heard: (words) => (sofar = words) }).then(
    (found): Found & { connected: true } => ({ ...found, connected: true }),
    failed,
  );
  const found: Found & { readonly connected?: boolean } = await Promise.race([running, tooLate]);
  clearTimeout(timer);
  ending.abort();
  return outcomeOf(config, { ...found, connected: found.connected ?? false, tookMs: found.tookMs ?? performance.now() - began }, around.now);
}

/** A run that was refused or failed has words; anything else that is thrown is a bug and goes on. */
function failed(error: unknown): Found {
  if (error instanceof ProbeFailed || error instanceof Unreachable) return { words: error.sentence.replace(/\.$/, '').replace(/^The /, 'the ') };
  throw error;
}

function outcomeOf(config: RunConfig, found: Found & { readonly connected: boolean; readonly tookMs: number }, now: number): Outcome {
  const { certificateEndsAt, domainEndsAt, tookMs } = found;
  const values = {
    ...found.values,
    ...(certificateEndsAt !== undefined && { certificateDays: daysLeft(certificateEndsAt, now) }),
    ...(domainEndsAt !== undefined && { domainDays: daysLeft(domainEndsAt, now) }),
  };
  const unmet =
    found.words === ''
      ? firstFailed(config.conditions, {
          ...found,
          values,
          durationMs: tookMs,
          ...(certificateEndsAt !== undefined && { certificateMs: certificateEndsAt - now }),
          ...(domainEndsAt !== undefined && { domainMs: domainEndsAt - now }),
        })
      : undefined;
  const words = withoutSecrets(unmet === undefined ? found.words : `not so: ${unmet}`, config);
  return {
    result: words === '' ? 'passed' : 'failed',
    words: words.length > LONGEST ? `${words.slice(0, LONGEST - 1)}…` : words,
    tookMs: found.connected ? Math.round(tookMs) : null,
    status: found.status ?? null,
    certificateEndsAt: certificateEndsAt ?? null,
    certificates: found.certificates ?? null,
    measured: values,
  };
}
