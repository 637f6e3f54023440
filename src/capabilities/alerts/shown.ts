import { registerHealth, servicesByIds } from '#capabilities/catalog/index.ts';
import { ms } from '#kernel/clock.ts';
import type { Read, Write } from '#kernel/desk.ts';
import { refsOf } from '#kernel/records/index.ts';
import type { Alert, AlertGroup } from './contract/index.ts';
import * as store from './store/index.ts';

type Seer = Pick<Read | Write, 'db' | 'actor'>;

/** Alerts as they go over the wire; two more queries for any number of them. */
export async function shown({ db, actor }: Seer, rows: readonly store.AlertRow[]): Promise<Alert[]> {
  const [refs, services] = [
    await refsOf(
      db,
      actor,
      rows.flatMap((row) => [row.serviceId, row.sourceId, row.acknowledgedBy]),
    ),
    await servicesByIds(
      db,
      actor,
      rows.flatMap((row) => (row.serviceId ? [row.serviceId] : [])),
    ),
  ];
  return rows.map(({ serviceId, sourceId, acknowledgedBy, ...row }) => {
    const service = refs.get(serviceId ?? '');
    return {
      ...row,
      service: service ? { ...service, tier: services.get(service.id)?.tier ?? null } : null,
      source: refs.get(sourceId ?? '') ?? null,
      acknowledgedBy: refs.get(acknowledgedBy ?? '') ?? null,
    };
  });
}

/** Groups as they go over the wire, each with the alert that stands for it; a group that the viewer may not see is left out. */
export async function shownGroups(ctx: Seer, rows: readonly store.GroupRow[]): Promise<AlertGroup[]> {
  const alerts = await shown(
    ctx,
    await store.byIds(
      ctx.db,
      ctx.actor,
      rows.map((row) => row.alertId),
    ),
  );
  const byId = new Map(alerts.map((alert) => [alert.id, alert]));
  // Where people are paged about an alert that fires, that one says it for all: members are asked only of the others.
  const saysAll = (row: store.GroupRow) => row.alertCount === 1 || row.openCount === 0 || (row.isLed && byId.get(row.alertId)?.state !== 'resolved');
  const standings = await store.groupStandings(
    ctx.db,
    rows.filter((row) => !saysAll(row)).map((row) => row.id),
  );
  return rows.flatMap(({ alertId, alertCount, openCount, ...row }) => {
    const alert = byId.get(alertId);
    if (!alert) return [];
    const own = { state: alert.state, held: alert.state === 'triggered' ? alert.held : null };
    return [{ ...row, ...(standings.get(row.id) ?? own), count: alertCount, open: openCount, alert }];
  });
}

/** Groups that are open and of which people are told, the one heard last first. */
export async function openGroups(ctx: Seer, { teams, limit }: { readonly teams: readonly string[] | undefined; readonly limit: number }): Promise<AlertGroup[]> {
  return shownGroups(ctx, await store.groupList(ctx.db, ctx.actor, { openOnly: true, held: false, teams, limit }));
}

interface HealthFact {
  readonly state: 'critical' | 'warning';
  readonly words: string;
  readonly record: { readonly id: string; readonly kind: string; readonly number: string; readonly title: string };
}

registerHealth(async ({ db, actor, now }, serviceIds) => {
  const rows = await store.openOfServices(db, actor, serviceIds);
  const facts = new Map<string, HealthFact[]>();
  // What belongs together is one fact: the worst of it that was there first, with how many more there are.
  const bad = rows.filter((row) => row.serviceId && row.severity !== 'info').toReversed();
  for (const group of Map.groupBy(bad, (row) => `${row.serviceId} ${row.groupId ?? row.id}`).values()) {
    const row = group.find(({ severity }) => severity !== 'warning') ?? group[0]!;
    const minutes = Math.max(1, Math.round((now - ms(row.openedAt)) / 60_000));
    const more = group.length > 1 ? `, and ${group.length - 1} more of its kind` : '';
    const fact = {
      state: row.severity === 'warning' ? ('warning' as const) : ('critical' as const),
      words: `${row.title}, for ${minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`}${more}`,
      record: { id: row.id, kind: 'alert', number: row.number, title: row.title },
    };
    facts.set(row.serviceId!, [...(facts.get(row.serviceId!) ?? []), fact]);
  }
  return facts;
});
