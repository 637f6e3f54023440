import { callsOf } from '#capabilities/notify/index.ts';
import { iso, ms } from '#kernel/clock.ts';
import { cursorOf, keyOf } from '#kernel/cursor.ts';
import type { Actions, Read } from '#kernel/desk.ts';
import { allow, invalidField } from '#kernel/problem.ts';
import { byNumber, refsOf } from '#kernel/records/index.ts';
import type { Ref } from '#kernel/contract.ts';
import { loadRota } from '../calendar.ts';
import type { rotas } from '../contract/index.ts';
import { ablesOf } from '../covering.ts';
import { sentencesOf } from '../looking.ts';
import { coverage } from '../rules/plan.ts';
import { eveningOut, type Evening } from '../rules/evening.ts';
import { interruptions, loadsOf, qualityOf, resolve } from '../rules/index.ts';
import { localAt, momentOf } from '../rules/sentences.ts';
import * as store from '../store/index.ts';
import { rotaRow } from './shown.ts';

type Looking = Pick<Actions<typeof rotas>, 'findings' | 'fairness'>;

const DAY = 86_400_000;
const LONGEST = 400 * DAY;
const AHEAD = 28 * DAY;
const NOTHING = { hours: 0, nights: 0, weekends: 0, holidays: 0 };

export const lookingActions: Looking = {
  async findings(ctx, { rota, limit, cursor }) {
    const [at, id] = keyOf(cursor, 2);
    const rotaId = rota ? (await byNumber(ctx.db, ctx.actor, rota)).id : undefined;
    const rows = await store.findingsSeen(ctx.db, ctx.actor, { rotaId, limit: limit + 1, after: at && id ? { at, id } : undefined });
    const last = rows.length > limit ? rows[limit - 1] : undefined;
    return { items: await shownFindings(ctx, rows.slice(0, limit)), cursor: last ? cursorOf([last.fromAt, last.id]) : null };
  },

  async fairness(ctx, { number, from, until }) {
    const row = await rotaRow(ctx, number);
    if (ms(until) <= ms(from)) throw invalidField('until', 'Until is before From.');
    allow(ms(until) - ms(from) > LONGEST ? 'Ask for at most 400 days at once.' : undefined);
    // Nobody was on call before there was the rota, nor has been yet in what is to come.
    const window = { from: Math.max(ms(from), ms(row.openedAt)), until: Math.min(ms(until), ctx.now) };
    const past = window.from < window.until;
    const { rota } = await loadRota(ctx.db, row, window);
    const spans = past ? resolve({ ...rota, window }) : [];
    const loads = loadsOf(spans, { zone: row.zone, holidays: rota.holidays ?? [] });
    const ahead = { from: ctx.now, until: ctx.now + AHEAD };
    const coming = await loadRota(ctx.db, row, ahead);
    const ables = (await ablesOf(ctx, coming, ahead)).map((one) => ({ ...one, hoursLately: loads.get(one.personId)?.hours ?? 0 }));
    // Only those who take turns are evened out; whoever else is of the team helps out.
    const turns = new Set(coming.rota.layers.filter((layer) => !layer.shadow && (layer.until ?? Infinity) > ctx.now).flatMap((layer) => layer.people.flat()));
    const steps = eveningOut(
      resolve({ ...coming.rota, window: ahead }),
      ables.filter(({ personId }) => turns.has(personId)),
      ahead,
    );
    const ids = [...new Set([...loads.keys(), ...turns])];
    const calls = await callsOf(ctx.db, ids, window);
    const refs = await refsOf(ctx.db, ctx.actor, ids);
    const { coveredHours, totalHours } = past ? coverage(rota, window) : { coveredHours: 0, totalHours: 0 };
    const hours = new Map([...turns].map((id) => [id, loads.get(id)?.hours ?? 0]));
    const quality = qualityOf(past ? hours : new Map(), totalHours > 0 ? (100 * coveredHours) / totalHours : 0);
    const named = <T>(list: readonly (readonly [string, T])[]) => list.flatMap(([id, value]) => (refs.has(id) ? [{ person: refs.get(id)!, value }] : []));
    return {
      from: iso(window.from),
      until: iso(Math.max(window.from, window.until)),
      people: named(ids.map((id) => [id, { ...(loads.get(id) ?? NOTHING), interruptions: interruptions(calls.get(id) ?? []) }] as const))
        .map(({ person, value }) => ({ person, ...value }))
        .toSorted((a, b) => b.hours - a.hours || (a.person.title < b.person.title ? -1 : 1)),
      score: quality.score,
      gapsPercent: quality.gapsPercent,
      overloaded: named([...quality.overloaded]).map(({ person, value }) => ({ person, percent: value })),
      proposals: steps.flatMap((step) => proposalOf(step, row.zone, refs)),
    };
  },
};

function proposalOf(step: Evening, zone: string, refs: ReadonlyMap<string, Ref>) {
  const [person, instead] = [refs.get(step.toId), refs.get(step.fromId)];
  if (!person || !instead) return [];
  const sentence = `Give ${person.title} the shift of ${instead.title} from ${momentOf(zone, step.from)} to ${momentOf(zone, step.until)}: ${instead.title} then has ${Math.round(step.after[0])} hours instead of ${Math.round(step.before[0])}, ${person.title} ${Math.round(step.after[1])} instead of ${Math.round(step.before[1])}.`;
  return [
    { person, instead, from: iso(step.from), until: iso(step.until), fromLocal: localAt(zone, step.from), untilLocal: localAt(zone, step.until), hours: step.hours, sentence },
  ];
}

async function shownFindings(ctx: Read, rows: readonly store.FindingRow[]) {
  const refs = await refsOf(
    ctx.db,
    ctx.actor,
    rows.flatMap((row) => [row.rotaId, row.personId]),
  );
  const zones = new Map(
    (
      await store.rotasByIds(
        ctx.db,
        ctx.actor,
        rows.map(({ rotaId }) => rotaId),
      )
    ).map((row) => [row.id, row.zone]),
  );
  const sentences = (await Promise.all(rows.map((row) => sentencesOf(ctx, zones.get(row.rotaId) ?? 'UTC', [row])))).flat();
  return rows.flatMap((row, i) => {
    const rota = refs.get(row.rotaId);
    if (!rota) return [];
    return {
      id: row.id,
      rota,
      kind: row.kind,
      person: refs.get(row.personId ?? '') ?? null,
      from: row.fromAt,
      until: row.untilAt,
      hours: row.hours,
      sentence: sentences[i] ?? '',
      foundAt: row.foundAt,
    };
  });
}
