import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { sampleFiles } from '#testing/samples/read.ts';
import { readSource } from '../index.ts';
import { globFits } from './locations.ts';
import { cyclesOf, parseRef } from './relations.ts';

const input = (path: string, text: string) => ({ path, bytes: new TextEncoder().encode(text) });
const read = (text: string, more: { path: string; bytes: Uint8Array }[] = []) => readSource('backstage', [input('catalog-info.yaml', text), ...more]);
const component = (name: string, spec = '', rest = '') =>
  `---\napiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {name: ${name}}\n${rest}spec:\n  type: service\n  lifecycle: production\n  owner: team-a\n${spec}`;
const location = (targets: string, more = '') => `kind: Location\nmetadata: {name: root}\nspec:\n  targets: ${targets}\n${more}`;
const found = (text: string, more: { path: string; bytes: Uint8Array }[] = []) =>
  read(text, more)
    .findings.filter(({ code }) => code !== 'undescribed')
    .map(({ level, code, value }) => [level, code, value]);

const platform = readSource('backstage', sampleFiles('backstage/1-Platform+one-platform'));
const catalogs: readonly (readonly [string, number, number, boolean])[] = [
  ['1-Platform+one-platform', 21, 40, true],
  ['RoadieHQ+roadie-backstage-plugins', 22, 0, true],
  ['backstage+demo', 2, 1, true],
  ['stateful+docs.runme.dev', 1, 0, true],
  ['stateful+runme', 1, 0, true],
  ['webgrip+organisation-public', 11, 12, true],
];

for (const [name, things, relations, complete] of catalogs) {
  test(`${name} is read whole`, () => {
    const reading = readSource('backstage', sampleFiles(`backstage/${name}`));
    assert.deepEqual([reading.things.length, reading.relations.length, reading.complete], [things, relations, complete]);
  });
}

test('the largest sample: services, databases, edges from provider to consumer, the domain as a capability, and every defect', () => {
  const thing = (ref: string) => platform.things.find((one) => one.ref === ref);
  const gateway = thing('component:devex/one-platform-api-gateway');
  assert.deepEqual(
    [gateway?.kind, gateway?.name, gateway?.slug, gateway?.lifecycle, gateway?.owner],
    ['service', 'API Gateway', 'one-platform-api-gateway', 'live', 'group:redhat/one-platform-devs'],
  );
  assert.equal(gateway?.capability, 'platform-engineering');
  assert.deepEqual(gateway?.links, [{ label: 'GitHub', url: 'https://github.com/1-Platform/one-platform' }]);
  assert.deepEqual([thing('resource:devex/native-apps-mongodb')?.type, thing('resource:devex/one-platform-opc-base')?.type], ['database', 'software']);
  assert.equal(thing('component:devex/one-platform-analytics-service')?.lifecycle, 'retired');
  const edge = platform.relations.find(({ consumer, provider }) => consumer === gateway?.ref && provider === 'component:devex/one-platform-analytics-service');
  assert.deepEqual([edge?.word, edge?.impact], ['dependsOn', 'hard']);
  const parts = platform.relations.filter(({ consumer }) => consumer === 'system:devex/one-platform');
  assert.ok(parts.length === 20 && parts.every(({ impact }) => impact === 'soft'));
  const codes = Map.groupBy(platform.findings, ({ code }) => code);
  assert.deepEqual(Object.fromEntries([...codes].map(([code, all]) => [code, all.length])), {
    'remote-target': 1,
    'not-catalog': 1,
    'unknown-root-keys': 1,
    'unusual-lifecycle': 1,
    'misspelt-field': 1,
    undescribed: 2,
    cycle: 1,
    'dangling-reference': 4,
    'self-relation': 1,
  });
});

test('teams and people are named, not made', () => {
  const { owners, things } = readSource('backstage', sampleFiles('backstage/webgrip+organisation-public'));
  assert.deepEqual(
    owners.map(({ ref, kind, name, email }) => [ref, kind, name, email]),
    [
      ['group:webgrip/c-level-group', 'team', 'C-Level', 'ryan@example.org'],
      ['group:webgrip/infrastructure', 'team', 'infrastructure', null],
    ],
  );
  const quote = things.find(({ name }) => name === 'Quote');
  assert.deepEqual([quote?.tier, quote?.capability, things.find(({ ref }) => ref.startsWith('resource:'))?.type], [3, 'Operations', 'cloud']);
});

