import { serviceSlugs } from '#capabilities/catalog/index.ts';
import { acknowledgePaging, endPaging, startPaging } from '#capabilities/oncall/index.ts';
import { writeAs } from '#kernel/act.ts';
import { iso } from '#kernel/clock.ts';
import { isUnavailable, jsonb, type Db } from '#kernel/database.ts';
import type { Desk, Write } from '#kernel/desk.ts';
import { uuidv7 } from '#kernel/ids.ts';
import { SYSTEM } from '#kernel/permissions.ts';
import { formats, type FormatName } from './formats/index.ts';
import { heard, type Heard } from './receiving/listening.ts';
import { storable } from './receiving/storable.ts';
import { bind, type Binding } from './rules/bind.ts';
import type { Mapping } from './rules/mapping/index.ts';
import { parseMatchers } from './rules/matchers.ts';
import type { Signal } from './rules/signal.ts';
import { apply, type Effect } from './rules/state.ts';
import * as store from './store/index.ts';

const BATCH = 100;

interface Raw {
  readonly id: string;
  readonly format: string;
  readonly body: string;
  readonly givenKey: string | null;
}

const running = new WeakMap<Desk, Map<string, Promise<void>>>();

/**
 * Works off what a source sent, in the order in which it came: one batch is one transaction under a lock of the source,
 * so that several nodes never mix up "firing" and "resolved". Calls while it runs are joined to it.
 */
export function drainSource(desk: Desk, sourceId: string): Promise<void> {
  const mine = running.get(desk) ?? new Map<string, Promise<void>>();
  running.set(desk, mine);
  const next = afterThe(mine.get(sourceId), desk, sourceId);
  mine.set(sourceId, next);
  void next.finally(() => {
    if (mine.get(sourceId) === next) mine.delete(sourceId);
  });
  return next;
}

async function afterThe(before: Promise<void> | undefined, desk: Desk, sourceId: string): Promise<void> {
  try {
    await before;
    await drain(desk, sourceId);
  } catch (error) {
    desk.log.error({ err: error, source: sourceId }, 'signals wait: they will be worked off later');
  }
}

/** Waits until everything accepted on this node is worked off. */
export async function settleIntake(desk: Desk): Promise<void> {
  for (const one of running.get(desk)?.values() ?? []) await one;
}

/** Begins again with what a killed node left behind. */
export async function recoverIntake(desk: Desk): Promise<void> {
  for (const sourceId of await store.sourcesWaiting(desk.readDb)) await drainSource(desk, sourceId);
}

async function drain(desk: Desk, sourceId: string): Promise<void> {
  for (;;) {
    try {
      if ((await takeBatch(desk, sourceId, BATCH)) < BATCH) return;
    } catch (error) {
      if (isUnavailable(error)) throw error;
      desk.log.warn({ err: error, source: sourceId }, 'a batch of signals failed; each is tried on its own');
      if (!(await takeOne(desk, sourceId))) return;
    }
  }
}

async function takeBatch(desk: Desk, sourceId: string, most: number): Promise<number> {
  return writeAs(
    desk,
    SYSTEM,
    async (ctx) => {
      const rows = await store.claimRaw(ctx.db, sourceId, most);
      if (rows.length > 0) await process(ctx, sourceId, rows);
      return rows.length;
    },
    'quiet',
  );
}

/** One message alone; a message that cannot be worked off is kept with its error, never lost and never in the way. */
async function takeOne(desk: Desk, sourceId: string): Promise<boolean> {
  const row = await store.oldestRaw(desk.readDb, sourceId);
  if (!row) return false;
  await takeBatch(desk, sourceId, 1).catch(async (error: unknown) => {
    if (isUnavailable(error)) throw error;
    desk.metrics.signals.inc({ format: 'any', outcome: 'failed' });
    await writeAs(
      desk,
      SYSTEM,
      async (ctx) => {
        await store
          .tables(ctx.db)
          .updateTable('alertsRaw')
          .set({ state: 'failed', error: String(error).slice(0, 1000) })
          .where('id', '=', row.id)
          .execute();
        await heard(ctx, sourceId, [{ rawId: row.id, format: row.format, signals: 0, error: 'A message could not be worked off; it is kept with its error.' }]);
      },
      'quiet',
    );
  });
  return true;
}

