import * as z from 'zod';
import { certificateDays, ip, secret, serverOf, timing, verify, type Probe } from './shared.ts';

/** Statuses that are good: `200-299`, `200, 204, 301-302`. */
const statuses = z
  .string()
  .trim()
  .max(100)
  .regex(/^[1-5]\d\d(\s*-\s*[1-5]\d\d)?(\s*,\s*[1-5]\d\d(\s*-\s*[1-5]\d\d)?)*$/, 'Write statuses such as 200-299 or 200, 204.');
// What may stand in a header at all: one line, Latin letters.
const HEADER_TEXT = /^[\t\x20-\x7e\x80-\xff]*$/;
const header = z.strictObject({
  name: z
    .string()
    .trim()
    .max(100)
    .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, 'A header has a name such as Accept.'),
  value: z.string().trim().max(4000).regex(HEADER_TEXT, 'The value of a header has one line of plain letters.'),
});

export const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;
export const webUrl = z.url({ protocol: /^https?$/, message: 'Write an address that begins with https:// or http://.' }).max(2000);

export const httpConfig = z
  .strictObject({
    kind: z.literal('http'),
    url: webUrl,
    method: z.enum(METHODS).default('GET'),
    headers: z.array(header).max(30).default([]),
    body: z.string().max(20_000).default(''),
    /** Name for Basic authentication, with the password. */
    user: z.string().max(200).default(''),
    password: secret,
    /** A bearer token, instead of name and password. */
    token: secret,
    expect: statuses.default('200-299'),
    /** Text that the body must contain, or must not; empty for any. */
    text: z.string().max(500).default(''),
    textAbsent: z.boolean().default(false),
    redirects: z.number().int().min(0).max(20).default(5),
    ip,
    verify,
    certificateDays,
    ...timing,
  })
  .meta({ id: 'HttpProbe' });
export type HttpConfig = z.infer<typeof httpConfig>;

export function statusAllowed(expect: string, status: number): boolean {
  return expect.split(',').some((part) => {
    const [low, high = low] = part.split('-').map((one) => Number(one.trim()));
    return status >= low! && status <= high!;
  });
}

/** Why an answer is not good, or nothing. */
export function faultOf({ expect, text, textAbsent }: HttpConfig, { status, body }: { readonly status: number; readonly body: string }): string {
  if (!statusAllowed(expect, status)) return `status ${status}`;
  if (text === '' || body.includes(text) !== textAbsent) return '';
  return textAbsent ? 'the text that must not be there is there' : 'the expected text is missing';
}

export function refuseLogin({ user, password, token }: { readonly user: string; readonly password: string; readonly token: string }) {
  if (!HEADER_TEXT.test(token)) return { field: 'probe.token', sentence: 'A token has one line of plain letters and digits.' };
  if (token !== '' && (user !== '' || password !== '')) return { field: 'probe.token', sentence: 'Give a token, or name and password, not both.' };
  return user === '' && password !== '' ? { field: 'probe.user', sentence: 'A password needs the name that goes with it.' } : undefined;
}

export function refuseUserInUrl(url: string) {
  return /^https?:\/\/[^/?#]*@/i.test(url)
    ? { field: 'probe.url', sentence: 'Leave user and password out of the address: everybody who sees the check would see them. There are fields for them.' }
    : undefined;
}

export const http: Probe<HttpConfig> = {
  refuse({ url, method, body, text, expect, headers, ...rest }) {
    const login = refuseUserInUrl(url) ?? refuseLogin(rest);
    if (login) return login;
    if (method === 'HEAD' && text !== '') return { field: 'probe.text', sentence: 'An answer to HEAD has no body. Use GET to look for a text.' };
    if ((method === 'GET' || method === 'HEAD') && body !== '') return { field: 'probe.body', sentence: `${method} sends no body. Use POST to send one.` };
    const own = headers.find(({ name }) => /^(content-length|transfer-encoding|connection)$/i.test(name));
    if (own) return { field: 'probe.headers', sentence: `${own.name} is written by the desk itself.` };
    const backwards = expect.split(',').find((part) => {
      const [low, high = low] = part.split('-').map(Number);
      return high! < low!;
    });
    return backwards ? { field: 'probe.expect', sentence: `${backwards.trim()} runs backwards.` } : undefined;
  },
  target: ({ url, method }) => (method === 'GET' ? url : `${method} ${url}`),
  destination: ({ url }) => serverOf(url),
};
