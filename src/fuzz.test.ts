import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import fc from 'fast-check';
import type * as z from 'zod';
import type { Verb } from '#kernel/contract.ts';
import { openTestDesk, type TestDesk } from '#testing/desk.ts';
import { allContracts } from './contracts.ts';

let desk: TestDesk;
before(async () => {
  desk = await openTestDesk();
  for (const { id } of (await desk.people.tokens({})).items) own.add(id);
});
after(() => desk.close());

const SEED = 20260302;
const ROUNDS = 3;
const PER_VERB = 4;

const prefixes = allContracts.flatMap((c) => Object.values(c.kinds).map((kind) => kind.prefix));
const cursor = (key: unknown) => Buffer.from(JSON.stringify(key)).toString('base64url');

/** Clumsy and hostile texts of every form a field may ask for; what a field's own shape refuses is left out for it. */
const TEXTS: readonly string[] = [
  ...prefixes.flatMap((prefix) => [`${prefix}-1`, `${prefix}-2`]),
  'INC-99999999999999999999999',
  '00000000-0000-7000-8000-000000000000',
  'a',
  'Ärger 🔥 im Lager',
  'nul \u0000 inside',
  'lone \ud800 surrogate',
  'bell \u0007 \u001b[31m',
  '\u202eright to left',
  '%_\\',
  "'; drop table record; --",
  '<img src=x onerror=1>',
  'x'.repeat(200),
  '🔥'.repeat(100),
  'x'.repeat(20_000),
  ' ',
  '',
  '(',
  'a:b=c',
  '{severity="critical"}',
  'env=prod',
  '"',
  ')))',
  '!!!',
  '* & !',
  '2026-03-02T10:00:00Z',
  '2026-03-05T10:00:00+14:00',
  '9999-12-31T23:59:59Z',
  '0001-01-01T00:00:00Z',
  '2024-02-29T00:00:00Z',
  '2026-03-02',
  '9999-12-31',
  '0001-01-01',
  '09:00',
  '24:00',
  '23:59',
  '08:30:00',
  'PT1H',
  'P1D',
  'P99999Y',
  'Europe/Berlin',
  'UTC',
  'Nowhere/Town',
  'Pacific/Apia',
  'bo@example.com',
  'http://127.0.0.1:9/',
  'https://127.0.0.1:9/x?y=%00',
  '127.0.0.1',
  'localhost',
  'de',
  'en',
  '#ffffff',
  '0',
  '123456',
  'true',
  'false',
  '1',
  '-1',
  '1e999',
  'slug-like',
  'a_b',
  'A',
  '*',
  '0 9 * * 1',
  '* * * * *',
  'abcdefghijklmnopqrstuvwxyz0123456789',
  'four plain words of length',
  ...[[], ['a'], ['a', 'b'], ['2026-03-02T10:00:00Z', 'b'], [null, null], ['\u0000', 1], [1, 2, 3], [{}, []], ['a', 'b', 'c']].map(cursor),
];
const NUMBERS: readonly number[] = [0, 1, 2, 5, 30, 60, 100, 200, 3600, -1, 0.5, 65_535, 2_147_483_647, 2_147_483_648, 9_007_199_254_740_991, 1e300];

/** Numbers and ids that earlier answers named: later calls meet records that exist. */
const seen = new Set<string>();
/** Its own key is left alone: without it every later call would only be refused. */
const own = new Set<string>();

type Def = Record<string, never> & { type: string };
const defOf = (shape: z.ZodType): Def => (shape as unknown as { _zod: { def: Def } })._zod.def;