type Mappings = Readonly<Record<string, Mapping>>;

/** What one message says, or the sentence why it cannot be read; with both when only a part of it could be. */
function readRaw(raw: Raw, mappings: Mappings): { signals: readonly Signal[]; sentence: string | null } | { sentence: string } {
  const read = formats[raw.format as FormatName].read(storable(JSON.parse(raw.body) as unknown), mappings[raw.format] ?? null);
  if ('problem' in read) return { sentence: 'sentence' in read.problem ? read.problem.sentence : 'The message cannot be read.' };
  const refused = 'refused' in read ? read.refused : [];
  const sentence = refused.length === 0 ? null : `${refused.length} of ${refused.length + read.signals.length} alerts in it could not be read. ${refused[0]?.sentence ?? ''}`;
  return { signals: read.signals.map((signal) => (raw.givenKey === null ? signal : { ...signal, key: raw.givenKey })), sentence };
}

async function process(ctx: Write, sourceId: string, rows: readonly Raw[]): Promise<void> {
  const source = await store.tables(ctx.db).selectFrom('alertsSource').select(['serviceId', 'mappings']).where('id', '=', sourceId).executeTakeFirst();
  const read = rows.map((raw) => ({ raw, ...readRaw(raw, source?.mappings ?? {}) }));
  const all = read.flatMap((one) => ('signals' in one ? one.signals.map((signal) => ({ signal, rawId: one.raw.id })) : []));
  await applySignals(ctx, { sourceId, fallbackId: source?.serviceId ?? null }, all);
  const messages: Heard[] = [];
  for (const one of read) {
    const outcome = { state: 'signals' in one ? ('done' as const) : ('failed' as const), signals: 'signals' in one ? one.signals.length : 0, error: one.sentence };
    await store.tables(ctx.db).updateTable('alertsRaw').set(outcome).where('id', '=', one.raw.id).execute();
    messages.push({ rawId: one.raw.id, format: one.raw.format, signals: outcome.signals, error: outcome.error });
  }
  await heard(ctx, sourceId, messages);
}

interface Origin {
  /** Null for the desk's own checks. */
  readonly sourceId: string | null;
  readonly fallbackId: string | null;
}

/** Applies signals in order: opens, counts, acknowledges, resolves. Repeats of one batch are counted in one statement. */
export async function applySignals(ctx: Write, origin: Origin, all: readonly { signal: Signal; rawId: string | null }[]): Promise<void> {
  if (all.length === 0) return;
  const open = await store.latestByKey(ctx.db, origin.sourceId, [...new Set(all.flatMap(({ signal }) => (signal.key === null ? [] : [signal.key])))]);
  const counted = new Map<string, number>();
  const history: { alertId: string; rawId: string | null; kind: string; effect: Effect }[] = [];
  let binding: Binding | undefined;
  for (const { signal, rawId } of all) {
    const key = signal.key ?? uuidv7(ctx.now);
    const latest = open.get(key);
    const { effect } = apply(latest ?? null, signal);
    ctx.desk.metrics.signals.inc({ format: 'any', outcome: effect });
    if (effect === 'ignored') continue;
    if (effect === 'created' || effect === 'created-again') {
      binding ??= await bindingOf(ctx.db, origin.fallbackId);
      const alert = await openAlert(ctx, { origin, key, signal, binding });
      open.set(key, alert);
      history.push({ alertId: alert.id, rawId, kind: signal.kind, effect });
      continue;
    }
    if (!latest) continue;
    history.push({ alertId: latest.id, rawId, kind: signal.kind, effect });
    counted.set(latest.id, (counted.get(latest.id) ?? 0) + 1);
    if (effect === 'acknowledged') {
      await acknowledge(ctx, latest.id, null);
      open.set(key, { ...latest, state: 'acknowledged' });
    } else if (effect === 'resolved') {
      await resolve(ctx, latest.id, null);
      open.delete(key);
    }
  }
  await store.countRepeats(ctx.db, counted, iso(ctx.now));
  if (history.length > 0) {
    await store
      .tables(ctx.db)
      .insertInto('alertsSignal')
      .values(history.map((one) => ({ ...one, id: uuidv7(ctx.now), at: iso(ctx.now) })))
      .execute();
  }
}

