import { carriedBy, explainFailures, serviceSlugs } from '#capabilities/catalog/index.ts';
import { muteRules } from '#capabilities/mutes/index.ts';
import { mutedBy, parseMatchers, type Labels } from '#capabilities/mutes/rules/index.ts';
import { iso, ms } from '#kernel/clock.ts';
import type { Read } from '#kernel/desk.ts';
import { SYSTEM } from '#kernel/permissions.ts';
import { refsOf } from '#kernel/records/index.ts';
import { binderOf, hostNames, type Bindable, type Bound } from '../rules/bind.ts';
import type { Explained, FiringAlert, World } from '../rules/decide.ts';
import { PLAIN_ROUTING, readRouting, type Routed, type Routing } from '../rules/options.ts';
import type { Severity } from '../rules/severity.ts';
import * as store from '../store/index.ts';

/** More failing nodes, or more sources of a rule, than this are no longer told apart: the first ones explain the rest. */
const FAILING_MOST = 300;
const SOURCES_MOST = 2000;

export async function routingOf(db: Read['db']): Promise<Routing> {
  const row = await store.routingNow(db);
  return readRouting(row?.rules ?? PLAIN_ROUTING);
}

export interface Service {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly tier: number;
  readonly teamId: string | null;
  /** Name of the team; empty without one. */
  readonly team: string;
}

/** How signals of a source are bound: rules, services and the hosts that the catalog knows, read once for a batch. */
export async function bindingFor(
  ctx: Read,
  fallbackId: string | null,
  signals: readonly Bindable[],
): Promise<{ bind: (signal: Bindable) => Bound; services: ReadonlyMap<string, Service> }> {
  const rules = await store.bindings(ctx.db, SYSTEM);
  const services = await serviceSlugs(ctx.db);
  const hosts = await carriedBy(ctx, [...new Set(signals.flatMap((signal) => hostNames(signal)))]);
  const bind = binderOf({
    services,
    fallbackId,
    hosts,
    rules: rules.flatMap((rule) => {
      const parsed = parseMatchers(rule.matchers);
      return 'matchers' in parsed ? [{ id: rule.id, matchers: parsed.matchers, serviceId: rule.serviceId }] : [];
    }),
  });
  const teams = await refsOf(ctx.db, SYSTEM, [...new Set(services.map(({ teamId }) => teamId))]);
  return { bind, services: new Map(services.map((service) => [service.id, { ...service, team: teams.get(service.teamId ?? '')?.title ?? '' }])) };
}

export interface Origin {
  /** Null for the desk's own checks. */
  readonly sourceId: string | null;
  readonly sourceName: string;
  /** The service that the source belongs to. */
  readonly fallbackId: string | null;
}

/** An alert that is about to stand in the database. */
interface Fresh {
  readonly id: string;
  readonly number: string;
  readonly title: string;
  readonly labels: Labels;
  readonly severity: Severity;
  readonly nodeId: string | null;
  readonly over: boolean;
  readonly routed: Pick<Routed, 'outcome'>;
}

export interface Surroundings extends World {
  /** A node failed that did not fail before. */
  readonly newlyFailing: boolean;
}

/** A critical alert about a node of the graph. */
export interface Failing {
  readonly nodeId: string;
  readonly alertId: string;
  readonly openedAt: string;
}

/** What the stages know beside the alert, as it is in this transaction with the fresh ones in it. */
export async function worldOf(ctx: Read, routing: Routing, fresh: readonly Fresh[]): Promise<Surroundings> {
  const mutes = await muteRules(ctx.db);
  const failing = routing.byCatalog ? await store.failingNodes(ctx.db, FAILING_MOST) : [];
  const known = new Set(failing.map(({ nodeId }) => nodeId));
  const open = fresh.filter((one) => !one.over);
  const more = routing.byCatalog
    ? open.filter(({ severity, nodeId, routed }) => severity === 'critical' && routed.outcome === 'page' && nodeId !== null && !known.has(nodeId))
    : [];
  const first = [...new Map(more.toReversed().map((one) => [one.nodeId!, one])).values()].slice(0, FAILING_MOST);
  return {
    now: ctx.now,
    routing,
    newlyFailing: first.length > 0,
    // Only rules that people write can go in circles.
    heldBy: new Map(routing.inhibit.length === 0 ? [] : await store.explainedAlerts(ctx.db)),
    mutedBy(labels, at) {
      const found = mutedBy(mutes, labels, at);
      return found ? { id: found.mute.id, number: found.mute.number, title: found.mute.title, by: found.mute.by, until: found.until } : null;
    },
    firing: [...(await sourcesOf(ctx, routing)), ...(routing.inhibit.length === 0 ? [] : open)],
    explained: await explainedBy(ctx, [...failing, ...first.map(({ id, nodeId }) => ({ nodeId: nodeId!, alertId: id, openedAt: iso(ctx.now) }))]),
  };
}

/** Open alerts that may silence others by a rule: those with the labels that its source asks for literally. */
async function sourcesOf({ db }: Read, { inhibit }: Routing): Promise<readonly FiringAlert[]> {
  const found = new Map<string, FiringAlert>();
  for (const { source } of inhibit) {
    const literal = Object.fromEntries(source.filter(({ op, value }) => op === '=' && value !== '').map(({ name, value }) => [name, value]));
    for (const row of await store.openWithLabels(db, literal, SOURCES_MOST)) found.set(row.id, row);
  }
  return [...found.values()];
}

/** By the node of the graph that fell: the alert that explains it. */
async function explainedBy(ctx: Read, failing: readonly Failing[]): Promise<ReadonlyMap<string, Explained>> {
  const explanations = await explainFailures(
    ctx,
    failing.map(({ nodeId, openedAt }) => ({ id: nodeId, at: ms(openedAt) })),
  );
  const alertOn = new Map(failing.map(({ nodeId, alertId }) => [nodeId, alertId]));
  const refs = await refsOf(
    ctx.db,
    SYSTEM,
    [...explanations.values()].map(({ root }) => alertOn.get(root)),
  );
  return new Map(
    [...explanations].flatMap(([nodeId, { root, sentence }]) => {
      const alert = refs.get(alertOn.get(root) ?? '');
      return alert ? [[nodeId, { by: alert.id, sentence: `${sentence} ${alert.number} tells of that; when it is over and this still fires, this is told.` }] as const] : [];
    }),
  );
}
