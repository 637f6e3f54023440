import { isUtf8 } from 'node:buffer';
import type { FastifyRequest } from 'fastify';
import { tooDeep } from '#kernel/http.ts';

/** What one message may weigh, in bytes. */
export const BODY_MOST = 1024 * 1024;

interface Sent {
  readonly body: unknown;
  readonly headers: FastifyRequest['headers'];
}

export type Text = { readonly text: string } | { readonly sentence: string; readonly status: 400 | 415 };

/** The body as text: UTF-8, UTF-16 by its mark or by its zeros, else by the charset it names. */
export function textOf({ body, headers }: Sent): Text {
  const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
  const packed = (headers['content-encoding'] ?? '').toLowerCase();
  if (packed !== '' && packed !== 'identity') return { status: 415, sentence: `The body is packed (${packed.slice(0, 40)}). Send it as it is, without Content-Encoding.` };
  const wide = widthOf(bytes);
  if (wide) return decoded(bytes, wide);
  if (isUtf8(bytes)) return { text: bytes.toString('utf8').replace(/^\ufeff/, '') };
  const [, named] = /charset\s*=\s*"?([\w.:-]{1,40})/i.exec(headers['content-type'] ?? '') ?? [];
  return named && !/^utf-?8$/i.test(named) ? decoded(bytes, named) : { status: 400, sentence: 'The body is not UTF-8 text. Send UTF-8, or name the charset in Content-Type.' };
}

function widthOf(bytes: Buffer): 'utf-16le' | 'utf-16be' | undefined {
  if (bytes.length < 2) return undefined;
  const [first, second] = [bytes[0], bytes[1]];
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) return 'utf-16le';
  return (first === 0xfe && second === 0xff) || (first === 0 && second !== 0) ? 'utf-16be' : undefined;
}

function decoded(bytes: Buffer, charset: string): Text {
  try {
    return { text: new TextDecoder(charset, { fatal: true }).decode(bytes) };
  } catch {
    return { status: 400, sentence: `The body cannot be read as ${charset}. Send UTF-8.` };
  }
}

export const TOO_DEEP = 'The body is nested deeper than 64 levels. Send it flatter.';

export type Json = { readonly json: unknown } | { readonly sentence: string };

export function jsonOf(text: string): Json {
  if (text.trim() === '') return { sentence: 'The body is empty. Send JSON.' };
  if (tooDeep(text)) return { sentence: TOO_DEEP };
  try {
    return { json: JSON.parse(text) };
  } catch {
    return { sentence: 'The body is not JSON that can be read.' };
  }
}

/** JSON, or the fields of a form, which scripts send more safely than JSON they glue together; `also` are those of the query. */
export function fieldsOf(text: string, contentType: string, also: Readonly<Record<string, unknown>> = {}): Json {
  const looksJson = /^\s*[[{]/.test(text);
  const isForm = contentType.includes('x-www-form-urlencoded') && !looksJson;
  if (!isForm && text.trim() !== '') {
    const read = jsonOf(text);
    if ('sentence' in read || typeof read.json !== 'object' || read.json === null || Array.isArray(read.json)) return read;
    return { json: { ...also, ...read.json } };
  }
  const fields = { ...also, ...Object.fromEntries(new URLSearchParams(isForm ? text : '')) };
  return Object.keys(fields).length === 0 ? { sentence: 'The body is empty. Send JSON or a form.' } : { json: fields };
}
