import type { Socket } from 'node:net';
import { checkServerIdentity, connect, type TLSSocket } from 'node:tls';
import { domainToASCII } from 'node:url';
import { seenCertificates } from '#kernel/certificates.ts';
import { isAddress } from '../shared.ts';
import { distrustWords } from '../tls.ts';
import { familyOf, ProbeFailed, wordsOf, type Around, type Found } from './run.ts';

/** More than this of an answer is not waited for. */
const MOST_BYTES = 262_144;
const PAUSE_MS = 20;
/** So often an answer is read as its pieces come; then the pieces are taken together. */
const AT_ONCE = 16;

interface Place {
  readonly host: string;
  readonly port: number;
  readonly ip: 'any' | '4' | '6';
}

/** A connection through the door that ends with the run's time. */
export async function open({ host, port, ip }: Place, { door, origin, timeoutMs, signal }: Around): Promise<Socket> {
  const socket = await door.connect({ host, port, origin, timeoutMs, ...familyOf(ip) });
  endWith(signal, socket);
  return socket;
}

export function endWith(signal: AbortSignal, socket: Pick<Socket, 'destroy' | 'once'>): void {
  const end = () => void socket.destroy();
  if (signal.aborted) end();
  signal.addEventListener('abort', end, { once: true });
  socket.once('close', () => signal.removeEventListener('abort', end));
}

interface Trust {
  readonly host: string;
  readonly verify: boolean;
  readonly authority?: string;
}

/** The same connection, encrypted from here on. The certificate is looked at, and refused only where it is to be. */
export function secured(socket: Socket, { host, verify, authority }: Trust): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const over = connect({ socket, rejectUnauthorized: false, ...(isAddress(host) ? {} : { servername: domainToASCII(host) || host }), ...(authority && { ca: authority }) });
    over.once('secureConnect', () => {
      const words = verify ? distrustOf(over, host) : '';
      over.on('error', () => undefined);
      if (words === '') return resolve(over);
      over.destroy();
      reject(new ProbeFailed(words));
    });
    over.once('error', (error) => reject(new ProbeFailed(`no encryption could be agreed on: ${wordsOf(error)}`)));
    over.once('close', () => reject(new ProbeFailed('the connection was closed while encryption was agreed on')));
  });
}

/** Why the certificate of a connection is not trusted for a name; empty when it is. */
export function distrustOf(socket: TLSSocket, name: string): string {
  const { authorizationError } = socket;
  if (!socket.authorized && authorizationError) return distrustWords(String(Reflect.get(Object(authorizationError), 'code') ?? authorizationError));
  return checkServerIdentity(name, socket.getPeerCertificate()) ? distrustWords('ERR_TLS_CERT_ALTNAME_INVALID') : '';
}

/** When the certificate of a connection ends, and the whole chain that was shown. */
export function certificateEnd(socket: TLSSocket): Pick<Found, 'certificateEndsAt' | 'certificates'> {
  const certificates = seenCertificates(socket);
  return certificates[0] ? { certificateEndsAt: certificates[0].endsAt, certificates } : {};
}

/** Talk over a connection: say something, hear until it is understood. */
export interface Talk {
  say(text: string): void;
  /** Waits until `read` finds something in all that came since the last time; the text is bytes as latin1. */
  hear<T>(read: (received: string) => T | undefined): Promise<T>;
  end(): void;
}

export function talkOver(socket: Socket): Talk {
  let received = '';
  let closed: string | undefined;
  let heard: (() => void) | undefined;
  const close = (words: string) => {
    closed ??= words;
    clearTimeout(later);
    heard?.();
  };
  let [readAt, inVain] = [0, 0];
  let later: NodeJS.Timeout | undefined;
  /** What is whole is read at once; a flood of single bytes is not read anew with each of them. */
  const readSoon = () => {
    if (later !== undefined) return;
    const read = () => {
      later = undefined;
      readAt = performance.now();
      inVain += 1;
      heard?.();
    };
    const wait = inVain < AT_ONCE ? 0 : readAt + PAUSE_MS - performance.now();
    if (wait <= 0) read();
    else later = setTimeout(read, wait);
  };
  const listen = (chunk: Buffer) => {
    received += chunk.toString('latin1');
    if (received.length > MOST_BYTES) {
      socket.destroy();
      close('it sends more than is waited for');
    }
    readSoon();
  };
  socket.on('data', listen);
  socket.once('close', () => close('the connection was closed before the answer was whole'));
  socket.once('end', () => close('the connection was closed before the answer was whole'));
  socket.once('error', (error) => close(`the connection broke off: ${wordsOf(error)}`));
  return {
    say: (text) => void socket.write(text),
    hear(read) {
      return new Promise((resolve, reject) => {
        heard = () => {
          try {
            const found = read(received);
            if (found === undefined && closed === undefined) return;
            heard = undefined;
            if (found === undefined) reject(new ProbeFailed(closed ?? ''));
            else {
              received = '';
              inVain = 0;
              resolve(found);
            }
          } catch (error) {
            heard = undefined;
            reject(new ProbeFailed(wordsOf(error)));
          }
        };
        heard();
      });
    },
    end: () => void socket.destroy(),
  };
}

/** The text of bytes that came as latin1. */
export const asText = (received: string): string => Buffer.from(received, 'latin1').toString('utf8');
