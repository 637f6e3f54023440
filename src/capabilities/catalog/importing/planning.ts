import { iso } from '#kernel/clock.ts';
import type { Db } from '#kernel/database.ts';
import type { Write } from '#kernel/desk.ts';
import { canonicalJson, sha256, uuidv7 } from '#kernel/ids.ts';
import type { Reading } from '../importers/reading.ts';
import { planOf, wordsOf, type Plan, type PlannedEdge } from '../rules/index.ts';
import { discardPlans, insertRun, type ImportRow, type NewChange } from '../store/imports.ts';
import { identitiesOf, knownEdges, knownRecords, knownRedundancies, namedOwners, type LoadedRecord } from '../store/world.ts';
import { ownersMeant } from './owners.ts';

export interface Planned {
  readonly plan: Plan;
  readonly changes: readonly NewChange[];
  /** Of the changes: what was looked at is what is applied. */
  readonly digest: string;
  /** Of the records as they were compared: what has another one by now was changed meanwhile. */
  readonly versions: ReadonlyMap<string, number>;
}

/** Compares a reading with the catalog as it is. */
export async function planFor(db: Db, source: Pick<ImportRow, 'id' | 'owners'>, reading: Reading): Promise<Planned> {
  const identities = await identitiesOf(db, source.id);
  const records = await knownRecords(
    db,
    [...identities.values()].map(({ recordId }) => recordId),
  );
  const known = await namedOwners(db);
  const meant = ownersMeant(reading.owners, source.owners as Record<string, string>, known);
  const names = new Map(known.map(({ id, title }) => [id, title]));
  const world = {
    importId: source.id,
    identities,
    records,
    edges: [],
    redundancies: [],
    ownerOf: (ref: string) => meant.get(ref),
    nameOf: (id: string) => names.get(id) ?? records.get(id)?.number ?? 'a record that is gone',
  };
  // Which records the things are decides which edges there are to compare with.
  const ids = planOf({ ...reading, relations: [] }, world).things.flatMap(({ recordId }) => recordId ?? []);
  const plan = planOf(reading, { ...world, edges: await knownEdges(db, source.id, ids), redundancies: await knownRedundancies(db, ids) });
  const changes = changesOf(plan, world.nameOf, records);
  const versions = new Map([...records.values()].map(({ id, version }) => [id, version]));
  return { plan, changes, digest: sha256(canonicalJson(changes)).toString('hex'), versions };
}

/** What a person reads before saying yes: nothing of what stays as it is. A row is shown to who may see its record; a dependency has two, so it names no restricted one. */
function changesOf(plan: Plan, nameOf: (id: string) => string, records: ReadonlyMap<string, LoadedRecord>): readonly NewChange[] {
  const thingOf = new Map(plan.things.map((thing) => [thing.ref, thing]));
  const endOf = ({ ref, id }: PlannedEdge['provider']) => {
    const record = records.get(id ?? '');
    return record?.restricted ? { ref: '', name: 'a restricted record' } : { ref, name: thingOf.get(ref)?.name ?? record?.values.name ?? '' };
  };
  const things = plan.things.flatMap(({ op, name, ref, recordId, because, fields, conflicts }): NewChange[] => [
    ...(op === 'same' ? [] : [{ op, name, ref, recordId, because, fields }]),
    ...(conflicts.length === 0
      ? []
      : [
          {
            op: 'conflict',
            name,
            ref,
            recordId,
            because: 'the record says something else, which stays; it becomes a question in the inbox',
            fields: conflicts.map(({ field, ours, theirs }) => ({ field, before: wordsOf(field, ours, nameOf), after: wordsOf(field, theirs, nameOf) })),
          },
        ]),
  ]);
  const stale = plan.stale.map(({ ref, recordId, name }): NewChange => ({ op: 'stale', name, ref, recordId, because: 'the source names it no longer', fields: [] }));
  const edges = plan.edges.flatMap(({ op, provider, consumer, impact, group, inferred }): NewChange[] => {
    if (op === 'seen') return [];
    const [from, to] = [endOf(provider), endOf(consumer)];
    const because = op === 'end' ? 'the source names it no longer' : `${impact}${group ? `, group ${group}` : ''}${inferred ? ', inferred' : ''}`;
    return [
      {
        op: op === 'create' ? 'edge' : op === 'end' ? 'edge ended' : 'edge changed',
        name: `${to.name} needs ${from.name}`,
        ref: `${to.ref} ← ${from.ref}`,
        recordId: consumer.id,
        because,
        fields: [],
      },
    ];
  });
  const groups = plan.groups.map(({ consumerRef, group, minUp, unit }): NewChange => ({
    op: 'edge changed',
    name: thingOf.get(consumerRef)?.name ?? consumerRef,
    ref: consumerRef,
    recordId: thingOf.get(consumerRef)?.recordId ?? null,
    because:
      minUp === null
        ? `group ${group}: every provider is needed`
        : `group ${group}: ${minUp}${unit === 'percent' ? ' %' : ''} of its providers ${minUp === 1 ? 'is' : 'are'} needed`,
    fields: [],
  }));
  return [...things, ...stale, ...edges, ...groups];
}

