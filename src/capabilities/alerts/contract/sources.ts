import * as z from 'zod';
import { instant, mayOf, number, page, pageInput, title, verb, version } from '#kernel/contract.ts';
import { alertSeverity, Source } from './shapes.ts';

const Key = z.object({ key: z.string(), addresses: z.array(z.object({ format: z.string(), address: z.string(), how: z.string() })), source: Source });

export const sourceVerbs = {
  sources: verb('GET /sources', { can: 'alerts.read', about: 'list alert sources with their health', input: { ...pageInput }, output: page(Source) }),
  source: verb('GET /sources/{number}', {
    can: 'alerts.read',
    about: 'look at an alert source and what it sent lately',
    input: { number },
    output: z.object({
      source: Source,
      recent: z.array(
        z.object({ id: z.uuid(), at: instant, format: z.string(), state: z.string(), error: z.string().nullable(), signals: z.number().int().nullable(), body: z.string() }),
      ),
      may: mayOf('updateSource', 'makeKey', 'retireSource'),
    }),
  }),
  createSource: verb('POST /sources', {
    can: 'alerts.configure',
    about: 'connect a monitoring system; the key is shown once',
    secret: true,
    input: { name: title, about: z.string().max(500).default(''), service: number.nullable().default(null) },
    output: Key,
  }),
  updateSource: verb('POST /sources/{number}', {
    can: 'alerts.configure',
    about: 'rename a source or give it a service',
    input: { number, version, name: title.optional(), about: z.string().max(500).optional(), service: number.nullable().optional() },
    output: Source,
  }),
  makeKey: verb('POST /sources/{number}/keys', {
    can: 'alerts.configure',
    about: 'make a second key, to change it without losing a signal',
    secret: true,
    input: { number },
    output: Key,
  }),
  revokeKey: verb('POST /sources/{number}/keys/{keyId}/revoke', { can: 'alerts.configure', about: 'revoke a key', input: { number, keyId: z.uuid() }, output: Source }),
  test: verb('POST /sources/{number}/test', {
    can: 'alerts.configure',
    about: 'send a test signal through the whole way; it resolves when you resolve it',
    input: { number, severity: alertSeverity.default('critical') },
    output: z.object({ sentence: z.string() }),
  }),
  retireSource: verb('POST /sources/{number}/retire', {
    can: 'alerts.configure',
    about: 'disconnect a source; its keys stop at once',
    input: { number, version },
    output: Source,
  }),
};
