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

registerHealth(async ({ db, actor, now }, serviceIds) => {
  const rows = await store.openOfServices(db, actor, serviceIds);
  const facts = new Map<string, { state: 'critical' | 'warning'; words: string; record: { id: string; kind: string; number: string; title: string } }[]>();
  for (const row of rows) {
    if (!row.serviceId || row.severity === 'info') continue;
    const minutes = Math.max(1, Math.round((now - ms(row.openedAt)) / 60_000));
    const state = row.severity === 'warning' ? ('warning' as const) : ('critical' as const);
    const fact = {
      state,
      words: `${row.title}, for ${minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`}`,
      record: { id: row.id, kind: 'alert', number: row.number, title: row.title },
    };
    facts.set(row.serviceId, [...(facts.get(row.serviceId) ?? []), fact]);
  }
  return facts;
});
