import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { declared, unsaid, type Thing } from '../../importers/reading.ts';
import { isIdle, planOf, type Identity, type KnownEdge, type KnownRecord, type Plan, type Values, type World } from './index.ts';
import type { SaidReading } from './world.ts';
import { merge } from './values.ts';

const NAMES = ['web-1', 'web-2', 'db', 'cache', 'Web 1'];
const thing: fc.Arbitrary<Thing> = fc
  .record({
    ref: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    kind: fc.constantFrom('service' as const, 'component' as const),
    name: fc.constantFrom(...NAMES),
    address: fc.constantFrom('', '10.0.0.1', '10.0.0.2'),
    summary: fc.constantFrom('', 'one', 'two'),
    tier: fc.constantFrom(null, 1, 3),
    tags: fc.subarray(['x', 'y']),
  })
  .map((said): Thing => ({
    ...unsaid,
    ...said,
    type: said.kind === 'component' ? 'host' : null,
    tier: said.kind === 'service' ? said.tier : null,
    address: said.kind === 'component' ? said.address : '',
  }));
const reading: fc.Arbitrary<SaidReading> = fc
  .tuple(fc.uniqueArray(thing, { selector: ({ ref }) => ref, maxLength: 5 }), fc.array(fc.tuple(fc.nat(4), fc.nat(4)), { maxLength: 6 }), fc.boolean())
  .map(([things, pairs, complete]) => {
    const relations = pairs.flatMap(([from, to]) => {
      const [provider, consumer] = [things[from]?.ref, things[to]?.ref];
      return provider && consumer && provider !== consumer ? [{ ...declared, word: 'dependsOn', provider, consumer }] : [];
    });
    return { things, relations: [...new Map(relations.map((one) => [`${one.provider} ${one.consumer}`, one])).values()], redundancy: [], complete };
  });

const EMPTY: World = { importId: 'imp', identities: new Map(), records: new Map(), edges: [], redundancies: [], ownerOf: () => undefined, nameOf: (id) => id };

/** What the desk does with a plan, on maps. */
function applied(world: World, plan: Plan): World {
  const records = new Map(world.records);
  const identities = new Map<string, Identity>(world.identities);
  const idOf = new Map<string, string>();
  for (const { ref, kind, op, recordId, slug, write, said } of plan.things) {
    const id = recordId ?? `record ${records.size} ${ref}`;
    idOf.set(ref, id);
    const before = records.get(id);
    const base: Values = kind === 'service' ? { tier: 3, lifecycle: 'live' } : { type: 'software', lifecycle: 'live' };
    records.set(id, {
      id,
      kind: before?.kind ?? kind,
      number: id,
      slug: before ? before.slug : slug,
      archived: op === 'return' ? false : (before?.archived ?? false),
      values: { ...(before?.values ?? base), ...write },
    } satisfies KnownRecord);
    identities.set(ref, { recordId: id, said: { values: said.values, groups: said.groups }, staleSince: null, archivedByDesk: false });
  }
  for (const { ref } of plan.stale) identities.set(ref, { ...identities.get(ref)!, staleSince: 'now' });
  const edges = new Map<string, KnownEdge>(world.edges.map((edge) => [edge.id, edge]));
  for (const { op, edgeId, provider, consumer, impact, group, note, confidence } of plan.edges) {
    if (edgeId !== null && (op === 'end' || op === 'change')) edges.delete(edgeId);
    if (op === 'end' || op === 'seen') continue;
    const [providerId, consumerId] = [provider.id ?? idOf.get(provider.ref)!, consumer.id ?? idOf.get(consumer.ref)!];
    edges.set(`${providerId} ${consumerId}`, { id: `${providerId} ${consumerId}`, providerId, consumerId, impact, group, note, confidence, importId: 'imp' });
  }
  return { ...world, records, identities, edges: [...edges.values()] };
}

test('to apply a reading twice does nothing the second time', () => {
  fc.assert(
    fc.property(fc.array(reading, { minLength: 1, maxLength: 4 }), (readings) => {
      const last = readings.at(-1)!;
      const world = readings.reduce((before, one) => applied(before, planOf(one, before)), EMPTY);
      const again = planOf(last, world);
      assert.ok(isIdle(again), JSON.stringify(again));
    }),
    { numRuns: 2000 },
  );
});

