import { iso } from '#kernel/clock.ts';
import { isUnavailable } from '#kernel/database.ts';
import type { Job, Write } from '#kernel/desk.ts';
import { uuidv7 } from '#kernel/ids.ts';
import { SYSTEM } from '#kernel/permissions.ts';
import type { Reading } from '../importers/reading.ts';
import type { Plan, PlannedThing } from '../rules/index.ts';
import * as applied from '../store/applied.ts';
import { keepStates } from '../store/history.ts';
import { importById, runById, setRun, type ImportRow } from '../store/imports.ts';
import { putRedundancy } from '../store/index.ts';
import { componentWords, serviceWords } from '../words.ts';
import { planFor, writePlan, type Planned } from './planning.ts';

/** Records of one transaction: a large import never holds back the log that pages are read from. */
const THINGS_AT_ONCE = 100;
const EDGES_AT_ONCE = 500;

const GROUPS_AT_ONCE = 100;
/** What was changed meanwhile, or could not be written, is compared anew so many times; what is left then is for the next read. */
const PASSES = 3;

/** Applies a run that somebody said yes to. After a crash it goes on: what is in the catalog already is not written twice. */
export async function applyRun(job: Job): Promise<void> {
  const { run: runId } = job.payload as { run: string };
  for (let pass = 1; ; pass += 1) {
    try {
      if (await applyOnce(job, { runId, isLast: pass === PASSES })) return;
    } catch (cause) {
      if (isUnavailable(cause)) throw cause;
      job.desk.log.error({ err: cause, run: runId, pass }, 'a run of an import could not be written');
      if (pass < PASSES) continue;
      await job.write((ctx) => giveUp(ctx, runId));
      return;
    }
  }
}

async function giveUp(ctx: Write, runId: string): Promise<void> {
  const sentence = 'Applying it stopped with a fault of the desk; what was written until then stays. Read the source again, or ask an administrator for the log.';
  await setRun(ctx.db, runId, { state: 'refused', endedAt: iso(ctx.now), sentence, forget: true });
}

/** False when something of it was changed while it was applied, so that it is to be compared again. */
async function applyOnce(job: Job, { runId, isLast }: { readonly runId: string; readonly isLast: boolean }): Promise<boolean> {
  const loaded = await job.read(async (ctx) => {
    const run = await runById(ctx.db, runId);
    const source = run && (await importById(ctx.db, SYSTEM, run.importId));
    return run?.state === 'applying' && run.reading !== null && source ? { run, source, planned: await planFor(ctx.db, source, run.reading as Reading) } : null;
  });
  if (!loaded) return true;
  const { run, source, planned } = loaded;
  const reading = run.reading as Reading;
  const by = (ctx: Write) => ctx.as({ ...SYSTEM, id: run.actorId });
  if (run.begunAt === null && planned.digest !== run.digest) {
    await job.write(async (ctx) => {
      await setRun(ctx.db, runId, {
        state: 'refused',
        endedAt: iso(ctx.now),
        sentence: 'The catalog has changed since this plan was made, so nothing was applied. Look at the new plan.',
        forget: true,
      });
      await writePlan(by(ctx), source, reading, planned);
    });
    return true;
  }
  if (run.begunAt === null) await job.write((ctx) => setRun(ctx.db, runId, { begunAt: iso(ctx.now) }));
  let moved = 0;
  for (const things of parts(planned.plan.things, THINGS_AT_ONCE)) moved += await job.write((ctx) => applyThings(by(ctx), source, { things, versions: planned.versions }));
  if (moved > 0 && !isLast) return false;
  for (const edges of parts(planned.plan.edges, EDGES_AT_ONCE)) await job.write((ctx) => applyEdges(by(ctx), source, edges));
  for (const groups of parts(planned.plan.groups, GROUPS_AT_ONCE)) await job.write((ctx) => applyGroups(by(ctx), source, groups));
  await job.write(async (ctx) => {
    const acting = by(ctx);
    const at = iso(ctx.now);
    await applied.markStale(
      ctx.db,
      source.id,
      planned.plan.stale.map(({ ref }) => ref),
      at,
    );
    await settleSource(acting, source, reading, run.sentence);
    await setRun(ctx.db, runId, { state: 'applied', endedAt: at, forget: true });
    await acting.record({ record: source.id, did: 'import.applied', data: { run: runId, sentence: run.sentence } });
    await ctx.enqueue('catalog.archiveStale', {}, { key: 'catalog:archiveStale' });
    await ctx.enqueue('catalog.findCards', {}, { key: 'catalog:findCards' });
  });
  return true;
}

