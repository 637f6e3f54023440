import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { sampleFiles } from '#testing/samples/read.ts';
import { readSource } from '../index.ts';
import { openFindings, unsaid } from '../reading.ts';
import type { Owner, Reading, Thing } from '../reading.ts';
import { settle } from '../settle.ts';
import { oneLine } from '../wording.ts';
import { writeQuarterdeck } from './write.ts';

const read = (text: string) => readSource('quarterdeck', [{ path: 'a.yaml', bytes: new TextEncoder().encode(text) }]);
const codes = (text: string) => read(text).findings.map(({ level, code }) => `${level} ${code}`);
const service = (name: string, more = '') => `---\nquarterdeck: v1\nservice: ${name}\nname: ${name}\n${more}`;

test('the sample: services, components, edges at the consumer, and a redundancy group', () => {
  const { things, relations, redundancy, owners, findings } = readSource('quarterdeck', sampleFiles('quarterdeck'));
  const [shop] = things;
  assert.deepEqual(
    [shop?.ref, shop?.slug, shop?.tier, shop?.rto, shop?.owner, shop?.lead, shop?.attributes],
    ['service:shop', 'shop', 1, 60, 'team:storefront', 'person:eva@example.com', { 'cost centre': '4711' }],
  );
  assert.deepEqual(
    relations.map(({ provider, impact, group }) => [provider, impact, group]),
    [
      ['component:db-1', 'hard', 'database'],
      ['component:db-2', 'hard', 'database'],
      ['service:mail', 'soft', null],
    ],
  );
  assert.deepEqual(redundancy, [{ consumer: 'service:shop', group: 'database', minUp: 1, unit: 'count' }]);
  assert.deepEqual(
    owners.map(({ name, kind, email }) => [name, kind, email]),
    [
      ['Storefront', 'team', null],
      ['eva@example.com', 'person', 'eva@example.com'],
    ],
  );
  assert.deepEqual(findings, []);
});

test('what is written is sorted: the sample in another order gives the same text, and writing again changes nothing', () => {
  const reading = readSource('quarterdeck', sampleFiles('quarterdeck'));
  const turned: Reading = { ...reading, things: reading.things.toReversed(), relations: reading.relations.toReversed() };
  const text = writeQuarterdeck(reading);
  assert.equal(writeQuarterdeck(turned), text);
  assert.equal(writeQuarterdeck(read(text)), text);
  assert.match(text, /^---\nquarterdeck: v1\nservice: mail\nname: Mail\n---\nquarterdeck: v1\nservice: shop\n/);
});

test('a word too many, a type too few, an unknown group and another format are findings, and nothing is taken', () => {
  assert.deepEqual(codes(service('a', 'needz: []\n')), ['error bad-document']);
  assert.deepEqual(codes('quarterdeck: v1\ncomponent: a\nname: a\n'), ['error bad-document']);
  assert.deepEqual(codes('quarterdeck: v2\nservice: a\nname: a\n'), ['error bad-document']);
  assert.deepEqual(codes(service('a', 'component: b\n')), ['error bad-document']);
  assert.deepEqual(codes('kind: Component\n'), ['error bad-document']);
  assert.deepEqual(codes(service('a', 'redundancy: {g: many}\n')), ['error bad-document']);
  assert.deepEqual(codes(service('a', 'redundancy: {g: 50%}\n')), ['warning empty-group']);
  assert.match(read(service('a', 'tier: 9\n')).findings[0]?.sentence ?? '', /^service:a: tier: /);
  assert.deepEqual(codes(service('a', 'needs: [{service: a}, {service: nobody}]\n')), ['warning self-relation', 'warning dangling-reference']);
  assert.deepEqual(codes(service('a') + service('a')), ['warning duplicate']);
});