/** What a zod shape accepts, mostly: pools of awkward values for leaves, few and empty members for lists. */
function valuesOf(shape: z.ZodType, depth = 0): fc.Arbitrary<unknown> {
  const def = defOf(shape) as unknown as Record<string, unknown> & { type: string };
  const inner = (key: string) => valuesOf(def[key] as z.ZodType, depth + 1);
  switch (def.type) {
    case 'string': {
      const fit = [...TEXTS, ...seen].filter((text) => shape.safeParse(text).success);
      return fc.constantFrom(...(fit.length > 0 ? fit : TEXTS));
    }
    case 'number':
    case 'int': {
      const fit = NUMBERS.filter((value) => shape.safeParse(value).success);
      return fc.constantFrom(...(fit.length > 0 ? fit : NUMBERS));
    }
    case 'boolean':
      return fc.boolean();
    case 'enum':
      return fc.constantFrom(...Object.values(def['entries'] as Record<string, string>));
    case 'literal':
      return fc.constantFrom(...(def['values'] as unknown[]));
    case 'null':
      return fc.constant(null);
    case 'array':
      return fc.array(inner('element'), { minLength: 0, maxLength: 3 });
    case 'tuple':
      return fc.tuple(...(def['items'] as z.ZodType[]).map((item) => valuesOf(item, depth + 1)));
    case 'object':
      return fc.record(Object.fromEntries(Object.entries(def['shape'] as Record<string, z.ZodType>).map(([key, value]) => [key, valuesOf(value, depth + 1)])));
    case 'record':
      return fc.dictionary(fc.constantFrom('a', 'env', 'nul\u0000', '__proto__', 'ä', 'x'.repeat(64)), inner('valueType'), { maxKeys: 3 });
    case 'union':
      return fc.oneof(...(def['options'] as z.ZodType[]).map((option) => valuesOf(option, depth + 1)));
    case 'optional':
    case 'default':
    case 'prefault':
    case 'catch':
      return fc.option(inner('innerType'), { nil: undefined, freq: 2 });
    case 'nullable':
      return fc.option(inner('innerType'), { nil: null });
    case 'readonly':
    case 'nonoptional':
      return inner('innerType');
    case 'pipe':
      return inner('in');
    case 'lazy':
      return depth > 6 ? fc.constant(null) : valuesOf((def['getter'] as () => z.ZodType)(), depth + 1);
    default:
      return fc.constantFrom<unknown>(null, 'a', 1, {}, [], { a: { b: ['\u0000'] } });
  }
}

/** Fields outside of the call's own shape are refused before anything runs, so they are not tried here. */
async function call(verb: Verb, input: Readonly<Record<string, unknown>>): Promise<{ status: number; text: string }> {
  const rest = { ...input };
  const path = verb.path.replace(/\{(\w+)\}/g, (_, key: string) => {
    const given = rest[key];
    const value = typeof given === 'string' || typeof given === 'number' ? String(given) : 'x';
    delete rest[key];
    return encodeURIComponent(value.toWellFormed().slice(0, 400)) || 'x';
  });
  const query = new URLSearchParams();
  if (verb.method === 'GET')
    for (const [key, value] of Object.entries(rest))
      for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined && one !== null) query.append(key, String(one));
  const answer = await fetch(`${desk.url}/api/v1${path}${query.size > 0 ? `?${query}` : ''}`.slice(0, 12_000), {
    method: verb.method,
    headers: { authorization: `Bearer ${desk.adminToken}`, ...(verb.method === 'GET' ? {} : { 'content-type': 'application/json' }) },
    ...(verb.method === 'GET' ? {} : { body: JSON.stringify(rest) }),
  });
  return { status: answer.status, text: await answer.text() };
}

function remember(text: string): void {
  for (const [found] of text.slice(0, 20_000).matchAll(/\b[A-Z]{2,4}-\d{1,6}\b|[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g)) {
    if (seen.size < 150 && !own.has(found)) seen.add(found);
  }
}

it('no input makes any verb answer 500: a refusal always has a sentence', { timeout: 60_000 }, async () => {
  const faults: string[] = [];
  let taken = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const contract of allContracts) {
      for (const [name, verb] of Object.entries(contract.verbs)) {
        const inputs = fc.sample(valuesOf(verb.input as unknown as z.ZodType), { seed: SEED + round, numRuns: PER_VERB }) as Record<string, unknown>[];
        const answers = await Promise.all(inputs.map((input) => call(verb, input)));
        for (const [i, { status, text }] of answers.entries()) {
          if (status < 400) {
            taken += 1;
            remember(text);
          } else if (status >= 500 || !(JSON.parse(text) as { sentence?: string }).sentence)
            faults.push(`${contract.name}.${name} ${status}: ${JSON.stringify(inputs[i]).slice(0, 400)}`);
        }
      }
    }
  }
  assert.ok(taken > 100, `only ${taken} calls were accepted: the inputs are too wild to reach the actions`);
  assert.deepEqual(faults, []);
});