/** Rules and services that bind labels to a service; read once per batch. */
async function bindingOf(db: Db, fallbackId: string | null): Promise<Binding> {
  const rules = await store.bindings(db, SYSTEM);
  return {
    services: await serviceSlugs(db),
    fallbackId,
    rules: rules.flatMap((rule) => {
      const parsed = parseMatchers(rule.matchers);
      return 'matchers' in parsed ? [{ id: rule.id, matchers: parsed.matchers, serviceId: rule.serviceId }] : [];
    }),
  };
}

interface NewAlert {
  readonly origin: Origin;
  readonly key: string;
  readonly signal: Signal;
  readonly binding: Binding;
}

async function openAlert(ctx: Write, { origin, key, signal, binding }: NewAlert) {
  const bound = bind(signal.labels, binding);
  const at = iso(ctx.now);
  const service = bound.serviceId ? binding.services.find((one) => one.id === bound.serviceId) : undefined;
  const teamId = (service as { teamId?: string | null } | undefined)?.teamId ?? null;
  const title = signal.summary.slice(0, 200);
  const { id } = await ctx.open({
    kind: 'alert',
    title,
    words: [signal.source, ...Object.values(signal.labels)].join(' ').slice(0, 2000),
    teamId,
    did: 'alert.opened',
    data: { severity: signal.severity, service: bound.serviceId, source: origin.sourceId },
  });
  await store
    .tables(ctx.db)
    .insertInto('alertsAlert')
    .values({
      id,
      sourceId: origin.sourceId,
      dedupKey: key,
      state: 'triggered',
      severity: signal.severity,
      serviceId: bound.serviceId,
      serviceBecause: bound.because,
      origin: signal.source,
      labels: jsonb({ ...signal.labels }),
      details: jsonb({ ...signal.details }),
      links: jsonb(signal.links.map((link) => ({ ...link }))),
      link: signal.link,
      openedAt: at,
      startsAt: signal.startsAt === null ? null : iso(signal.startsAt),
      lastSignalAt: at,
      signalCount: 1,
      acknowledgedAt: null,
      acknowledgedBy: null,
      resolvedAt: null,
      resolvedBy: null,
    })
    .execute();
  // Warnings and information are shown, not paged: only what needs a person at once wakes one.
  if (signal.severity === 'critical' || signal.severity === 'error') {
    await startPaging(ctx, { about: id, serviceId: bound.serviceId, title, text: service ? `${service.name}: ${bound.because}` : bound.because });
  }
  return { id, dedupKey: key, state: 'triggered' as const, openedAt: at };
}

/** Somebody (null: the sender) has it. Paging ends; the caller has checked that it is triggered. */
export async function acknowledge(ctx: Write, id: string, by: string | null): Promise<void> {
  await store
    .tables(ctx.db)
    .updateTable('alertsAlert')
    .set({ state: 'acknowledged', acknowledgedAt: iso(ctx.now), acknowledgedBy: by })
    .where('id', '=', id)
    .execute();
  await ctx.record({ record: id, did: 'alert.acknowledged', data: { by: by === null ? 'source' : 'person' } });
  await acknowledgePaging(ctx, id);
}

export async function resolve(ctx: Write, id: string, by: string | null): Promise<void> {
  await store
    .tables(ctx.db)
    .updateTable('alertsAlert')
    .set({ state: 'resolved', resolvedAt: iso(ctx.now), resolvedBy: by })
    .where('id', '=', id)
    .execute();
  await ctx.record({ record: id, did: 'alert.resolved', data: { by: by === null ? 'source' : 'person' } });
  await endPaging(ctx, id, 'resolved');
}
