import { TLSSocket } from 'node:tls';
import { seenCertificates, type SeenCertificate } from './certificates.ts';
import { lookup } from 'node:dns/promises';
import * as http from 'node:http';
import * as https from 'node:https';
import { createConnection, type Socket } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Who named the address: `typed` by a person, `trusted` set by a lead for checks and sources, `environment` by whoever runs the desk. */
export type Origin = 'typed' | 'trusted' | 'environment';

export interface OutgoingRequest {
  readonly url: string;
  readonly origin: Origin;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly timeoutMs: number;
  /** Redirects to follow; each is resolved and checked anew. Default 0. */
  readonly redirects?: number;
  /** Bytes of the answer to keep, then the connection is ended; default 64 KiB. */
  readonly keep?: number;
  /** Only this version of IP. */
  readonly family?: Family;
  /** False takes a certificate that cannot be verified. */
  readonly verify?: boolean;
  /** Ends the request before its time. */
  readonly signal?: AbortSignal;
}

export type Family = 4 | 6;

export interface Connection {
  readonly host: string;
  readonly port: number;
  readonly origin: Origin;
  readonly timeoutMs: number;
  readonly family?: Family;
}

export interface OutgoingAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
  readonly tookMs: number;
  readonly address: string;
  /** The certificates that the server showed, its own first; empty without TLS. */
  readonly certificates: readonly SeenCertificate[];
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
  /** The address of a host if it may be reached, for protocols that have connections of their own. */
  resolve(host: string, origin: Origin, how?: { readonly family?: Family; readonly timeoutMs?: number }): Promise<string>;
  /** An open connection to a host that may be reached. Whoever asked for it ends it. */
  connect(what: Connection): Promise<Socket>;
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

const RESOLVE_MS = 10_000;
const seconds = (ms: number): string => `${Math.max(1, Math.round(ms)) / 1000} s`;
const late = (who: string, ms: number) => new Unreachable('no answer', `${who} did not answer within ${seconds(ms)}.`);

/** Every call of the desk to the outside goes through here: resolved once, checked, connected to that address. */
export function openOutgoing(allowed: readonly string[]): Outgoing {
  async function resolve(host: string, origin: Origin, { family, timeoutMs = RESOLVE_MS }: { readonly family?: Family; readonly timeoutMs?: number } = {}): Promise<string> {
    const bare = host.replace(/^\[|\]$/g, '');
    const address = ipaddr.isValid(bare) ? bare : await lookedUp(bare, family, timeoutMs);
    if (family && (address.includes(':') ? 6 : 4) !== family) throw new Unreachable('no answer', `${bare} is not an address of IPv${family}.`);
    const refusal = refuseTarget(address, origin, allowed);
    if (refusal) throw new Unreachable('refused address', refusal);
    return address;
  }
  async function request(what: OutgoingRequest): Promise<OutgoingAnswer> {
    const until = performance.now() + what.timeoutMs;
    let asked = what;
    let url = new URL(what.url);
    for (let left = what.redirects ?? 0; ; left -= 1) {
      if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new Unreachable('refused address', `${url.protocol} is not an address the desk calls.`);
      const leftMs = until - performance.now();
      if (leftMs <= 0) throw late(url.host, what.timeoutMs);
      const address = await resolve(url.hostname, what.origin, { ...(what.family && { family: what.family }), timeoutMs: leftMs });
      const answer = await send(url, address, { asked, leftMs: until - performance.now() });
      const location = answer.headers['location'];
      if (left <= 0 || answer.status < 300 || answer.status > 399 || typeof location !== 'string') return answer;
      if (!URL.canParse(location, url)) throw new Unreachable('no answer', `${url.host} leads on to something that is no address.`);
      const next = new URL(location, url);
      asked = ledOn(asked, answer.status, next.origin === url.origin);
      url = next;
    }
  }
  async function connect({ host, port, origin, timeoutMs, family }: Connection): Promise<Socket> {
    const until = performance.now() + timeoutMs;
    const address = await resolve(host, origin, { ...(family && { family }), timeoutMs });
    const who = `${host}:${port}`;
    return new Promise((done, reject) => {
      const socket = createConnection({ host: address, port });
      const timer = setTimeout(() => fail(late(who, timeoutMs)), Math.max(1, until - performance.now()));
      function fail(error: Error): void {
        clearTimeout(timer);
        socket.destroy();
        reject(error);
      }
      const refused = (error: Error & { code?: string }) => fail(new Unreachable('no answer', `${who} does not answer: ${error.message || error.code}.`));
      socket.once('error', refused);
      socket.once('connect', () => {
        clearTimeout(timer);
        socket.off('error', refused);
        // Whoever talks over it listens too; without any listener a late reset would end the process.
        socket.on('error', () => undefined);
        done(socket);
      });
    });
  }
  return { request, resolve, connect };
}

