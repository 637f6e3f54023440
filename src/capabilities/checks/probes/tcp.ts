import * as z from 'zod';
import { at, host, ip, port, shortText, timing, type Probe } from './shared.ts';

export const tcpConfig = z
  .strictObject({
    kind: z.literal('tcp'),
    host,
    port,
    /** Sent once the connection stands; `\n`, `\r` and `\t` mean what they mean in programs. */
    send: shortText,
    /** What the answer must contain, or must match; empty: to connect is enough. */
    expect: shortText,
    match: z.enum(['text', 'pattern']).default('text'),
    ip,
    ...timing,
  })
  .meta({ id: 'TcpProbe' });
export type TcpConfig = z.infer<typeof tcpConfig>;

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '0': '\0', '\\': '\\' };

export function unescaped(text: string): string {
  return text.replaceAll(/\\([nrt0\\])/g, (_, letter: string) => ESCAPES[letter] ?? letter);
}

export const tcp: Probe<TcpConfig> = {
  refuse: ({ match, expect }) => (match === 'pattern' && expect === '' ? { field: 'probe.expect', sentence: 'Write the pattern that the answer must match.' } : undefined),
  target: at,
  destination: at,
};
