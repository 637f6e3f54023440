import * as z from 'zod';
import { host, port, timing, type Probe } from './shared.ts';

export const RECORDS = ['A', 'AAAA', 'CAA', 'CNAME', 'MX', 'NS', 'PTR', 'SOA', 'SRV', 'TXT'] as const;

export const dnsConfig = z
  .strictObject({
    kind: z.literal('dns'),
    name: z.string().trim().min(1, 'Write the name to look up.').max(253),
    record: z.enum(RECORDS).default('A'),
    /** Who is asked; empty: the resolvers of the desk's machine. */
    resolver: z.union([z.literal(''), host]).default(''),
    port: port.default(53),
    /** One of the answers must be this; empty for any answer. */
    expect: z.string().trim().max(500).default(''),
    ...timing,
  })
  .meta({ id: 'DnsProbe' });
export type DnsConfig = z.infer<typeof dnsConfig>;

/** The result code of DNS for the error code of a resolver, and why that is a failure. */
export function dnsCodeOf(error: string): { readonly code: string; readonly words: string } {
  if (error === 'ENOTFOUND') return { code: 'NXDOMAIN', words: 'the name does not exist' };
  if (error === 'ENODATA') return { code: 'NOERROR', words: 'the name has no such record' };
  if (error === 'ESERVFAIL') return { code: 'SERVFAIL', words: 'the resolver failed (SERVFAIL)' };
  if (error === 'EREFUSED') return { code: 'REFUSED', words: 'the resolver refuses to answer' };
  if (error === 'EFORMERR') return { code: 'FORMERR', words: 'the resolver did not understand the question' };
  if (error === 'ENOTIMP') return { code: 'NOTIMP', words: 'the resolver does not know this kind of record' };
  if (error === 'EBADNAME' || error === 'EINVAL') return { code: '', words: 'this is no name that can be looked up' };
  return { code: '', words: error === 'ETIMEOUT' ? 'the resolver does not answer' : `the resolver cannot be reached: ${error.toLowerCase()}` };
}

const plain = (name: string): string => name.toLowerCase().replace(/\.$/, '');

/** Why the answers are not the expected ones, or nothing. */
export function faultOfAnswers({ expect }: Pick<DnsConfig, 'expect'>, answers: readonly string[]): string {
  if (answers.length === 0) return 'the name has no such record';
  if (expect === '' || answers.some((answer) => plain(answer) === plain(expect))) return '';
  return `the answer is ${answers.slice(0, 4).join(', ')}${answers.length > 4 ? ` and ${answers.length - 4} more` : ''}`;
}

export const dns: Probe<DnsConfig> = {
  refuse: () => undefined,
  target: ({ name, record, resolver }) => `${record} ${name}${resolver === '' ? '' : ` at ${resolver}`}`,
  destination: ({ resolver }) => resolver,
};