test('a reading that is not complete makes nothing stale and ends no dependency, and no plan takes a record away', () => {
  fc.assert(
    fc.property(reading, reading, (first, second) => {
      const world = applied(EMPTY, planOf(first, EMPTY));
      const plan = planOf({ ...second, complete: false }, world);
      assert.equal(plan.stale.length, 0);
      assert.ok(plan.edges.every(({ op }) => op !== 'end'));
      assert.ok(applied(world, planOf(second, world)).records.size >= world.records.size);
    }),
  );
});

test('two things of one reading are never taken for the same record', () => {
  fc.assert(
    fc.property(reading, reading, (first, second) => {
      const world = { ...applied(EMPTY, planOf(first, EMPTY)), identities: new Map() };
      const ids = planOf(second, world).things.flatMap(({ recordId }) => recordId ?? []);
      assert.equal(new Set(ids).size, ids.length);
    }),
  );
});

test('dependencies of people and of other imports are seen, not changed and not ended', () => {
  fc.assert(
    fc.property(reading, reading, (first, second) => {
      const before = applied(EMPTY, planOf(first, EMPTY));
      const world = { ...before, edges: before.edges.map((edge) => ({ ...edge, importId: null, impact: 'soft' as const })) };
      const after = applied(world, planOf(second, world));
      for (const edge of world.edges)
        assert.deepEqual(
          after.edges.find(({ id }) => id === edge.id),
          edge,
        );
    }),
  );
});

test('tags are taken one by one, and never disagree', () => {
  const tags = fc.subarray(['a', 'b', 'c', 'd']);
  fc.assert(
    fc.property(tags, tags, tags, fc.boolean(), (ours, base, theirs, isKnown) => {
      const { write, conflicts } = merge({ tags: ours }, isKnown ? { tags: base } : null, { tags: theirs });
      const after = write.tags ?? ours;
      assert.equal(conflicts.length, 0);
      for (const tag of ['a', 'b', 'c', 'd']) {
        const moved = isKnown ? theirs.includes(tag) !== base.includes(tag) : theirs.includes(tag);
        assert.equal(after.includes(tag), moved ? theirs.includes(tag) : ours.includes(tag), tag);
      }
    }),
  );
});

test('a source writes only where the record says what the source said last, or nothing', () => {
  const value = fc.constantFrom(undefined, 'one', 'two', 'three');
  fc.assert(
    fc.property(value, value, value, fc.boolean(), (ours, base, theirs, isKnown) => {
      const of = (summary: string | undefined): Values => (summary === undefined ? {} : { summary });
      const { write, conflicts } = merge(of(ours), isKnown ? of(base) : null, of(theirs));
      if (theirs === undefined || theirs === ours) assert.deepEqual([write, conflicts], [{}, []]);
      else if (ours === undefined || (isKnown && ours === base)) assert.deepEqual([write, conflicts], [{ summary: theirs }, []]);
      else assert.deepEqual([write, conflicts], [{}, [{ field: 'summary', ours, theirs }]]);
    }),
  );
});

test('a group size that a person has set stays while the source repeats itself, and gives way when it says something new', () => {
  const size = fc.constantFrom(null, 1, 2, 3);
  fc.assert(
    fc.property(size, size, size, (before, now, says) => {
      const groups = (minUp: number | null) => (minUp === null ? [] : [{ group: 'g', minUp, unit: 'count' as const }]);
      const thing: Thing = { ...unsaid, ref: 'a', kind: 'component', type: 'host', name: 'a' };
      const identity: Identity = { recordId: 'r', said: { values: {}, groups: groups(before) }, staleSince: null, archivedByDesk: false };
      const record: KnownRecord = { id: 'r', kind: 'component', number: 'CMP-1', slug: null, archived: false, values: { name: 'a', type: 'host' } };
      const redundancies = groups(now).map((one) => ({ ...one, consumerId: 'r' }));
      const world: World = { ...EMPTY, identities: new Map([['a', identity]]), records: new Map([['r', record]]), redundancies };
      const planned = planOf({ things: [thing], relations: [], redundancy: groups(says).map((one) => ({ ...one, consumer: 'a' })), complete: true }, world).groups;
      const isWritten = says === null ? before !== null && now === before : says !== now && says !== before;
      assert.deepEqual(
        planned.map(({ minUp }) => minUp),
        isWritten ? [says] : [],
      );
    }),
  );
});
