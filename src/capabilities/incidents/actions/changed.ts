import { changesNear, type ChangeFact } from '#capabilities/catalog/index.ts';
import { iso, ms } from '#kernel/clock.ts';
import type { Actions, Read, Write } from '#kernel/desk.ts';
import { missing } from '#kernel/problem.ts';
import { refsOf } from '#kernel/records/index.ts';
import type { incidents } from '../contract.ts';
import { suspects, type Suspect } from '../rules/changed.ts';
import { rowOf } from '../shown.ts';
import * as store from '../store/incidents.ts';
import * as verdicts from '../store/verdicts.ts';

const HOUR = 3_600_000;
const MOST = 30;
/** As far as a verdict is looked for: what the page can show at its widest. */
const WIDEST = { hours: 168, hops: 5 } as const;

interface Found {
  readonly ranked: readonly { readonly fact: ChangeFact; readonly suspect: Suspect }[];
  readonly firstFailure: number;
  readonly because: string | null;
}

export const changedActions: Pick<Actions<typeof incidents>, 'changed' | 'judgeChange'> = {
  async changed(ctx, { number, hours, hops }) {
    const row = await rowOf(ctx, number);
    const { ranked, firstFailure, because } = await rankedFor(ctx, row, { hours, hops });
    const said = new Map((await verdicts.verdictsOf(ctx.db, row.id)).map((verdict) => [verdict.changeKey, verdict]));
    const shown = ranked.filter(({ fact }, place) => place < MOST || said.has(fact.key));
    const refs = await refsOf(ctx.db, ctx.actor, [...shown.flatMap(({ fact }) => [fact.recordId, fact.actorId]), ...[...said.values()].map(({ personId }) => personId)]);
    return {
      items: shown.map(({ fact, suspect }) => {
        const verdict = said.get(fact.key);
        return {
          key: fact.key,
          at: fact.at,
          kind: fact.kind,
          title: fact.title,
          record: refs.get(fact.recordId ?? '') ?? null,
          by: refs.get(fact.actorId ?? '') ?? null,
          link: fact.link,
          score: Math.round(suspect.score * 1000) / 1000,
          likely: suspect.likely,
          reasons: [...suspect.reasons],
          verdict: verdict ? { was: verdict.was, by: refs.get(verdict.personId ?? '') ?? null, at: verdict.at } : null,
        };
      }),
      found: ranked.length,
      firstFailure: iso(firstFailure),
      because,
    };
  },

  async judgeChange(ctx, { number, key, was }) {
    const row = await rowOf(ctx, number);
    const { ranked } = await rankedFor(ctx, row, WIDEST);
    const place = ranked.findIndex(({ fact }) => fact.key === key);
    const found = ranked[place];
    if (!found) throw missing('This change');
    if (was === null) {
      if (await verdicts.takeBack(ctx.db, row.id, key)) await ctx.record({ record: row.id, did: 'incident.changeOpen', data: { change: key, title: found.fact.title } });
      else ctx.unchanged();
      return { verdict: null };
    }
    const at = iso(ctx.now);
    await verdicts.judge(ctx.db, { incidentId: row.id, changeKey: key, was, place: place + 1, title: found.fact.title, personId: ctx.actor.id, at });
    await ctx.record({ record: row.id, did: was ? 'incident.changeBlamed' : 'incident.changeRuledOut', data: { change: key, title: found.fact.title, place: place + 1 } });
    return { verdict: { was, by: (await refsOf(ctx.db, ctx.actor, [ctx.actor.id])).get(ctx.actor.id ?? '') ?? null, at } };
  },
};

async function rankedFor(ctx: Read | Write, row: store.IncidentRow, { hours, hops }: { readonly hours: number; readonly hops: number }): Promise<Found> {
  const firstFailure = Math.min(ms(row.declaredAt), ms((await store.firstAlertAt(ctx.db, row.id)) ?? row.declaredAt));
  if (row.serviceId === null) return { ranked: [], firstFailure, because: 'The incident names no service. Say which one fails, and what was changed near it is listed.' };
  const until = Math.min(ctx.now, Math.max(firstFailure, ms(row.resolvedAt ?? iso(ctx.now)))) + 1;
  const { facts, distances } = await changesNear(ctx, { start: row.serviceId, hops, from: firstFailure - hours * HOUR, until });
  // What was done to several places counts for the nearest.
  const placed = facts.flatMap((fact) => {
    const [nearest] = fact.places.filter((id) => distances.has(id)).toSorted((a, b) => Math.abs(distances.get(a)!) - Math.abs(distances.get(b)!));
    return nearest === undefined ? [] : [{ fact, nearest }];
  });
  const names = await refsOf(
    ctx.db,
    ctx.actor,
    placed.map(({ nearest }) => nearest),
  );
  const seen = placed.filter(({ nearest }) => names.has(nearest));
  const byKey = new Map(seen.map(({ fact }) => [fact.key, fact]));
  const ranked = suspects(
    seen.map(({ fact, nearest }) => ({ key: fact.key, at: ms(fact.at), kind: fact.kind, hops: distances.get(nearest)!, place: names.get(nearest)!.title })),
    firstFailure,
  );
  return { ranked: ranked.map((suspect) => ({ fact: byKey.get(suspect.key)!, suspect })), firstFailure, because: null };
}