test('what a library, an API, a domain and a user become', () => {
  const { things, relations } = read(
    [
      component('web', '  providesApis: [rest]\n  consumesApis: [other]\n  subcomponentOf: web-suite\n'),
      component('web-suite'),
      'kind: Component\nmetadata: {name: ui}\nspec: {type: library, lifecycle: experimental, owner: user:default/eva}\n',
      'kind: API\nmetadata: {name: rest}\nspec: {type: openapi, lifecycle: production, owner: team-a, definition: x}\n',
      'kind: API\nmetadata: {name: other}\nspec: {type: grpc, lifecycle: production, owner: team-a, definition: x}\n',
      'kind: User\nmetadata: {name: eva}\nspec: {memberOf: [], profile: {displayName: Eva, email: eva@example.com}}\n',
      'kind: Domain\nmetadata: {name: sales}\nspec: {owner: team-a}\n',
      'kind: Template\nmetadata: {name: new}\nspec: {}\n',
    ].join('---\n'),
  );
  assert.deepEqual(
    things.map(({ name, kind, type }) => [name, kind, type]),
    [
      ['web', 'service', null],
      ['web-suite', 'service', null],
      ['ui', 'component', 'software'],
      ['rest', 'component', 'software'],
      ['other', 'component', 'software'],
    ],
  );
  assert.deepEqual(
    relations.map(({ provider, word, consumer, impact }) => `${provider} ${word} ${consumer} ${impact}`),
    [
      'api:default/other consumesApi component:default/web hard',
      'component:default/web partOf component:default/web-suite soft',
      'component:default/web providesApi api:default/rest hard',
    ],
  );
});

test('each defect is a finding, and the entity stays', () => {
  assert.deepEqual(found(component('a', '  dependsOn: [b, "component:x y", 7, {a: 1}]\n')), [
    ['warning', 'reference-without-kind', 'b'],
    ['warning', 'bad-reference', 'component:x y'],
    ['warning', 'bad-reference', '7'],
    ['warning', 'bad-reference', '{"a":1}'],
  ]);
  assert.deepEqual(found(component('a', '  dependsOn: ["component:A"]\n')), [['warning', 'self-relation', 'dependsOn']]);
  assert.deepEqual(found(component('a--b')), [['warning', 'invalid-name', 'a--b']]);
  assert.deepEqual(
    found(component('a') + component('A')).map(([, code]) => code),
    ['duplicate'],
  );
  assert.deepEqual(found('kind: System\nmetadata: {name: s}\nspec: {}\n'), [['warning', 'missing-owner', null]]);
  assert.deepEqual(found(component('"${{ values.name }}"')), [['warning', 'template-placeholder', '${{ values.name }}']]);
  assert.deepEqual(found('kind: Robot\nmetadata: {name: r}\n'), [['info', 'unknown-kind', 'Robot']]);
  assert.deepEqual(found(component('a', '  dependsOn: ["component:b"]\n') + component('b', '  dependsOn: ["component:a"]\n')), [
    ['warning', 'cycle', 'component:default/a, component:default/b'],
  ]);
  assert.deepEqual(found(component('a', '', 'dependsOn: []\n')), [['warning', 'unknown-root-keys', 'dependsOn']]);
});

test('a broken document is an error with its line, the others are read, and the read is not complete', () => {
  const { things, findings, complete } = read(`${component('a')}---\nkind: [\n${component('b')}---\napiVersion: v1\nmetadata: {name: x}\n`);
  assert.deepEqual([things.map(({ name }) => name), complete], [['a', 'b'], false]);
  assert.deepEqual(
    findings.filter(({ level }) => level === 'error').map(({ code, line }) => [code, line]),
    [
      ['yaml', 11],
      ['no-kind-or-name', 20],
    ],
  );
});

test('locations lead to given files only', () => {
  const part = input('parts/x/catalog-info.yaml', component('x'));
  assert.deepEqual(found(location('[./parts/x/catalog-info.yaml, "./parts/**/catalog-info.yaml", "parts/*/*.yaml"]'), [part]), []);
  assert.deepEqual(found(location('[./none.yaml, ./none/*.yaml, https://example.com/c.yaml, ../../etc/passwd, /etc/passwd]'), [part]), [
    ['error', 'missing-target', './none.yaml'],
    ['info', 'glob-matches-nothing', './none/*.yaml'],
    ['warning', 'remote-target', 'https://example.com/c.yaml'],
    ['error', 'outside-root', '../../etc/passwd'],
    ['error', 'outside-root', '/etc/passwd'],
  ]);
  assert.deepEqual(found(location('[./none.yaml]', '  presence: optional\n')), [['info', 'missing-target', './none.yaml']]);
});

test('substitutions are never followed, and those that lead inside are named', () => {
  const api = (target: string) => `kind: API\nmetadata: {name: a}\nspec:\n  type: openapi\n  lifecycle: production\n  owner: team-a\n  definition:\n    $text: ${target}\n`;
  for (const target of [
    'http://169.254.169.254/latest/meta-data',
    'http://localhost/x',
    'http://0x7f.1/',
    'http://[::1]/',
    'http://[::ffff:10.0.0.1]/',
    'http://10.1.2.3',
    'http://vault.internal/',
    'http://intranet/',
  ]) {
    assert.deepEqual(
      found(api(target)).map(([level, code]) => [level, code]),
      [['warning', 'substitution-internal']],
      target,
    );
  }
  assert.deepEqual(
    found(api('https://api.example.com/schema')).map(([level, code]) => [level, code]),
    [['info', 'substitution']],
  );
  assert.deepEqual(found(api('./openapi.yaml')), [['info', 'substitution', './openapi.yaml']]);
});

