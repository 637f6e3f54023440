import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { sampleFiles } from '#testing/samples/read.ts';
import { importers, readSource } from './index.ts';
import type { ImporterName } from './index.ts';
import type { InputFile, Reading } from './reading.ts';
import { isSecret } from './secrets.ts';

const formats = Object.keys(importers) as ImporterName[];
const input = (path: string, text: string): InputFile => ({ path, bytes: new TextEncoder().encode(text) });
const codes = ({ findings }: Reading) => findings.map(({ code }) => code);

/** One file name that each format would take, and a sample of it. */
const samples: Readonly<Record<ImporterName, readonly InputFile[]>> = {
  backstage: sampleFiles('backstage/webgrip+organisation-public'),
  ansible: [...sampleFiles('ansible', 'authored__mixed.ini'), ...sampleFiles('ansible/yaml'), ...sampleFiles('ansible/expected', 'authored__mixed.ini.list.json')],
  terraform: sampleFiles('terraform', '{inframap__aws_state_with_count.json,driftctl__aws_db_instance.tfstate}'),
  kubernetes: sampleFiles('kubernetes'),
  csv: sampleFiles('csv'),
  quarterdeck: sampleFiles('quarterdeck'),
};
const name = (format: ImporterName) => samples[format][0]!.path;

/** What must hold of any reading, whatever was read. */
function assertSound(reading: Reading): void {
  const refs = new Set(reading.things.map(({ ref }) => ref));
  assert.equal(refs.size, reading.things.length);
  for (const { provider, consumer, confidence } of reading.relations)
    assert.ok(refs.has(provider) && refs.has(consumer) && provider !== consumer && confidence >= 0 && confidence <= 100);
  for (const thing of reading.things) {
    assert.ok(thing.name.length >= 1 && thing.name.length <= 200 && thing.ref !== '' && thing.summary.length <= 1000 && thing.address.length <= 300 && thing.links.length <= 20);
    assert.ok((thing.kind === 'service') === (thing.type === null));
    for (const [key, value] of Object.entries(thing.attributes)) assert.ok(!isSecret(key, value) && value.length <= 500);
    assert.ok(thing.links.every(({ url }) => /^https?:\/\//i.test(url)));
  }
  assert.equal(reading.complete, !reading.findings.some(({ level }) => level === 'error') || reading.findings.length > 1000);
  JSON.stringify([reading.things, reading.relations, reading.owners, reading.findings], (key, value: unknown) => {
    for (const text of [key, value]) assert.ok(typeof text !== 'string' || (text.isWellFormed() && !text.includes('\0')), 'the database takes neither NUL nor broken characters');
    return value;
  });
  assert.ok(reading.findings.every(({ sentence }) => /[.?!…]$/.test(sentence)));
}

for (const format of formats) {
  test(`${format}: the sample gives things and every reading is sound`, () => {
    const reading = readSource(format, samples[format]);
    assertSound(reading);
    assert.ok(reading.things.length > 0 && reading.complete);
    assert.deepEqual(readSource(format, samples[format].toReversed()), reading);
  });

  test(`${format}: what cannot be text is refused with a sentence, and nothing is read`, () => {
    const refused: readonly (readonly [string, InputFile[]])[] = [
      ['nothing', []],
      ['empty', [input(name(format), '')]],
      ['empty', [input(name(format), ' \n\t')]],
      ['binary', [input(name(format), 'a\0b')]],
      ['not-utf8', [{ path: name(format), bytes: new Uint8Array([0x63, 0xe9, 0x0a]) }]],
      ['too-large', [{ path: name(format), bytes: new Uint8Array(50 * 1024 * 1024) }]],
      ['outside-root', [input('../x', 'a')]],
      ['outside-root', [input('/etc/passwd', 'a')]],
      ['outside-root', [input('a/../../b', 'a')]],
      ['outside-root', [input('C:\\x', 'a')]],
    ];
    for (const [code, files] of refused) {
      const reading = readSource(format, files);
      assert.deepEqual([codes(reading), reading.things, reading.complete], [[code], [], false]);
      assertSound(reading);
    }
  });

  test(`${format}: settings that nobody knows are refused`, () => {
    assert.deepEqual(codes(readSource(format, samples[format], { unheardOf: 1 })), ['options']);
  });

  test(`${format}: changed, cut and mixed samples end in a reading`, { timeout: 60_000 }, () => {
    const parts = [
      '[',
      '{',
      '}',
      '"',
      "'",
      '\n',
      '---\n',
      ': ',
      '- ',
      '&a ',
      '*a',
      '!x ',
      '<<: *a\n',
      '[1:99999]',
      '__proto__',
      'constructor',
      '\\u0000',
      '\u0000',
      '\ud800',
      'null',
      '1e999',
      ',',
      ';',
      '=',
      '%',
      '\t',
      ' '.repeat(50),
      '['.repeat(500),
    ];
    const change = fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), drop: fc.nat(40), put: fc.oneof(fc.constantFrom(...parts), fc.string({ maxLength: 10 })) });
    const property = fc.property(fc.nat(), fc.array(change, { minLength: 1, maxLength: 4 }), fc.constantFrom(...formats), (pick, changes, as) => {
      const given = samples[format][pick % samples[format].length]!;
      let text = Buffer.from(given.bytes).toString();
      for (const { at, drop, put } of changes) {
        const place = Math.floor(at * text.length);
        text = text.slice(0, place) + put + text.slice(place + drop);
      }
      assertSound(readSource(as, [input(given.path, text)]));
      assertSound(readSource(format, [input(given.path, text)]));
    });
    fc.assert(property, { numRuns: 150 });
  });

  test(`${format}: random bytes end in a reading`, () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => assertSound(readSource(format, [{ path: name(format), bytes }]))),
      { numRuns: 200 },
    );
  });

  test(`${format}: values of any shape in its places end in a reading`, () => {
    const odd = fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        fc.string(),
        fc.constantFrom('Pod', 'Component', 'a', 'v1', 'managed', '4'),
        fc.integer(),
        fc.constant(null),
        fc.boolean(),
        fc.array(tie('value'), { maxLength: 3 }),
        tie('object'),
      ),
      object: fc.dictionary(
        fc.constantFrom(
          'kind',
          'metadata',
          'name',
          'spec',
          'items',
          'version',
          'resources',
          'instances',
          'mode',
          'type',
          'dependencies',
          'attributes',
          'hosts',
          'children',
          'vars',
          '_meta',
          'hostvars',
          'all',
          'owner',
          'dependsOn',
          'targets',
          'quarterdeck',
          'service',
          'needs',
          'redundancy',
          'ownerReferences',
          'selector',
          'labels',
          '__proto__',
          'tags',
        ),
        tie('value'),
        { maxKeys: 8 },
      ),
    }));
    fc.assert(
      fc.property(odd.object, (value) => assertSound(readSource(format, [input('a.json', JSON.stringify(value)), input('b.yaml', JSON.stringify(value))]))),
      { numRuns: 200 },
    );
  });
}