function countsOf({ changes, plan }: Pick<Planned, 'changes' | 'plan'>) {
  const count = (...ops: string[]) => changes.filter(({ op }) => ops.includes(op)).length;
  return {
    create: count('create'),
    change: count('change'),
    match: count('match'),
    return: count('return'),
    stale: count('stale'),
    conflict: count('conflict'),
    edges: count('edge', 'edge changed', 'edge ended'),
    same: plan.things.filter(({ op }) => op === 'same').length,
  };
}

const plural = (n: number, word: string) => `${n} ${word}${n === 1 ? '' : 's'}`;

function sentenceOf(counts: ReturnType<typeof countsOf>, complete: boolean): string {
  const parts = [
    counts.create && `${counts.create} new`,
    counts.match && `${counts.match} matched`,
    counts.change && `${counts.change} changed`,
    counts.return && `${counts.return} come back`,
    counts.stale && `${counts.stale} no longer named`,
    counts.edges && plural(counts.edges, 'dependency').replace('dependencys', 'dependencies'),
    counts.conflict && plural(counts.conflict, 'disagreement'),
  ].filter(Boolean);
  const what = parts.length === 0 ? 'Nothing differs from the catalog' : `${parts.join(', ')}${counts.same ? `, ${counts.same} as before` : ''}`;
  return complete ? `${what}.` : `${what}. Not everything could be read, so nothing is taken as gone.`;
}

/** Why a reading is not even planned: it is older than what was applied, or nothing of it could be read. */
function refusalOf(source: ImportRow, reading: Reading): string | undefined {
  const applied = source.serials as Record<string, number>;
  const old = reading.states.find(({ lineage, serial }) => lineage !== null && serial !== null && (applied[lineage] ?? -1) > serial);
  if (old) return `${old.file} is an old state: its serial is ${old.serial}, and ${applied[old.lineage!]} was applied already. Nothing is changed.`;
  const error = reading.findings.find(({ level }) => level === 'error');
  return reading.things.length === 0 && error ? `${error.sentence} Nothing is changed.` : undefined;
}

const NOTHING = { plan: { things: [], stale: [], edges: [], groups: [] }, changes: [], digest: '' };

/** Writes down what a reading would change, as it was compared before this transaction: one that is long holds back the log. The plan of the same source before it gives way. */
export async function writePlan(ctx: Write, source: ImportRow, reading: Reading, compared: Planned): Promise<{ readonly id: string; readonly refused: boolean }> {
  const at = iso(ctx.now);
  await discardPlans(ctx.db, source.id, at);
  const refusal = refusalOf(source, reading);
  const planned = refusal === undefined ? compared : NOTHING;
  const counts = countsOf(planned);
  const id = uuidv7(ctx.now);
  const run = {
    id,
    importId: source.id,
    actorId: ctx.actor.id,
    at,
    state: refusal === undefined ? ('planned' as const) : ('refused' as const),
    complete: reading.complete,
    reading: refusal === undefined ? reading : null,
    findings: reading.findings,
    counts: { ...counts, errors: reading.findings.filter(({ level }) => level === 'error').length, warnings: reading.findings.filter(({ level }) => level === 'warning').length },
    digest: planned.digest,
    sentence: refusal ?? sentenceOf(counts, reading.complete),
    endedAt: refusal === undefined ? null : at,
  };
  await insertRun(ctx.db, run, planned.changes);
  await ctx.record({ record: source.id, did: 'import.read', data: { run: id, sentence: run.sentence } });
  return { id, refused: refusal !== undefined };
}