test('secrets in annotations and links are not kept', () => {
  const { things } = read(
    `${component('a').replace('{name: a}', '{name: a, annotations: {pagerduty.com/integration-key: hunter1, x/y: "https://u:hunter2@h/"}, links: [{url: "https://u:hunter3@h/"}, {url: "javascript:hunter4"}]}')}`,
  );
  assert.equal(things.length, 1);
  assert.doesNotMatch(JSON.stringify(things), /hunter/);
});

test('references are split at the first colon and the first slash', () => {
  const parsed = (text: string, kind: string | null = null) => parseRef(text, kind, 'here');
  assert.deepEqual(parsed('Component:A'), { ref: 'component:here/a' });
  assert.deepEqual(parsed('There/A', 'group'), { ref: 'group:there/a' });
  assert.deepEqual(parsed('resource:x/y'), { ref: 'resource:x/y' });
  assert.deepEqual([parsed('a'), parsed('component:a/b/c'), parsed('component:'), parsed(':a')], [{ fault: 'kind' }, { fault: 'form' }, { fault: 'form' }, { fault: 'kind' }]);
});

test('globs agree with a plain search over all ways to fit', () => {
  const fits = (glob: string[], parts: string[]): boolean => {
    const [first, ...rest] = glob;
    if (first === undefined) return parts.length === 0;
    if (first === '**') return parts.some((_, i) => fits(rest, parts.slice(i))) || fits(rest, []);
    return parts.length > 0 && new RegExp(`^${first.replace(/\*/g, '.*').replace(/\?/g, '.')}$`).test(parts[0]!) && fits(rest, parts.slice(1));
  };
  const glob = fc.array(fc.oneof(fc.constant('**'), fc.stringMatching(/^[ab*?]{1,4}$/)), { minLength: 1, maxLength: 4 });
  const parts = fc.array(fc.stringMatching(/^[ab]{1,4}$/), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(
      glob,
      parts,
      (a, b) =>
        globFits(a.join('/'), b.join('/')) ===
        fits(
          a.map((part) => (part.includes('**') && part !== '**' ? part.replace(/\*+/g, '*') : part)),
          b,
        ),
    ),
  );
  const began = performance.now();
  assert.equal(globFits(`${'*a'.repeat(200)}b`, 'a'.repeat(20_000)), false);
  assert.equal(globFits(`${'**/'.repeat(200)}b`, 'a/'.repeat(2000)), false);
  assert.ok(performance.now() - began < 2000);
});

test('circles agree with reachability', () => {
  const edges = fc.array(fc.tuple(fc.nat(5), fc.nat(5)), { maxLength: 14 });
  fc.assert(
    fc.property(edges, (pairs) => {
      const relations = [...new Map(pairs.map(([from, to]) => [`${from}-${to}`, { from: `n${from}`, word: 'dependsOn', to: `n${to}` }])).values()];
      const reach = (from: string) => {
        const seen = new Set<string>();
        const walk = (at: string): void => {
          for (const { to } of relations.filter((one) => one.from === at && !seen.has(one.to))) {
            seen.add(to);
            walk(to);
          }
        };
        walk(from);
        return seen;
      };
      const nodes = [...new Set(relations.flatMap(({ from, to }) => [from, to]))].toSorted();
      const together = nodes.map((node) => nodes.filter((other) => node === other || (reach(node).has(other) && reach(other).has(node))).join(' '));
      const selves = relations.filter(({ from, to }) => from === to).map(({ from }) => from);
      const expected = [...selves, ...new Set(together.filter((set) => set.includes(' ')))].toSorted((a, b) => (a < b ? -1 : 1));
      assert.deepEqual(
        cyclesOf(relations).map((cycle) => cycle.join(' ')),
        expected,
      );
    }),
  );
});

test('of a checkout only the catalog is read: a broken chart beside it does not keep the read incomplete', () => {
  const chart = input('charts/app/templates/deploy.yaml', 'metadata:\n  name: {{ .Release.Name }}\n  {{- if x }}');
  const named = input('teams/ops.yaml', component('ops').replace('apiVersion: backstage.io/v1alpha1\n', ''));
  const reading = read(location('[./teams/*.yaml]', component('web')), [chart, named]);
  assert.deepEqual(
    reading.things.map(({ ref }) => ref),
    ['component:default/web', 'component:default/ops'],
  );
  assert.ok(reading.complete);
  assert.ok(reading.findings.some(({ code }) => code === 'not-catalog'));
});