/** The system's resolver may wait for long; nobody waits for it longer than they said. */
async function lookedUp(name: string, family: Family | undefined, timeoutMs: number): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Unreachable('no answer', `The name ${name} was not resolved within ${seconds(timeoutMs)}.`)), Math.max(1, timeoutMs));
  });
  const found = lookup(name, { family: family ?? 0 }).then(
    (answer) => answer.address,
    () => {
      throw new Unreachable('no answer', `The name ${name} cannot be resolved${family ? ` to an address of IPv${family}` : ''}.`);
    },
  );
  return Promise.race([found, tooLate]).finally(() => clearTimeout(timer));
}

/** What is asked of the address a redirect leads to: as browsers do it, and no header of ours goes to another server. */
function ledOn({ body, ...asked }: OutgoingRequest, status: number, sameServer: boolean): OutgoingRequest {
  const becomesGet = status === 303 || ((status === 301 || status === 302) && asked.method === 'POST');
  const kept = Object.entries(asked.headers ?? {}).filter(([name]) => (sameServer || /^(accept|user-agent)$/i.test(name)) && !(becomesGet && /^content-/i.test(name)));
  return { ...asked, headers: Object.fromEntries(kept), ...(becomesGet ? { method: asked.method === 'HEAD' ? 'HEAD' : 'GET' } : body === undefined ? {} : { body }) };
}

function send(url: URL, address: string, { asked, leftMs }: { readonly asked: OutgoingRequest; readonly leftMs: number }): Promise<OutgoingAnswer> {
  const started = performance.now();
  const secure = url.protocol === 'https:';
  const family = address.includes(':') ? 6 : 4;
  return new Promise((resolve, reject) => {
    const ended = AbortSignal.timeout(Math.max(1, Math.ceil(leftMs)));
    const fail = (sentence: string) => reject(ended.aborted ? late(url.host, asked.timeoutMs) : new Unreachable('no answer', sentence));
    const request = (secure ? https : http).request(
      url,
      {
        method: asked.method ?? 'GET',
        agent: false,
        signal: asked.signal ? AbortSignal.any([ended, asked.signal]) : ended,
        ...(asked.verify === false && { rejectUnauthorized: false }),
        headers: { 'user-agent': 'Quarterdeck', ...asked.headers, ...(asked.body === undefined ? {} : { 'content-length': Buffer.byteLength(asked.body) }) },
        lookup: (_host, options, done) => {
          if ((options as { all?: boolean }).all) (done as unknown as (e: null, all: { address: string; family: number }[]) => void)(null, [{ address, family }]);
          else done(null, address, family);
        },
      },
      (response) => {
        const chunks: Buffer[] = [];
        let size = 0;
        const most = asked.keep ?? 65_536;
        const certificates = response.socket instanceof TLSSocket ? seenCertificates(response.socket) : [];
        const answered = () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks).toString('utf8'),
            tookMs: performance.now() - started,
            address,
            certificates,
          });
        response.on('data', (chunk: Buffer) => {
          if (size < most) chunks.push(chunk.subarray(0, most - size));
          size += chunk.length;
          if (size < most) return;
          answered();
          request.destroy();
        });
        response.on('error', (error) => fail(`${url.host} broke off: ${error.message}.`));
        response.on('end', answered);
      },
    );
    request.on('error', (error: Error & { code?: string }) => fail(`${url.host} does not answer: ${error.message || error.code}.`));
    request.end(asked.body);
  });
}
