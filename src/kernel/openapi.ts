import * as z from 'zod';
import type { Contract, Verb } from './contract.ts';

type Json = Record<string, unknown>;

/** OpenAPI 3.1 of all contracts; the same text as docs/openapi.json, which a test compares. */
export function openApiOf(contracts: readonly Contract[], version: string): Json {
  const paths: Record<string, Json> = {};
  const schemas: Record<string, unknown> = { Problem: PROBLEM };
  for (const contract of contracts) {
    for (const [name, verb] of Object.entries(contract.verbs)) {
      const path = `/api/v1${verb.path}`;
      (paths[path] ??= {})[verb.method.toLowerCase()] = operation(contract, { name, verb }, schemas);
    }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Quarterdeck',
      version,
      description: 'Every verb of the desk. Refusals are RFC 9457 problem documents with a sentence a person can act on.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    tags: contracts.map((c) => ({ name: c.name, description: c.about })),
    paths,
    components: {
      schemas,
      securitySchemes: { token: { type: 'http', scheme: 'bearer', description: 'API token (qd_…)' } },
    },
    security: [{ token: [] }],
  };
}

function operation(contract: Contract, named: { name: string; verb: Verb }, schemas: Record<string, unknown>): Json {
  const { name, verb } = named;
  const input = jsonSchema(verb.input, 'input', schemas) as { properties?: Record<string, Json>; required?: string[] };
  const inPath = [...verb.path.matchAll(/\{(\w+)\}/g)].map((found) => found[1] ?? '');
  const rest = Object.entries(input.properties ?? {}).filter(([key]) => !inPath.includes(key));
  const required = (input.required ?? []).filter((key) => !inPath.includes(key));
  const inQuery = verb.method === 'GET';
  return {
    tags: [contract.name],
    operationId: `${contract.name}.${name}`,
    summary: verb.about,
    description: verb.can === 'anyone' ? 'Needs no sign-in.' : verb.can === 'self' ? 'Needs a signed-in person or a token.' : `Needs the permission \`${verb.can}\`.`,
    parameters: [
      ...inPath.map((key) => ({ name: key, in: 'path', required: true, schema: input.properties?.[key] ?? { type: 'string' } })),
      ...(inQuery ? rest.map(([key, schema]) => ({ name: key, in: 'query', required: required.includes(key), schema })) : []),
    ],
    ...(inQuery || rest.length === 0
      ? {}
      : {
          requestBody: {
            required: required.length > 0,
            content: {
              'application/json': { schema: { type: 'object', properties: Object.fromEntries(rest), ...(required.length > 0 ? { required } : {}), additionalProperties: false } },
            },
          },
        }),
    responses: {
      200: { description: 'Done', content: { 'application/json': { schema: jsonSchema(verb.output, 'output', schemas) } } },
      default: { description: 'Refused', content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } },
    },
  };
}

function jsonSchema(shape: unknown, io: 'input' | 'output', schemas: Record<string, unknown>): unknown {
  const made = z.toJSONSchema(shape as z.ZodType, { io, target: 'draft-2020-12', unrepresentable: 'any' }) as Json & { $defs?: Json };
  const { $defs = {}, $schema: _, ...schema } = made;
  Object.assign(schemas, relocate($defs));
  return relocate(schema);
}

function relocate(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(relocate);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, key === '$ref' && typeof inner === 'string' ? inner.replace('#/$defs/', '#/components/schemas/') : relocate(inner)]),
  );
}

const PROBLEM = {
  type: 'object',
  required: ['type', 'kind', 'title', 'status', 'sentence', 'fields'],
  properties: {
    type: { type: 'string' },
    kind: { enum: ['invalid', 'unauthenticated', 'forbidden', 'missing', 'conflict', 'refused', 'limited', 'unavailable', 'bug'] },
    title: { type: 'string' },
    status: { type: 'integer' },
    sentence: { type: 'string', description: 'What happened and what to do, for a person' },
    fields: { type: 'array', items: { type: 'object', properties: { field: { type: 'string' }, sentence: { type: 'string' } } } },
    instance: { type: 'string', description: 'Request id' },
    version: { type: 'integer', description: 'On a conflict: the stored version' },
  },
};
