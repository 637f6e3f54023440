import { sql, type SqlBool } from 'kysely';
import type { Db } from '#kernel/database.ts';
import { SYSTEM, type Actor } from '#kernel/permissions.ts';
import type { Window } from '#kernel/spans.ts';
import { EXAMPLES, maintenanceDuring, serviceLabels, type AffectedSource, type ServiceLabels } from '#capabilities/mutes/index.ts';
import { activeSpans, isActive, matchesAny, mutedBy, type Muted } from '#capabilities/mutes/rules/index.ts';
import { visible } from '#kernel/visible.ts';
import * as store from './store/index.ts';

interface Labelled {
  readonly number: string;
  readonly title: string;
  readonly probe: string;
}

/** What matchers of mutes may ask of a check. */
function labelsOf({ number, title, probe }: Labelled, service: ServiceLabels | undefined) {
  return { check: number, check_name: title, probe, ...service };
}

const labelled = (db: Db, actor: Actor) =>
  store
    .tables(db)
    .selectFrom('checksCheck')
    .innerJoin('record', 'record.id', 'checksCheck.id')
    .select(['record.id', 'record.kind', 'record.number', 'record.title', 'probe', 'serviceId'])
    .where(visible(actor));

/** The checks that a mute would keep silent. */
export const affectedChecks: AffectedSource = async (ctx, sets) => {
  const services = await serviceLabels(ctx);
  const rows = await labelled(ctx.db, ctx.actor).where('retiredAt', 'is', null).orderBy('record.title').execute();
  const hit = rows.filter((row) => matchesAny(sets, labelsOf(row, services.get(row.serviceId ?? ''))));
  return { kind: 'check', count: hit.length, examples: hit.slice(0, EXAMPLES).map(({ id, kind, number, title }) => ({ id, kind, number, title })) };
};

/** When each check was under maintenance, over or not. */
export async function maintenanceOf(db: Db, checks: readonly { readonly id: string }[], window: Window): Promise<ReadonlyMap<string, readonly Window[]>> {
  const rules = await maintenanceDuring(db, window);
  if (rules.length === 0) return new Map();
  const services = await serviceLabels({ db, actor: SYSTEM });
  const rows = await labelled(db, SYSTEM)
    .where(sql<SqlBool>`record.id = any(${checks.map(({ id }) => id)}::uuid[])`)
    .execute();
  return new Map(
    rows.map((row) => {
      const labels = labelsOf(row, services.get(row.serviceId ?? ''));
      return [row.id, rules.filter(({ sets }) => matchesAny(sets, labels)).flatMap(({ when }) => activeSpans(when, window))];
    }),
  );
}

/** The checks that are under maintenance at the instant, with the one that ends last; of all checks where none are named. */
export async function maintainedAt(db: Db, now: number, ids?: readonly string[]): Promise<ReadonlyMap<string, Muted>> {
  const rules = (await maintenanceDuring(db, { from: now, until: now + 1 })).filter(({ when }) => isActive(when, now));
  if (rules.length === 0 || ids?.length === 0) return new Map();
  const services = await serviceLabels({ db, actor: SYSTEM });
  let from = labelled(db, SYSTEM);
  if (ids) from = from.where(sql<SqlBool>`record.id = any(${[...ids]}::uuid[])`);
  return new Map(
    (await from.execute()).flatMap((row) => {
      const muted = mutedBy(rules, labelsOf(row, services.get(row.serviceId ?? '')), now);
      return muted ? [[row.id, muted]] : [];
    }),
  );
}

/** What matchers and rules may ask of a check's alerts; empty for one that does not exist. */
export async function labelsOfCheck(db: Db, id: string): Promise<Readonly<Record<string, string>>> {
  const row = await labelled(db, SYSTEM).where('record.id', '=', id).executeTakeFirst();
  return row ? labelsOf(row, (await serviceLabels({ db, actor: SYSTEM })).get(row.serviceId ?? '')) : {};
}