/** A read that found everything as it was: only seen again. */
export async function seeAgain(job: Job, source: ImportRow, reading: Reading, { plan, versions }: Planned): Promise<void> {
  for (const things of parts(plan.things, THINGS_AT_ONCE)) await job.write((ctx) => applyThings(ctx, source, { things, versions }));
  for (const edges of parts(plan.edges, EDGES_AT_ONCE)) await job.write((ctx) => applyEdges(ctx, source, edges));
  await job.write((ctx) => settleSource(ctx, source, reading, 'Nothing differs from the catalog.'));
}

async function settleSource(ctx: Write, source: ImportRow, reading: Reading, outcome: string): Promise<void> {
  const serials = { ...(source.serials as Record<string, number>) };
  for (const { lineage, serial } of reading.states) if (lineage !== null && serial !== null) serials[lineage] = Math.max(serial, serials[lineage] ?? serial);
  await applied.settleSource(ctx.db, source.id, { serials, outcome, readAt: reading.complete ? iso(ctx.now) : null });
}

function* parts<T>(all: readonly T[], size: number): Generator<readonly T[]> {
  for (let from = 0; from < all.length; from += size) yield all.slice(from, from + size);
}

function identityOf({ ref, recordId, said, op }: PlannedThing): applied.SeenIdentity {
  return { ref, record_id: recordId!, said, made: op === 'create' };
}

/**
 * Answers how many were left out because somebody has changed them since they were compared. The statements behind that
 * need nothing of each other's answers, so they travel together.
 */
async function applyThings(
  ctx: Write,
  source: ImportRow,
  { things, versions }: { readonly things: readonly PlannedThing[]; readonly versions: Planned['versions'] },
): Promise<number> {
  const at = iso(ctx.now);
  const locked = await applied.lockRecords(
    ctx.db,
    things.flatMap(({ recordId }) => recordId ?? []),
  );
  const still = things.filter(({ recordId }) => recordId === null || locked.get(recordId) === versions.get(recordId));
  const known = still.map((thing) => ({ ...thing, recordId: thing.recordId ?? uuidv7(ctx.now) }));
  const made = known.filter(({ op }) => op === 'create');
  const changed = known.filter(({ op, write }) => op !== 'create' && (op === 'return' || op === 'match' || Object.keys(write).length > 0));
  await Promise.all([
    ...made.map((thing) => openThing(ctx, source, thing)),
    applied.insertServices(ctx.db, made.filter(({ kind }) => kind === 'service').map(serviceRow)),
    applied.insertComponents(ctx.db, made.filter(({ kind }) => kind === 'component').map(componentRow)),
    ...changed.flatMap((thing) => changeThing(ctx, source, thing)),
    keepStates(
      ctx.db,
      [...made, ...changed].map(({ recordId }) => recordId),
      at,
    ),
    applied.putIdentities(ctx.db, source.id, at, known.map(identityOf)),
  ]);
  return things.length - still.length;
}

type Known = PlannedThing & { readonly recordId: string };

function openThing(ctx: Write, source: ImportRow, { recordId: id, kind, name, slug, write }: Known) {
  const own = { id, kind, title: name, ownerId: write.lead ?? null, teamId: write.team ?? null };
  const words =
    kind === 'service'
      ? serviceWords({ slug: slug!, summary: write.summary ?? '', capability: write.capability ?? '', tags: write.tags ?? [] })
      : componentWords({
          type: write.type ?? '',
          address: write.address ?? '',
          cloudId: write.cloudId ?? '',
          summary: write.summary ?? '',
          tags: write.tags ?? [],
        });
  return ctx.open({ ...own, words, did: kind === 'service' ? 'service.created' : 'component.created', data: { import: source.number } });
}

function serviceRow({ recordId: id, slug, write }: Known) {
  const {
    summary = '',
    tier = 3,
    lifecycle = 'live',
    usersAffected = null,
    capability = '',
    rpoMinutes = null,
    rtoMinutes = null,
    supportHours = '',
    tags = [],
    links = [],
  } = write;
  return {
    id,
    slug,
    summary,
    tier,
    lifecycle,
    users_affected: usersAffected,
    capability,
    rpo_minutes: rpoMinutes,
    rto_minutes: rtoMinutes,
    support_hours: supportHours,
    tags,
    links,
  };
}

