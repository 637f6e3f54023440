import * as z from 'zod';
import { host, ip, timing, type Probe } from './shared.ts';

export const pingConfig = z
  .strictObject({
    kind: z.literal('ping'),
    host,
    packets: z.number().int().min(1).max(10).default(1),
    /** It fails when more of the packets are lost, percent. */
    lossMost: z.number().int().min(0).max(99).default(0),
    ip,
    ...timing,
  })
  .meta({ id: 'PingProbe' });
export type PingConfig = z.infer<typeof pingConfig>;

export interface Pinged {
  readonly lossPercent: number;
  /** Mean time of the packets that came back. */
  readonly roundTripMs: number | null;
}

/** What the system's `ping` printed; undefined when it is not understood. */
export function readPing(printed: string): Pinged | undefined {
  const loss = /([\d.]+)% packet loss/.exec(printed)?.[1];
  if (loss === undefined) return undefined;
  const times = [...printed.matchAll(/time[=<]([\d.]+) ?ms/g)].map(([, time]) => Number(time));
  return { lossPercent: Number(loss), roundTripMs: times.length === 0 ? null : times.reduce((sum, one) => sum + one, 0) / times.length };
}

export function faultOfPing({ lossMost, packets }: PingConfig, { lossPercent }: Pinged): string {
  if (lossPercent >= 100) return packets === 1 ? 'no answer to the ping' : `no answer to any of ${packets} pings`;
  return lossPercent > lossMost ? `${Math.round(lossPercent)} % of the pings are lost` : '';
}

export const ping: Probe<PingConfig> = {
  refuse: ({ packets, timeoutSeconds }) =>
    packets > timeoutSeconds ? { field: 'probe.packets', sentence: 'One packet is sent each second: allow a longer time-out or send fewer.' } : undefined,
  target: ({ host: name }) => name,
  destination: ({ host: name }) => name,
};
