import * as z from 'zod';
import { webUrl } from './http.ts';
import { serverOf, timing, type Probe } from './shared.ts';

export const domainConfig = z
  .strictObject({
    kind: z.literal('domain'),
    domain: z
      .string()
      .trim()
      .toLowerCase()
      .max(253)
      .regex(/^([\p{L}\p{N}]([\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+[\p{L}\p{N}-]{2,}$/u, 'Write a domain such as example.com, without www and https.'),
    /** It fails when the registration ends in fewer days. */
    daysLeast: z.number().int().min(1).max(365).default(30),
    /** The RDAP server that is asked first; it leads on to the one of the registry. */
    server: webUrl.default('https://rdap.org'),
    ...timing,
    intervalSeconds: z.number().int().min(3600).max(604_800).default(86_400),
    timeoutSeconds: timing.timeoutSeconds.default(30),
  })
  .meta({ id: 'DomainProbe' });
export type DomainConfig = z.infer<typeof domainConfig>;

/** When a registration ends by an answer of RDAP, epoch ms; undefined when the registry does not say. */
export function readExpiry(body: string): number | undefined {
  const read = z.object({ events: z.array(z.object({ eventAction: z.string(), eventDate: z.string() }).loose()).default([]) }).safeParse(parsed(body));
  const date = read.success ? read.data.events.find(({ eventAction }) => eventAction === 'expiration')?.eventDate : undefined;
  const ms = date === undefined ? Number.NaN : Date.parse(date);
  return Number.isNaN(ms) ? undefined : ms;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function faultOfDomain({ daysLeast }: Pick<DomainConfig, 'daysLeast'>, days: number): string {
  if (days < 0) return `the registration ended ${-days} days ago`;
  return days < daysLeast ? `the registration ends in ${days} days` : '';
}

export const domain: Probe<DomainConfig> = { refuse: () => undefined, target: ({ domain: name }) => name, destination: ({ server }) => serverOf(server) };