function componentRow({ recordId: id, write }: Known) {
  const { type = 'software', summary = '', address = '', cloudId = '', lifecycle = 'live', tags = [], links = [] } = write;
  return { id, type, summary, address, cloud_id: cloudId, lifecycle, tags, links };
}

function changeThing(ctx: Write, source: ImportRow, { op, recordId: id, kind, write, fields, because }: Known): Promise<unknown>[] {
  const columns = {
    ...(write.name === undefined ? {} : { title: write.name }),
    ...(write.team === undefined ? {} : { teamId: write.team }),
    ...(write.lead === undefined ? {} : { ownerId: write.lead }),
  };
  const returned = op === 'return' ? { archivedAt: null } : {};
  const did = op === 'match' ? 'catalog.matched' : op === 'return' ? 'catalog.returned' : kind === 'service' ? 'service.changed' : 'component.changed';
  const data = { import: source.number, fields: fields.map(({ field }) => field), ...(op === 'match' ? { because } : {}) };
  return [
    ctx.amend(id, { ...columns, ...returned }),
    applied.writeFields(ctx.db, { id, kind }, op === 'return' ? { lifecycle: 'live', ...write } : write),
    ctx.record({ record: id, did, data }),
  ];
}

async function applyEdges(ctx: Write, source: ImportRow, edges: Plan['edges']): Promise<void> {
  const at = iso(ctx.now);
  const refs = edges.flatMap(({ provider, consumer }) => [provider, consumer].flatMap(({ ref, id }) => (id === null ? [ref] : [])));
  const byRef = await applied.recordsByRef(ctx.db, source.id, refs);
  const idOf = ({ ref, id }: { readonly ref: string; readonly id: string | null }) => id ?? byRef.get(ref);
  const ended = await applied.endEdges(
    ctx.db,
    edges.flatMap(({ op, edgeId }) => (edgeId !== null && (op === 'end' || op === 'change') ? [edgeId] : [])),
    at,
  );
  const firstSeen = new Map(ended.map((edge) => [edge.id, edge.firstSeen]));
  const fresh = edges.flatMap(({ op, edgeId, provider, consumer, impact, group, note, confidence, inferred }) => {
    const [from, to] = [idOf(provider), idOf(consumer)];
    if (!from || !to || op === 'end' || op === 'seen') return [];
    const said = { provider_id: from, consumer_id: to, impact, grp: group, note, confidence, source: inferred ? ('inferred' as const) : ('imported' as const) };
    return [{ ...said, id: uuidv7(ctx.now), first_seen: firstSeen.get(edgeId ?? '') ?? at }];
  });
  const added = await applied.insertEdges(ctx.db, source.id, at, fresh);
  await applied.seeEdges(
    ctx.db,
    edges.flatMap(({ op, edgeId }) => (op === 'seen' && edgeId !== null ? [edgeId] : [])),
    at,
  );
  await tellEnds(ctx, source, added, ended);
}

type Ends = readonly { readonly providerId: string; readonly consumerId: string }[];

/** One entry for each record, in one order, so that two writers never wait for each other. */
async function tellEnds(ctx: Write, source: ImportRow, added: Ends, ended: Ends): Promise<void> {
  const tally = new Map<string, { added: number; ended: number }>();
  for (const [word, edges] of [['added', added] as const, ['ended', ended] as const])
    for (const { providerId, consumerId } of edges)
      for (const id of [providerId, consumerId]) {
        const known = tally.get(id) ?? { added: 0, ended: 0 };
        known[word] += 1;
        tally.set(id, known);
      }
  const sorted = [...tally].toSorted(([a], [b]) => (a < b ? -1 : 1));
  await Promise.all(sorted.map(([record, count]) => ctx.record({ record, did: 'edges.imported', data: { import: source.number, ...count } })));
}

async function applyGroups(ctx: Write, source: ImportRow, groups: Plan['groups']): Promise<void> {
  const byRef = await applied.recordsByRef(
    ctx.db,
    source.id,
    groups.map(({ consumerRef }) => consumerRef),
  );
  for (const { consumerRef, group, minUp, unit } of groups) {
    const consumerId = byRef.get(consumerRef);
    if (!consumerId) continue;
    await putRedundancy(ctx.db, iso(ctx.now), { id: uuidv7(ctx.now), consumerId, group, minUp, unit });
    await ctx.record({ record: consumerId, did: 'redundancy.set', data: { group, minUp, unit, import: source.number } });
  }
}
