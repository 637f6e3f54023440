import type { FastifyInstance } from 'fastify';
import { readContext } from '#kernel/activity.ts';
import type { Desk, Read } from '#kernel/desk.ts';
import { actorOf } from '#kernel/http.ts';
import { refusePermission } from '#kernel/permissions.ts';
import { Problem } from '#kernel/problem.ts';
import { refsOf } from '#kernel/records/index.ts';
import { catalog } from '../contract/index.ts';
import { wholeOf } from '../graph.ts';
import { quarterdeckDocuments } from '../importers/quarterdeck/write.ts';
import { declared, unsaid, type Thing } from '../importers/reading.ts';
import { slugOf, type KnownRecord } from '../rules/index.ts';
import { edgesAmong, openRedundancies } from '../store/index.ts';
import { knownRecords } from '../store/world.ts';

/** Other requests are answered between two slices. */
const SLICE_MS = 8;

/** Everything of the catalog that the viewer may see, as the desk's own YAML: what `qd apply` reads. */
async function exported(ctx: Read): Promise<string> {
  const { sees } = await wholeOf(ctx);
  const records = [...(await knownRecords(ctx.db, [])).values()].filter(({ id, archived }) => !archived && sees(id));
  const ids = records.map(({ id }) => id);
  const names = await refsOf(
    ctx.db,
    ctx.actor,
    records.flatMap(({ values }) => [values.team, values.lead]),
  );
  const refs = refsFor(records);
  const relations = (await edgesAmong(ctx.db, ids)).map(({ providerId, consumerId, impact, redundancyGroup, note, confidence, source }) => ({
    ...declared,
    word: 'dependsOn',
    provider: refs.get(providerId)!,
    consumer: refs.get(consumerId)!,
    impact,
    group: redundancyGroup || null,
    note,
    confidence,
    inferred: source === 'inferred',
  }));
  const documents = quarterdeckDocuments({
    things: records.map((record) => thingOf(record, refs.get(record.id)!)),
    relations: relations.toSorted((a, b) => (a.provider < b.provider ? -1 : 1)),
    redundancy: (await openRedundancies(ctx.db, ids)).map(({ consumerId, group, minUp, unit }) => ({ consumer: refs.get(consumerId)!, group, minUp, unit })),
    owners: [...names.values()].map(({ id, kind, title }) => ({ ref: id, kind: kind === 'person' ? 'person' : 'team', name: title, email: null })),
  });
  const texts: string[] = [];
  let began = performance.now();
  for (const document of documents) {
    texts.push(document);
    if (performance.now() - began < SLICE_MS) continue;
    await new Promise((resolve) => setImmediate(resolve));
    began = performance.now();
  }
  return texts.join('');
}

/** A service is called by its slug; a component by its name, and by its number too where two have one name. */
function refsFor(records: readonly KnownRecord[]): ReadonlyMap<string, string> {
  const plain = (record: KnownRecord) => slugOf(record.values.name ?? '') || record.number.toLowerCase();
  const count = Map.groupBy(
    records.filter(({ kind }) => kind === 'component'),
    plain,
  );
  return new Map(
    records.map((record) => {
      if (record.kind === 'service') return [record.id, `service:${record.slug}`];
      const name = plain(record);
      return [record.id, `component:${count.get(name)!.length === 1 ? name : `${name}-${record.number.toLowerCase()}`}`];
    }),
  );
}

function thingOf({ kind, slug, number, values }: KnownRecord, ref: string): Thing {
  return {
    ...unsaid,
    ref,
    kind,
    slug,
    type: (values.type as Thing['type'] | undefined) ?? null,
    name: values.name ?? number,
    summary: values.summary ?? '',
    lifecycle: (values.lifecycle as Thing['lifecycle'] | undefined) ?? null,
    address: values.address ?? '',
    cloudId: values.cloudId || null,
    owner: values.team || null,
    lead: values.lead || null,
    capability: values.capability || null,
    tier: values.tier ?? null,
    usersAffected: values.usersAffected ?? null,
    rpo: values.rpoMinutes ?? null,
    rto: values.rtoMinutes ?? null,
    supportHours: values.supportHours || null,
    links: values.links ?? [],
    tags: values.tags ?? [],
  };
}

/** The catalog as a file. */
export function exportRoutes(app: FastifyInstance, desk: Desk): void {
  app.get('/api/v1/catalog/export', async (request, reply) => {
    const actor = actorOf(request);
    const refusal = refusePermission(actor, 'catalog.read', catalog.permissions);
    if (refusal) throw new Problem(actor.kind === 'anonymous' ? 'unauthenticated' : 'forbidden', refusal);
    const yaml = await exported(readContext(desk, desk.readDb, actor));
    return reply.type('application/yaml; charset=utf-8').header('content-disposition', 'attachment; filename="catalog.yaml"').send(yaml);
  });
}