/** Readers of YAML, each with the file name that makes it one. */
const yamlReaders: readonly ImporterName[] = ['backstage', 'ansible', 'kubernetes', 'quarterdeck'];

test('YAML bombs, circles and towers are refused at once', () => {
  const levels = [...'abcdefghij'];
  const bomb = [
    'a: &a [x, x, x, x, x, x, x, x, x]',
    ...levels.slice(1).map((level, i) => `${level}: &${level} [${Array.from({ length: 9 }, () => `*${levels[i]}`).join(', ')}]`),
  ].join('\n');
  const bad = [bomb, 'a: &a [*a]\n', `a: ${'['.repeat(5000)}`, '- '.repeat(30_000), `${'{a: '.repeat(3000)}1${'}'.repeat(3000)}`, `${'? '.repeat(20_000)}`];
  const began = performance.now();
  for (const format of yamlReaders) {
    for (const text of bad) {
      const reading = readSource(format, [input('catalog-info.yaml', `# x\n${text}`)]);
      assert.deepEqual(
        [codes(reading).includes('yaml'), reading.things.length, reading.complete],
        [true, format === 'kubernetes' ? 0 : 0, false],
        `${format} ${text.slice(0, 20)}`,
      );
    }
  }
  assert.ok(performance.now() - began < 10_000);
});

test('a YAML file beyond its own limit is refused before it is read', () => {
  for (const format of yamlReaders) assert.deepEqual(codes(readSource(format, [input('catalog-info.yaml', `# ${'x'.repeat(5 * 1024 * 1024)}`)])), ['too-large']);
});

test('JSON towers are refused, and a million findings are not kept', () => {
  for (const format of ['terraform', 'kubernetes', 'ansible'] as const) {
    const reading = readSource(format, [input('a.json', `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`)]);
    assert.deepEqual([codes(reading), reading.complete], [['json'], false]);
  }
  const many = readSource('csv', [input('a.csv', `name\n${'a,b\n'.repeat(100_000)}`)]);
  assert.deepEqual([many.findings.length, many.findings.at(-1)?.code, many.complete], [1001, 'more', false]);
});

test('one bad file among good ones: they are read, and nothing counts as gone', () => {
  const reading = readSource('backstage', [...samples.backstage, { path: 'x.yaml', bytes: new Uint8Array([0xff]) }]);
  assert.deepEqual([reading.things.length, reading.complete], [11, false]);
});

test('too many bytes in all are refused', () => {
  const big = new TextEncoder().encode('# x\n'.repeat(4 * 1024 * 1024));
  const reading = readSource(
    'ansible',
    [1, 2, 3, 4].map((i) => ({ path: `f${i}`, bytes: big })),
  );
  assert.deepEqual([codes(reading), reading.things], [['too-large'], []]);
});

test('secrets by name and by value', () => {
  for (const key of [
    'password',
    'dbPassword',
    'DB_PASSWORD',
    'api_key',
    'apiKey',
    'client-secret',
    'ansible_become_pass',
    'authToken',
    'tls_private_key',
    'connectionString',
    'mysql_pw',
    'pwd',
    'Kennwort',
    'accessKeys',
    'dsn',
  ])
    assert.ok(isSecret(key, 'x'), key);
  for (const key of [
    'name',
    'engine',
    'key_name',
    'passive',
    'compass',
    'bypass_list',
    'port',
    'zone',
    'monkey',
    'author',
    'kubelet',
    'path',
    'label app',
    'replicas',
    'cost centre',
  ])
    assert.ok(!isSecret(key, 'x'), key);
  for (const value of [
    '-----BEGIN RSA PRIVATE KEY-----',
    '$ANSIBLE_VAULT;1.1',
    'postgres://u:p@h/db',
    'Server=x;Password=y',
    'eyJhbGciOiJIUzI1NiJ9.e30.x',
    'ghp_abcdef',
    'AKIAIOSFODNN7',
  ])
    assert.ok(isSecret('note', value), value);
  for (const value of ['https://example.com/a:b@c', 'skeleton', 'a: b', 'registry.example.com/x:1.2']) assert.ok(!isSecret('note', value), value);
});
