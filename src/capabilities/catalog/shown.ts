import type { Db } from '#kernel/database.ts';
import type { Read } from '#kernel/desk.ts';
import type { Actor } from '#kernel/permissions.ts';
import { byNumber, refsOf } from '#kernel/records/index.ts';
import { invalidField, missing } from '#kernel/problem.ts';
import type { Component, Service } from './contract/index.ts';
import { factsOf, healthOf } from './health.ts';
import * as store from './store/index.ts';

interface Held {
  readonly title: string;
  readonly teamId: string | null;
  readonly ownerId: string | null;
  readonly mergedInto: string | null;
}

/** Rows with the names that their ids stand for: one query for all of them. */
async function named<T extends Held>({ db, actor }: Seer, rows: readonly T[]) {
  const refs = await refsOf(
    db,
    actor,
    rows.flatMap((row) => [row.teamId, row.ownerId, row.mergedInto]),
  );
  const refOf = (id: string | null) => refs.get(id ?? '') ?? null;
  return rows.map(({ title, teamId, ownerId, mergedInto, ...row }) => ({ ...row, name: title, team: refOf(teamId), lead: refOf(ownerId), mergedInto: refOf(mergedInto) }));
}

/** Services as they go over the wire, with health, in a few queries. */
export async function shown(ctx: Read, rows: readonly store.ServiceRow[]): Promise<Service[]> {
  const facts = await factsOf(
    ctx,
    rows.map((row) => row.id),
  );
  return (await named(ctx, rows)).map((service) => ({ ...service, health: healthOf(facts.get(service.id)) }));
}

export function shownComponents(ctx: Read, rows: readonly store.ComponentRow[]): Promise<Component[]> {
  return named(ctx, rows);
}

export async function serviceRow({ db, actor }: Seer, number: string): Promise<store.ServiceRow> {
  const row = await store.byNumber(db, actor, number);
  if (!row) throw missing(number);
  return row;
}

export async function componentRow({ db, actor }: Seer, number: string): Promise<store.ComponentRow> {
  const row = await store.componentByNumber(db, actor, number);
  if (!row) throw missing(number);
  return row;
}

type Seer = { readonly db: Db; readonly actor: Actor };
export interface Owners {
  readonly team?: string | null | undefined;
  readonly lead?: string | null | undefined;
}

/** Ids of the named team and lead; only those that were named. Refuses numbers of other kinds. */
export async function ownersOf({ db, actor }: Seer, { team, lead }: Owners): Promise<{ teamId?: string | null; ownerId?: string | null }> {
  const idOf = async (field: 'team' | 'lead', kind: 'team' | 'person', number: string | null): Promise<string | null> => {
    if (number === null) return null;
    const found = await byNumber(db, actor, number);
    if (found.kind !== kind) throw invalidField(field, `${number} is not a ${kind}.`);
    return found.id;
  };
  return {
    ...(team === undefined ? {} : { teamId: await idOf('team', 'team', team) }),
    ...(lead === undefined ? {} : { ownerId: await idOf('lead', 'person', lead) }),
  };
}

/** The given fields of a change, without those left out. */
export function given<T extends object>(change: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
