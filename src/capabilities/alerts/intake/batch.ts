import { matchesAll } from '#capabilities/mutes/rules/index.ts';
import { acknowledgePaging } from '#capabilities/oncall/index.ts';
import { iso, ms } from '#kernel/clock.ts';
import type { Write } from '#kernel/desk.ts';
import { uuidv7 } from '#kernel/ids.ts';
import type { Hold } from '../rules/outcomes.ts';
import { foldSignals, type Episode, type Incoming, type Latest } from '../rules/fold.ts';
import { routed, type Routing } from '../rules/options.ts';
import type { Signal } from '../rules/signal.ts';
import * as store from '../store/index.ts';
import { calmUntil, openNewcomers, rowOf, type Newcomer } from './newcomers.ts';
import { routingOf, worldOf, type Origin, type Surroundings } from './setting.ts';
import { reconsider, Staging } from './staging.ts';
import { wakeInTime } from './waking.ts';

export interface Given {
  readonly signal: Signal;
  readonly rawId: string | null;
}

/** The newest alert of a key, with what the batch needs of it beside the fold. */
interface Stored {
  readonly latest: Latest;
  readonly groupId: string | null;
  readonly held: Hold | null;
}

/** Applies signals of one source in order, in the caller's transaction: opens, counts, acknowledges, resolves, and tells whom it concerns. */
export async function applySignals(ctx: Write, origin: Origin, all: readonly Given[]): Promise<void> {
  if (all.length === 0) return;
  await store.lockPipeline(ctx.db);
  const routing = await routingOf(ctx.db);
  const incoming = all.map(({ signal, rawId }): Incoming => ({ key: signal.key ?? uuidv7(ctx.now), signal, rawId }));
  const stored = await storedOf(ctx, { origin, routing, incoming });
  const { episodes, ignored } = foldSignals(incoming, {
    now: ctx.now,
    latest: new Map([...stored].map(([key, { latest }]) => [key, latest])),
    optionsOf: ({ labels, severity }) => routed(routing, { ...labels, severity }, severity).options,
  });
  count(ctx, episodes, ignored);
  const known = episodes.filter((one) => one.id !== null);
  const newcomers = await openNewcomers(
    ctx,
    { origin, routing },
    episodes.filter((one) => one.id === null),
  );
  const alertIds = new Map(newcomers.map(({ id, episode }) => [episode, id]));
  await changeKnown(ctx, known);
  await settle(ctx, { origin, routing, stored, known, newcomers });
  await noteSignals(
    ctx,
    episodes.map((episode) => ({ episode, alertId: episode.id ?? alertIds.get(episode)! })),
  );
}

async function storedOf(ctx: Write, { origin, routing, incoming }: { origin: Origin; routing: Routing; incoming: readonly Incoming[] }): Promise<ReadonlyMap<string, Stored>> {
  const keys = [...new Set(incoming.map(({ key }) => key))];
  const rows = await store.latestByKey(ctx.db, { sourceId: origin.sourceId, keys, since: iso(ctx.now - longestReopening(routing.top)) });
  // Only what may end or begin again asks for its rules; repeats, which are most, do not.
  const ending = new Set(incoming.filter(({ signal }) => signal.kind === 'resolve').map(({ key }) => key));
  const asked = rows.filter((row) => row.state === 'resolved' || row.held !== null || ending.has(row.dedupKey)).map((row) => row.id);
  const labels = new Map((asked.length === 0 ? [] : await store.labelsOf(ctx.db, asked)).map((row) => [row.id, row]));
  const msOrNull = (at: string | null) => (at === null ? null : ms(at));
  return new Map(
    rows.map(({ id, dedupKey, state, reopens, calmSignals, groupId, held, ...row }) => {
      const own = labels.get(id);
      const { options } = routed(routing, own ? { ...own.labels, ...own.extra } : {}, row.severity);
      const latest = {
        id,
        state,
        severity: row.severity,
        reopens,
        calmSignals,
        options,
        resolvedAt: msOrNull(row.resolvedAt),
        reopenedAt: msOrNull(row.reopenedAt),
        calmSince: msOrNull(row.calmSince),
      };
      return [dedupKey, { latest, groupId, held }];
    }),
  );
}

/** Milliseconds within which any rule takes one that fires again for the same. */
function longestReopening({ options, routes }: Routing['top']): number {
  return Math.max((options.reopenMinutes ?? 0) * 60_000, ...routes.map(longestReopening));
}

function count(ctx: Write, episodes: readonly Episode[], ignored: number): void {
  const { signals } = ctx.desk.metrics;
  for (const { noted } of episodes) for (const { effect, times } of noted) signals.inc({ format: 'any', outcome: effect }, times);
  if (ignored > 0) signals.inc({ format: 'any', outcome: 'ignored' }, ignored);
}

function onlyRepeated({ wasCalm, worse, noted }: Episode): boolean {
  return !wasCalm && !worse && noted.every(({ effect }) => effect === 'duplicate');
}

