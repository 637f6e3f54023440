import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sampleFiles } from '#testing/samples/read.ts';
import { readSource } from '../index.ts';

const dump = sampleFiles('kubernetes');
const reading = readSource('kubernetes', dump, { cluster: 'paris' });
const read = (value: unknown) => readSource('kubernetes', [{ path: 'dump.json', bytes: new TextEncoder().encode(JSON.stringify(value)) }]);
const thing = (ref: string) => reading.things.find((one) => one.ref === ref);
const edges = (word: string) => reading.relations.filter((relation) => relation.word === word).map(({ provider, consumer, group }) => [provider, consumer, group]);

test('nodes, workloads, entrances and claims are components; pods and replica sets are folded into what made them', () => {
  const shown = reading.things.map(({ ref, type }) => `${type} ${ref}`).toSorted();
  assert.deepEqual(shown, [
    'cluster cluster:paris',
    'container cronjob:data/backup',
    'container daemonset:data/node-exporter',
    'container deployment:shop/basket',
    'container deployment:shop/web',
    'container pod:shop/debug',
    'container statefulset:data/db',
    'host node:metal-1',
    'network ingress:shop/shop',
    'network service:shop/basket',
    'storage persistentvolumeclaim:data/store-db-0',
    'storage persistentvolumeclaim:data/store-db-1',
    'storage persistentvolumeclaim:shop/uploads',
    'vm node:worker-1',
    'vm node:worker-2',
    'zone zone:eu-west-3a',
    'zone zone:eu-west-3b',
  ]);
  assert.deepEqual([thing('node:worker-1')?.address, thing('node:worker-1')?.cloudId], ['10.0.0.10', 'i-0aa1']);
  assert.equal(thing('ingress:shop/shop')?.address, 'shop.example.com');
  assert.equal(thing('service:shop/basket')?.address, 'basket-1.elb.example.com');
  assert.deepEqual([thing('deployment:shop/web')?.name, thing('deployment:shop/web')?.attributes['images']], ['shop/web', 'registry.example.com/shop/web:4.2.0']);
});

test('workloads stand on the nodes of their running pods, and one node is enough', () => {
  assert.deepEqual(
    edges('runsOn').filter(([, consumer]) => consumer !== 'daemonset:data/node-exporter'),
    [
      ['node:worker-1', 'deployment:shop/web', 'nodes'],
      ['node:worker-2', 'deployment:shop/web', 'nodes'],
      ['node:worker-2', 'deployment:shop/basket', null],
      ['node:metal-1', 'statefulset:data/db', 'nodes'],
      ['node:worker-1', 'statefulset:data/db', 'nodes'],
      ['node:metal-1', 'pod:shop/debug', null],
    ],
  );
  assert.deepEqual(
    reading.redundancy.find(({ consumer, group }) => consumer === 'deployment:shop/web' && group === 'nodes'),
    { consumer: 'deployment:shop/web', group: 'nodes', minUp: 1, unit: 'count' },
  );
});

test('an ingress needs the workloads behind its services, a workload its claims', () => {
  assert.deepEqual(edges('routesTo'), [
    ['deployment:shop/basket', 'service:shop/basket', null],
    ['deployment:shop/web', 'ingress:shop/shop', null],
    ['deployment:shop/basket', 'ingress:shop/shop', null],
  ]);
  assert.deepEqual(edges('mounts'), [
    ['persistentvolumeclaim:shop/uploads', 'deployment:shop/basket', null],
    ['persistentvolumeclaim:data/store-db-0', 'statefulset:data/db', 'store'],
    ['persistentvolumeclaim:data/store-db-1', 'statefulset:data/db', 'store'],
  ]);
});

test('teams come from the labels of the object, else of its namespace', () => {
  assert.deepEqual([thing('deployment:shop/basket')?.owner, thing('deployment:shop/web')?.owner, thing('statefulset:data/db')?.owner], ['team:payments', 'team:storefront', null]);
  assert.deepEqual(reading.owners.map(({ ref }) => ref).toSorted(), ['team:payments', 'team:storefront']);
});

test('what leads nowhere and what is left out is said', () => {
  assert.deepEqual(
    reading.findings.map(({ code, subject, value }) => [code, subject, value]),
    [
      ['not-a-thing', null, '1 × ConfigMap, 1 × Event, 1 × Secret'],
      ['selects-nothing', 'service:shop/old', null],
      ['dangling-reference', 'ingress:shop/shop', 'service:shop/legacy'],
    ],
  );
  assert.ok(reading.complete);
});

test('no environment, argument, annotation, Secret or ConfigMap is kept', () => {
  assert.match(Buffer.from(dump[0]!.bytes).toString(), /hunter1[^]*hunter6/);
  assert.doesNotMatch(JSON.stringify(reading), /hunter|aHVudGVy/);
});

test('single objects, typed lists and YAML are read alike', () => {
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a', namespace: 'n' } };
  const { kind: _, ...untyped } = pod;
  for (const value of [pod, [pod], { kind: 'List', items: [pod] }, { kind: 'PodList', items: [untyped] }]) assert.ok(read(value).things.some(({ ref }) => ref === 'pod:n/a'));
  const yaml = readSource('kubernetes', [{ path: 'a.yaml', bytes: Buffer.from('kind: Pod\nmetadata: {name: a, namespace: n}\n---\nkind: Node\nmetadata: {name: x}\n') }]);
  assert.deepEqual(
    yaml.things.map(({ ref }) => ref),
    ['cluster:kubernetes', 'node:x', 'pod:n/a'],
  );
});

test('a part of a list, a thing given twice and something else entirely are findings', () => {
  const pod = { kind: 'Pod', metadata: { name: 'a' } };
  assert.deepEqual(
    read({ kind: 'PodList', metadata: { continue: 'x' }, items: [pod, pod] }).findings.map(({ level, code }) => [level, code]),
    [
      ['error', 'truncated'],
      ['warning', 'duplicate'],
    ],
  );
  assert.deepEqual([read({ a: 1 }).complete, read({ a: 1 }).things], [false, []]);
  const odd = { kind: 'Pod', metadata: { name: 'a', ownerReferences: [{ kind: 'Pod', name: 'a' }] } };
  assert.ok(read(odd).things.length >= 1);
});
