import * as z from 'zod';
import { refuseCondition } from '../rules/index.ts';

/** What is stored in place of a password or token, and shown instead of it; sent back it means: as it was. */
export const KEPT = '********';

/** When it runs, how long it may take, and how often it must fail or pass to turn. The same for every probe. */
export const timing = {
  intervalSeconds: z.number().int().min(20).max(604_800).default(60),
  timeoutSeconds: z.number().int().min(1).max(60).default(10),
  /** So many failures in a row to go down, successes to come up. */
  failures: z.number().int().min(1).max(100).default(2),
  successes: z.number().int().min(1).max(100).default(1),
  /** While it fails and is not down yet, it runs again after so many seconds; without it, after the interval. */
  retrySeconds: z.number().int().min(5).max(3600).optional(),
  /** All must hold, in the words of the rules of conditions. */
  conditions: z.array(z.string().trim().min(1).max(500)).max(20).default([]),
} as const;

export type Timing = {
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
  readonly failures: number;
  readonly successes: number;
  readonly conditions: readonly string[];
};

export const host = z
  .string()
  .trim()
  .min(1, 'Write the name or address of the machine.')
  .max(253)
  .regex(
    /^([0-9a-fA-F]*:[0-9a-fA-F]*:[0-9a-fA-F:.]*|[\p{L}\p{N}_]([\p{L}\p{N}._-]*[\p{L}\p{N}_.])?)$/u,
    'Write a name such as db.example.com or an address such as 192.0.2.7, without port and path.',
  );
export const port = z.number().int().min(1).max(65_535);
/** Which version of IP is used. */
export const ip = z.enum(['any', '4', '6']).default('any');
export const secret = z.string().max(4000).default('');
export const shortText = z.string().max(500).default('');
/** How a connection is encrypted: not at all, after a greeting in the clear, or from its first byte. */
export const security = z.enum(['none', 'starttls', 'tls']);
/** False takes a certificate that cannot be verified. */
export const verify = z.boolean().default(true);
/** Warn when the certificate ends in fewer days; 0 for never. */
export const certificateDays = z.number().int().min(0).max(365).default(14);

export type Refused = { readonly field: string; readonly sentence: string };

/** One kind of check: what may be asked of its settings without running it. */
export interface Probe<C> {
  /** Why settings that are well formed are still refused. */
  readonly refuse: (config: C) => Refused | undefined;
  /** What is checked, in a few words for lists. */
  readonly target: (config: C) => string;
  /** Where its passwords go: when that changes, they must be written again. */
  readonly destination: (config: C) => string;
}

export function refuseTiming({ timeoutSeconds, intervalSeconds, conditions }: Timing): Refused | undefined {
  if (timeoutSeconds >= intervalSeconds) return { field: 'probe.timeoutSeconds', sentence: 'The time-out must be shorter than the interval.' };
  for (const [index, condition] of conditions.entries()) {
    const sentence = refuseCondition(condition);
    if (sentence) return { field: `probe.conditions.${index}`, sentence };
  }
  return undefined;
}

/** Scheme, host and port of an address of the web. */
export const serverOf = (url: string): string => /^[a-z]+:\/\/[^/?#]+/i.exec(url)?.[0].toLowerCase() ?? url;

/** Whether a host is an address and not a name. */
export const isAddress = (name: string): boolean => /^[\d.]+$|:/.test(name);

export const at = ({ host, port }: { readonly host: string; readonly port: number }): string => (host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`);
