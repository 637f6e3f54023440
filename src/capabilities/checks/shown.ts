import * as z from 'zod';
import { iso, ms } from '#kernel/clock.ts';
import type { Db } from '#kernel/database.ts';
import type { Read } from '#kernel/desk.ts';
import { refsOf } from '#kernel/records/index.ts';
import type { Muted } from '#capabilities/mutes/rules/index.ts';
import type { Certificate, Check, Result } from './contract/index.ts';
import { maintainedAt } from './labels.ts';
import { certificateDaysOf, failuresOf, readProbe, targetOf } from './probes/index.ts';
import { shownState, standingWords, type Told } from './rules/index.ts';
import * as store from './store/index.ts';

const DAY = 86_400_000;

export function instantOrNull(text: string | null): number | null {
  return text === null ? null : ms(text);
}

/** What the state of checks depends on beside their rows. */
export interface Around {
  readonly parents: ReadonlyMap<string, { readonly number: string }>;
  readonly maintained: ReadonlyMap<string, Muted>;
  readonly blind: boolean;
}

export async function aroundOf({ db, now }: { readonly db: Db; readonly now: number }, rows: readonly store.StoredCheck[]): Promise<Around> {
  const parents = await store.standings(
    db,
    rows.flatMap(({ behind }) => behind ?? []),
  );
  const maintained = await maintainedAt(
    db,
    now,
    rows.map(({ id }) => id),
  );
  return { parents, maintained, blind: (await store.blindSince(db)) !== null };
}

/** A stored check as the rules take it. */
export function toldOf(row: store.StoredCheck, { parents, maintained, blind }: Around): Told {
  const config = readProbe(row.config);
  return {
    stored: row.stored,
    intervalMs: row.intervalSeconds === null ? null : row.intervalSeconds * 1000,
    lastAt: instantOrNull(row.lastAt),
    changedAt: ms(row.changedAt),
    expectedAt: instantOrNull(row.expectedAt),
    alertAfter: instantOrNull(row.alertAfter),
    behind: row.behind === null ? null : (parents.get(row.behind)?.number ?? null),
    maintenance: maintained.get(row.id)?.mute ?? null,
    blind,
    since: ms(row.since),
    reason: row.reason,
    failures: row.failures,
    failuresNeeded: failuresOf(config),
    certificateEndsAt: instantOrNull(row.certificateEndsAt),
    certificateDays: certificateDaysOf(config),
  };
}

export async function shown(ctx: Read, rows: readonly store.CheckRow[]): Promise<Check[]> {
  const refs = await refsOf(
    ctx.db,
    ctx.actor,
    rows.flatMap((row) => [row.serviceId, row.behind, ...row.parentIds]),
  );
  const around = await aroundOf(ctx, rows);
  return rows.map((row) => {
    const { id, number, title, since, lastAt, lastOk, tookMs, expectedAt, certificateEndsAt, origin, openedAt, version } = row;
    const config = readProbe(row.config);
    const told = toldOf(row, around);
    const muted = around.maintained.get(id);
    return {
      id,
      number,
      name: title,
      probe: config,
      target: targetOf(config),
      service: refs.get(row.serviceId ?? '') ?? null,
      state: shownState(told, ctx.now),
      words: standingWords(told, ctx.now),
      since,
      lastAt,
      lastOk,
      tookMs,
      expectedAt,
      parents: row.parentIds.flatMap((parent) => refs.get(parent) ?? []),
      behind: refs.get(row.behind ?? '') ?? null,
      maintenance: muted ? { number: muted.mute.number, title: muted.mute.title, until: muted.until === null ? null : iso(muted.until) } : null,
      certificateEndsAt,
      origin,
      openedAt,
      version,
      retired: row.retiredAt !== null,
    };
  });
}

/** Results as they are kept; older ones have no named values. */
export function resultsShown(rows: Awaited<ReturnType<typeof store.results>>): z.infer<typeof Result>[] {
  return rows.map((row) => ({ ...row, measured: z.record(z.string(), z.number()).nullable().parse(row.measured) ?? {} }));
}

const kept = z.array(z.object({ subject: z.string(), issuer: z.string(), names: z.array(z.string()), startsAt: z.number(), endsAt: z.number() }));

export function certificatesShown({ certificate }: store.StoredCheck, now: number): z.infer<typeof Certificate>[] {
  return kept
    .parse(certificate ?? [])
    .map(({ startsAt, endsAt, ...one }) => ({ ...one, startsAt: iso(startsAt), endsAt: iso(endsAt), daysLeft: Math.floor((endsAt - now) / DAY) }));
}
