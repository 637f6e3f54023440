import { lookup } from 'node:dns/promises';
import * as http from 'node:http';
import * as https from 'node:https';
import ipaddr from 'ipaddr.js';

/** Who named the address: `typed` by a person, `trusted` set by a lead for checks and sources, `environment` by whoever runs the desk. */
export type Origin = 'typed' | 'trusted' | 'environment';

export interface OutgoingRequest {
  readonly url: string;
  readonly origin: Origin;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly timeoutMs: number;
  /** Redirects to follow; each is resolved and checked anew. Default 0. */
  readonly redirects?: number;
  /** Bytes of the answer to keep; default 64 KiB. */
  readonly keep?: number;
}

export interface OutgoingAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
  readonly tookMs: number;
  readonly address: string;
  /** Epoch ms at which the server's certificate ends; null without TLS. */
  readonly certificateEndsAt: number | null;
}

/** A sentence about an address that may not be called, or a server that did not answer. */
export class Unreachable extends Error {
  readonly sentence: string;
  readonly why: 'refused address' | 'no answer';
  constructor(why: Unreachable['why'], sentence: string) {
    super(sentence);
    this.why = why;
    this.sentence = sentence;
  }
}

export interface Outgoing {
  request(what: OutgoingRequest): Promise<OutgoingAnswer>;
  /** The address of a host if it may be reached, for protocols that are not HTTP. */
  resolve(host: string, origin: Origin): Promise<string>;
}

const NEVER = new Set(['loopback', 'linkLocal', 'unspecified', 'broadcast', 'multicast', 'reserved', 'carrierGradeNat']);
const PRIVATE = new Set(['private', 'uniqueLocal']);

/** Why an address may not be called; undefined when it may (decision 15). */
export function refuseTarget(address: string, origin: Origin, allowed: readonly string[]): string | undefined {
  if (origin === 'environment') return undefined;
  const ip = ipaddr.process(address);
  const listed = allowed.some((cidr) => {
    const [net, bits] = cidr.includes('/') ? ipaddr.parseCIDR(cidr) : ([ipaddr.parse(cidr), ipaddr.parse(cidr).kind() === 'ipv4' ? 32 : 128] as const);
    return net.kind() === ip.kind() && ip.match([net, bits] as [ipaddr.IPv4, number]);
  });
  if (listed) return undefined;
  const range = ip.range();
  if (NEVER.has(range)) return `${address} is a ${range === 'loopback' ? 'loopback' : 'reserved'} address. List its network in QD_ALLOW_PRIVATE_TARGETS if the desk shall call it.`;
  if (PRIVATE.has(range) && origin === 'typed') return `${address} is a private address. List its network in QD_ALLOW_PRIVATE_TARGETS if the desk shall call it.`;
  if (range !== 'unicast' && !PRIVATE.has(range)) return `${address} is in the range ${range}, which the desk does not call.`;
  return undefined;
}

/** Every call of the desk to the outside goes through here: resolved once, checked, connected to that address. */
export function openOutgoing(allowed: readonly string[]): Outgoing {
  async function resolve(host: string, origin: Origin): Promise<string> {
    const bare = host.replace(/^\[|\]$/g, '');
    const address = ipaddr.isValid(bare)
      ? bare
      : await lookup(bare).then(
          (found) => found.address,
          () => undefined,
        );
    if (!address) throw new Unreachable('no answer', `The name ${bare} cannot be resolved.`);
    const refusal = refuseTarget(address, origin, allowed);
    if (refusal) throw new Unreachable('refused address', refusal);
    return address;
  }
  async function request(what: OutgoingRequest): Promise<OutgoingAnswer> {
    let url = new URL(what.url);
    for (let left = what.redirects ?? 0; ; left -= 1) {
      if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new Unreachable('refused address', `${url.protocol} is not an address the desk calls.`);
      const address = await resolve(url.hostname, what.origin);
      const answer = await send(url, address, what);
      const location = answer.headers['location'];
      if (left <= 0 || answer.status < 300 || answer.status > 399 || typeof location !== 'string') return answer;
      url = new URL(location, url);
    }
  }
  return { request, resolve };
}

function send(url: URL, address: string, what: OutgoingRequest): Promise<OutgoingAnswer> {
  const started = performance.now();
  const secure = url.protocol === 'https:';
  const family = address.includes(':') ? 6 : 4;
  return new Promise((resolve, reject) => {
    const fail = (sentence: string) => reject(new Unreachable('no answer', sentence));
    const request = (secure ? https : http).request(
      url,
      {
        method: what.method ?? 'GET',
        agent: false,
        signal: AbortSignal.timeout(what.timeoutMs),
        headers: { 'user-agent': 'Quarterdeck', ...what.headers, ...(what.body === undefined ? {} : { 'content-length': Buffer.byteLength(what.body) }) },
        lookup: (_host, options, done) => {
          if ((options as { all?: boolean }).all) (done as unknown as (e: null, all: { address: string; family: number }[]) => void)(null, [{ address, family }]);
          else done(null, address, family);
        },
      },
      (response) => {
        const chunks: Buffer[] = [];
        let size = 0;
        const most = what.keep ?? 65_536;
        const ends = secure ? Date.parse((response.socket as import('node:tls').TLSSocket).getPeerCertificate().valid_to) : Number.NaN;
        response.on('data', (chunk: Buffer) => {
          if (size < most) chunks.push(chunk.subarray(0, most - size));
          size += chunk.length;
        });
        response.on('error', (error) => fail(`${url.host} broke off: ${error.message}`));
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks).toString('utf8'),
            tookMs: performance.now() - started,
            address,
            certificateEndsAt: Number.isNaN(ends) ? null : ends,
          }),
        );
      },
    );
    request.on('error', (error) =>
      fail(
        error.name === 'TimeoutError' || error.name === 'AbortError'
          ? `${url.host} did not answer within ${what.timeoutMs / 1000} s.`
          : `${url.host} does not answer: ${error.message || (error as Error & { code?: string }).code}`,
      ),
    );
    request.end(what.body);
  });
}
