import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sampleFiles } from '#testing/samples/read.ts';
import { readSource } from '../index.ts';

const samples = sampleFiles('terraform', '*.{tfstate,json}');
const sample = (name: string) =>
  readSource(
    'terraform',
    samples.filter(({ path }) => path === name),
  );
const state = (resources: unknown[], more: object = {}) => {
  const text = JSON.stringify({ version: 4, serial: 7, lineage: 'L', outputs: {}, resources, ...more });
  return readSource('terraform', [{ path: 's.tfstate', bytes: new TextEncoder().encode(text) }]);
};
const resource = (type: string, name: string, instance: object = {}, more: object = {}) => ({
  mode: 'managed',
  type,
  name,
  provider: 'provider.aws',
  instances: [{ attributes: { id: `${name}-id` }, ...instance }],
  ...more,
});

/** Every value under a key that says secret, in the sample as it is. */
function secretsIn(value: unknown, key = ''): string[] {
  if (typeof value === 'string') return /password|secret|token|private|cert_pem|connection/i.test(key) && value.length > 4 ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => secretsIn(inner, Array.isArray(value) ? key : name));
}

test('every sample of version 4 is read, and what is no longer or not yet version 4 is refused', () => {
  assert.equal(samples.length, 23);
  const refused = samples.filter((file) => !readSource('terraform', [file]).complete).map(({ path }) => path);
  assert.deepEqual(refused.toSorted(), ['inframap__empty.json', 'inframap__invalid_version_state.json', 'inframap__version_3_state.json']);
  const { things, findings } = sample('inframap__version_3_state.json');
  assert.deepEqual(things, []);
  assert.match(findings[0]!.sentence, /has version 3; only version 4 is read/);
  assert.match(state([], { version: 5 }).findings[0]!.sentence, /version 5/);
});

test('no secret of any sample is in what was read', () => {
  let found = 0;
  for (const file of samples) {
    const secrets = secretsIn(JSON.parse(Buffer.from(file.bytes).toString())).filter(
      (secret) => !secret.includes('terraform-') && secret !== 'optional' && !/^(10|172)\./.test(secret) && !secret.endsWith('.internal'),
    );
    const text = JSON.stringify(readSource('terraform', [file]));
    for (const secret of secrets) assert.ok(!text.includes(secret), `${file.path} gives away ${secret}`);
    found += secrets.length;
  }
  assert.ok(found >= 8);
  const all = JSON.stringify(readSource('terraform', samples));
  for (const secret of ['foobarbaz', 'bar12345678', 'eyJlMmJmYjcz']) assert.ok(!all.includes(secret));
});

test('what the state marks as sensitive and what is named like a secret is not kept, wherever it stands', () => {
  const attributes = { id: 'i', endpoint: 'hunter1', description: 'd', tags: { db_password: 'hunter2', Name: 'web' }, connection_string: 'hunter3', private_ip: '10.0.0.1' };
  const read = state([resource('aws_db_instance', 'a', { attributes, sensitive_attributes: [[{ type: 'get_attr', value: 'endpoint' }]], private: 'hunter4' })], {
    outputs: { x: { value: 'hunter5', sensitive: true } },
  });
  assert.doesNotMatch(JSON.stringify(read), /hunter/);
  assert.deepEqual([read.things[0]?.name, read.things[0]?.address], ['web', '10.0.0.1']);
});

test('a database, its address, id and facts', () => {
  const { things, states, findings } = sample('driftctl__aws_db_instance.tfstate');
  const [database] = things;
  assert.deepEqual(states, [{ file: 'driftctl__aws_db_instance.tfstate', lineage: 'bb54c6d5-e17e-32af-f929-762d81156285', serial: 125 }]);
  assert.deepEqual([things.length, database?.type, database?.name, findings], [1, 'database', 'mydb', []]);
  assert.equal(database?.ref, 'bb54c6d5-e17e-32af-f929-762d81156285/aws_db_instance.default');
  assert.match(database?.address ?? '', /rds\.amazonaws\.com:3306$/);
  assert.match(database?.cloudId ?? '', /^arn:aws:rds:/);
  assert.deepEqual([database?.attributes['engine'], database?.attributes['multi_az'], database?.attributes['username']], ['mysql', 'false', undefined]);
});

test('dependencies are inferred edges of low confidence, to every instance, over modules and counts', () => {
  const counted = sample('inframap__aws_state_with_count.json');
  assert.deepEqual(
    counted.things.map(({ ref }) => ref.split('/')[1]),
    ['flexibleengine_blockstorage_volume_v2.PBbzj[0]', 'flexibleengine_blockstorage_volume_v2.PBbzj[1]', 'flexibleengine_compute_instance_v2.fllXa'],
  );
  assert.deepEqual(
    counted.relations.map(({ provider, impact, confidence, inferred }) => [provider.at(-2), impact, confidence, inferred]),
    [
      ['0', 'soft', 30, true],
      ['1', 'soft', 30, true],
    ],
  );
  const modules = sample('inframap__multi_module_state.json');
  assert.deepEqual(modules.relations.map(({ provider }) => provider.split('/')[1]).toSorted(), [
    'module.kapsule.scaleway_k8s_cluster_beta.cluster',
    'scaleway_instance_placement_group.infra',
  ]);
});

test('hanging dependencies, circles and missing ids do not break the read', () => {
  const hanging = sample('inframap__azure.tfstate');
  assert.deepEqual(
    hanging.findings.map(({ code }) => code),
    ['not-a-thing', 'hanging-dependencies'],
  );
  assert.ok(sample('inframap__aws_state_cyclic.json').relations.length > 0);
  const relative = sample('inframap__aws_state_sgr.json');
  assert.deepEqual([relative.relations.length, relative.findings.map(({ code }) => code)], [7, ['not-a-thing']]);
  const missing = sample('inframap__error_missing_id.json');
  assert.deepEqual([missing.complete, missing.things[0]?.cloudId, missing.findings.map(({ code }) => code)], [true, null, ['no-lineage', 'no-id']]);
});

test('tainted and deposed instances are findings, and unknown modes are left out', () => {
  const tainted = state([
    {
      ...resource('aws_instance', 'a'),
      instances: [
        { attributes: { id: 'new' }, status: 'tainted' },
        { attributes: { id: 'old' }, deposed: '00aabbcc' },
      ],
    },
    resource('aws_instance', 'b', {}, { mode: 'imagined' }),
    resource('aws_ami', 'c', {}, { mode: 'data' }),
  ]);
  assert.deepEqual(
    tainted.findings.map(({ level, code }) => [level, code]),
    [
      ['warning', 'tainted'],
      ['warning', 'deposed'],
      ['warning', 'unknown-mode'],
    ],
  );
  assert.deepEqual([tainted.complete, tainted.things.map(({ cloudId }) => cloudId)], [true, ['new']]);
});

test('indexes of every form, and a resource that depends on itself', () => {
  const { things, relations } = state([
    {
      ...resource('aws_instance', 'a', { dependencies: ['module.m.aws_instance.a', 'module.m.aws_vpc.v'] }),
      module: 'module.m["x.y"]',
      instances: [{ index_key: 'k"1', attributes: { id: '1' }, dependencies: ['module.m.aws_instance.a', 'module.m.aws_vpc.v'] }],
    },
    resource('aws_vpc', 'v', {}, { module: 'module.m["x.y"]' }),
  ]);
  assert.equal(things[0]?.ref, 'L/module.m["x.y"].aws_instance.a["k\\"1"]');
  assert.deepEqual(
    relations.map(({ provider }) => provider),
    ['L/module.m["x.y"].aws_vpc.v'],
  );
});