async function changeKnown(ctx: Write, known: readonly Episode[]): Promise<void> {
  const at = iso(ctx.now);
  const repeated = known.filter(onlyRepeated);
  await store.countRepeats(ctx.db, new Map(repeated.map((one) => [one.id!, one.signals])), at);
  const calm = (one: Episode) => calmUntil(ctx, one);
  await store.changeAlerts(
    ctx.db,
    known
      .filter((one) => !onlyRepeated(one))
      .map((one) => ({
        id: one.id!,
        state: one.state,
        severity: one.severity,
        signals: one.signals,
        reopens: one.reopens,
        reopenedAt: one.reopenedAt === null ? null : iso(one.reopenedAt),
        calmSignals: one.calmSignals,
        calmSince: one.calmSince === null ? null : iso(one.calmSince),
        wakeAt: calm(one) === null ? null : iso(calm(one)!),
        resolvedAt: one.state === 'resolved' ? iso(one.resolvedAt ?? ctx.now) : null,
        acknowledged: one.acknowledged,
      })),
    at,
  );
}

async function noteSignals(ctx: Write, all: readonly { readonly episode: Episode; readonly alertId: string }[]): Promise<void> {
  await store.insertSignals(
    ctx.db,
    all.flatMap(({ episode, alertId }) => episode.noted.map((one) => ({ ...one, id: uuidv7(ctx.now), alertId }))),
    iso(ctx.now),
  );
  const by = { by: 'source' };
  await ctx.recordMany(
    all.flatMap(({ episode: { state, before, reopened, acknowledged, worse, severity }, alertId }) => [
      ...(worse && before !== null ? [{ record: alertId, did: 'alert.worse', data: { severity } }] : []),
      ...(reopened ? [{ record: alertId, did: 'alert.firesAgain' }] : []),
      ...(acknowledged ? [{ record: alertId, did: 'alert.acknowledged', data: by }] : []),
      ...(state === 'resolved' && (before !== 'resolved' || reopened) ? [{ record: alertId, did: 'alert.resolved', data: by }] : []),
    ]),
  );
}

interface Settling {
  readonly origin: Origin;
  readonly routing: Routing;
  readonly stored: ReadonlyMap<string, Stored>;
  readonly known: readonly Episode[];
  readonly newcomers: readonly Newcomer[];
}

/** Groups, stages, and telling of what began, went on or ended. */
async function settle(ctx: Write, { origin, routing, stored, known, newcomers }: Settling): Promise<void> {
  const ended = known.filter((one) => one.state === 'resolved' && one.before !== 'resolved');
  const again = known.filter((one) => one.state === 'triggered' && (one.before === 'resolved' || one.reopened || one.worse));
  const anew = again.filter((one) => one.before !== 'resolved');
  const heldOf = (one: Episode) => stored.get(one.key)!.held;
  const told = new Set(again);
  const firing = known.filter((one) => one.state === 'triggered' && one.firings > 0 && !told.has(one));
  const confirming = firing.filter((one) => heldOf(one) === 'unconfirmed' || (heldOf(one) !== null && one.options.openAfter > 1));
  if (newcomers.length + ended.length + again.length + confirming.length > 0) {
    const staging = new Staging(ctx, routing);
    const groupOf = (one: Episode) => stored.get(one.key)!.groupId ?? '';
    const times = new Map(again.map((one) => [one.id, one.firings]));
    const grew = new Set(again.filter((one) => one.worse && one.before !== 'resolved').map((one) => one.id));
    const returning = (await staging.stored({ ids: again.map((one) => one.id!) })).map((member) => ({
      ...member,
      firings: times.get(member.id) ?? 1,
      grew: grew.has(member.id),
    }));
    await staging.groups.load([...newcomers, ...returning], [...ended, ...anew, ...confirming].map(groupOf));
    for (const one of [...ended, ...anew]) staging.groups.leave(groupOf(one));
    for (const one of anew) if (one.reopened) staging.groups.closeEmpty(groupOf(one));
    for (const one of confirming) staging.groups.fire(groupOf(one), one.firings, one.options);
    for (const member of [...newcomers, ...returning]) staging.groups.join(member);
    const world = await worldOf(ctx, routing, newcomers);
    const decided = staging.decide(newcomers, world);
    const unconfirmed = confirming.filter((one) => heldOf(one) === 'unconfirmed').map((one) => one.id!);
    const confirmed = new Set([...unconfirmed, ...(await store.unconfirmedOf(ctx.db, staging.groups.confirmed))]);
    for (const { id } of returning) confirmed.delete(id);
    const waiting = await staging.stored({ ids: [...confirmed] });
    await staging.groups.save();
    await staging.restage([...returning, ...waiting], world);
    await store.insertAlerts(
      ctx.db,
      decided.map(({ member, decision, group }) => rowOf(ctx, origin, { newcomer: member, decision, groupId: group.id })),
    );
    await staging.close();
    if (anew.length > 0 || (await changesOthers(ctx, world, { newcomers, ended }))) await reconsider(ctx, routing);
  }
  const acknowledged = known.filter((one) => one.acknowledged && one.state === 'acknowledged').map((one) => one.id!);
  for (const lead of await store.leadsOfTaken(ctx.db, acknowledged)) await acknowledgePaging(ctx, lead);
  if (newcomers.length + known.length > 0) await wakeInTime(ctx);
}

/** Whether what began or ended here may explain, or explained, other alerts. */
async function changesOthers(ctx: Write, world: Surroundings, { newcomers, ended }: { newcomers: readonly Newcomer[]; ended: readonly Episode[] }): Promise<boolean> {
  if (world.newlyFailing || newcomers.some(({ labels }) => world.routing.inhibit.some(({ source }) => matchesAll(source, labels)))) return true;
  return (
    ended.length > 0 &&
    store.holdsOthers(
      ctx.db,
      ended.map((one) => one.id!),
    )
  );
}