const words = fc.string({ unit: fc.constantFrom('a', 'B', '7', ' ', ':', '#', '-', '"', "'", '\n', '|', '>', '%', '&', '*', '!', '{', '[', 'ü', '🙂', '~', '.', '\\') });
const text = fc.oneof(words, fc.string({ unit: 'binary' }), fc.constantFrom('', 'null', 'true', '1e3', '0x1', '~', '---', '...', '<<', '__proto__', 'yes', '2024-01-01', '1:30'));
const named = text.map((value) => oneLine(value, 60) || 'x');
const attributes = fc.array(fc.tuple(named, named), { maxLength: 4 }).map((pairs) => Object.fromEntries(pairs));
const nullable = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: null });
const owner = (kind: Owner['kind']) =>
  named.map((name): Owner => ({ ref: `${kind}:${name.toLowerCase()}`, kind, name, email: null })).filter(({ name }) => !/^[^\s@]+@[^\s@]+$/.test(name));

const thing = fc.record({
  service: fc.boolean(),
  slug: fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/),
  id: named,
  name: named,
  summary: text,
  lifecycle: nullable(fc.constantFrom('planned', 'live', 'retiring', 'retired')),
  tier: nullable(fc.integer({ min: 1, max: 4 })),
  usersAffected: nullable(fc.nat(2_000_000_000)),
  rpo: nullable(fc.nat(1000)),
  supportHours: nullable(named),
  address: text,
  cloudId: nullable(named),
  team: nullable(owner('team')),
  lead: nullable(owner('person')),
  tags: fc.array(text, { maxLength: 3 }),
  attributes,
});
const edge = fc.record({
  provider: fc.nat(),
  consumer: fc.nat(),
  impact: fc.constantFrom('hard', 'soft', 'none'),
  group: nullable(named),
  note: text,
  word: named.filter((word) => word.length < 60),
  confidence: fc.nat(100),
  inferred: fc.boolean(),
});

/** Any catalog that a reader can give: settled, with references as this format writes them. */
const catalog = fc
  .tuple(fc.uniqueArray(thing, { minLength: 1, maxLength: 6, selector: ({ service: is, slug, id }) => (is ? slug : id.replace(/\s+/g, ' ')) }), fc.array(edge, { maxLength: 8 }))
  .map(([things, edges]): Reading => {
    const refs = things.map(({ service: is, slug, id }) => (is ? `service:${slug}` : `component:${id}`));
    const of = things.map(({ service: is, slug, id: _, team, lead, lifecycle, ...rest }, i): Thing => ({
      ...unsaid,
      ...rest,
      ref: refs[i]!,
      kind: is ? 'service' : 'component',
      type: is ? null : 'host',
      slug: is ? slug : null,
      lifecycle: lifecycle as Thing['lifecycle'],
      owner: team?.ref ?? null,
      lead: lead?.ref ?? null,
    }));
    const relations = edges.map(({ provider, consumer, impact, ...rest }) => ({
      ...rest,
      impact: impact as 'hard',
      provider: refs[provider % refs.length]!,
      consumer: refs[consumer % refs.length]!,
    }));
    const redundancy = relations.flatMap(({ consumer, group }) => (group === null ? [] : [{ consumer, group, minUp: 1, unit: 'count' as const }]));
    const owners = things.flatMap(({ team, lead }) => [team, lead]).filter((one) => one !== null);
    return settle({ things: of, relations, redundancy, owners }, openFindings());
  });

const compared = ({ things, relations, redundancy }: Reading) => ({
  things: things.map((one) => ({ ...one, file: null, line: null })).toSorted((a, b) => (a.ref < b.ref ? -1 : 1)),
  relations: relations.toSorted((a, b) => (JSON.stringify([a.consumer, a.provider]) < JSON.stringify([b.consumer, b.provider]) ? -1 : 1)),
  redundancy: redundancy.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
});

test('every catalog that is written is read back the same', () => {
  fc.assert(
    fc.property(catalog, (given) => {
      const back = read(writeQuarterdeck(given));
      assert.deepEqual(
        back.findings.filter(({ level }) => level === 'error'),
        [],
      );
      assert.deepEqual(compared(back), compared(given));
    }),
    { numRuns: 300 },
  );
});
