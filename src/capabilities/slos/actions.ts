import type * as z from 'zod';
import { checksByIds, type KnownCheck } from '#capabilities/checks/index.ts';
import { iso, ms } from '#kernel/clock.ts';
import { cursorOf, keyOf } from '#kernel/cursor.ts';
import { jsonb } from '#kernel/database.ts';
import type { Actions, Read, Write } from '#kernel/desk.ts';
import { uuidv7 } from '#kernel/ids.ts';
import { atLeast, refusePermission } from '#kernel/permissions.ts';
import { allow, invalidField } from '#kernel/problem.ts';
import { byNumber } from '#kernel/records/index.ts';
import { slos, type sourceInput } from './contract.ts';
import { countChecks, DAY, HOUR } from './counting.ts';
import { draftsOf } from './openslo.ts';
import { outcomeOf } from './outcome.ts';
import { refuseQueries } from './prometheus.ts';
import { budgetLeft, burnRate, lastsFor, refuseObjective } from './rules/index.ts';
import { calm, LENGTHS, settle, standingOf } from './settling.ts';
import { rowOf, shown, sloOf } from './shown.ts';
import * as store from './store.ts';

const PREVIEW = 30 * DAY;
const RATE_OF = 6 * HOUR;
const MOST_ALERTS = 50;

export const actions: Actions<typeof slos> = {
  async list(ctx, { limit, cursor, q, state, service }) {
    const [title, id] = keyOf(cursor, 2);
    const serviceId = service ? (await byNumber(ctx.db, ctx.actor, service)).id : undefined;
    const after = title !== undefined && id ? { title, id } : undefined;
    const rows = await store.list(ctx.db, ctx.actor, { q, states: state, serviceId, limit: limit + 1, after });
    const items = await shown(ctx, rows.slice(0, limit));
    const last = rows.length > limit ? items.at(-1) : undefined;
    return { items, cursor: last ? cursorOf([last.name, last.id]) : null };
  },

  async get(ctx, { number }) {
    const row = await rowOf(ctx, number);
    const [slo] = await shown(ctx, [row]);
    const until = row.countedUntil === null ? ctx.now : ms(row.countedUntil);
    const window = { from: until - row.windowDays * DAY, until };
    const sums = (await store.sums(ctx.db, [row.id], LENGTHS)).get(row.id)!;
    const { burns } = standingOf(row, sums, (await store.firing(ctx.db, [row.id])).get(row.id) ?? new Set());
    const lasts = lastsFor({ left: budgetLeft(sums.window, row.objective), burn: burnRate(sums.last(RATE_OF), row.objective), windowMs: row.windowDays * DAY });
    const timed = row.source === 'time' ? (await checksByIds(ctx.db, ctx.actor, row.checkIds)).filter(({ retired }) => !retired) : null;
    const closed = refusePermission(ctx.actor, 'slos.write', slos.permissions) ?? refuseRetired(row) ?? null;
    return {
      slo: slo!,
      ...(await outcomeOf(ctx, { hours: await store.hoursSince(ctx.db, row.id, window.from), objective: row.objective, window, timed })),
      burns: burns.map(({ rule: { id, severity, longMs, shortMs }, threshold, long, short, fires }) => ({ rule: id, severity, longMs, shortMs, threshold, long, short, fires })),
      goneAt: lasts === null ? null : iso(ctx.now + lasts),
      alerts: await store.burns(ctx.db, row.id, MOST_ALERTS),
      may: { update: closed, retire: closed },
    };
  },

  async preview(ctx, { objective, checks, kind }) {
    const refused = refuseObjective(objective) ?? null;
    const until = Math.floor(ctx.now / HOUR) * HOUR;
    const window = { from: until - PREVIEW, until };
    const known = await checksOf(ctx, { kind, checks });
    const { hours } = await countChecks(ctx, { kind, checks: known }, window);
    return { ...(await outcomeOf(ctx, { hours, objective: refused === null ? objective : 0.999, window, timed: kind === 'time' ? known : null })), refused };
  },

  async readOpenSlo(ctx, { text }) {
    return { drafts: await draftsOf(ctx, text) };
  },

  async create(ctx, { name, summary, service, objective, windowDays, source }) {
    refuseBad(objective);
    const of = await serviceOf(ctx, service);
    const id = uuidv7(ctx.now);
    const columns = await sourceOf(ctx, source);
    const { number } = await ctx.open({
      id,
      kind: 'slo',
      title: name,
      words: summary,
      teamId: of.teamId,
      did: 'slo.created',
      data: { service: of.number, objective, windowDays, source: source.kind },
    });
    await store
      .tables(ctx.db)
      .insertInto('slosSlo')
      .values({
        id,
        serviceId: of.id,
        summary,
        objective,
        windowDays,
        ...columns,
        countedUntil: null,
        state: 'unknown',
        sentence: 'It is being counted.',
        trouble: null,
        retiredAt: null,
      })
      .execute();
    await ctx.enqueue('slos.countOne', { slo: id }, { key: `slos.countOne:${id}`, attempts: 3 });
    return sloOf(ctx, number);
  },

  async update(ctx, { number, version, name, summary, service, objective, windowDays, source }) {
    const row = await rowOf(ctx, number);
    const locked = await store.lock(ctx.db, row.id);
    await ctx.expect(row.id, version);
    allow(refuseRetired(row));
    if (objective !== undefined) refuseBad(objective);
    const fields = Object.entries({ name, summary, service, objective, windowDays, source }).flatMap(([field, value]) => (value === undefined ? [] : [field]));
    if (fields.length === 0 || !locked) {
      ctx.unchanged();
      return sloOf(ctx, number);
    }
    const of = service === undefined ? undefined : await serviceOf(ctx, service);
    const columns = source ? await sourceOf(ctx, source) : {};
    await ctx.amend(row.id, { ...(name === undefined ? {} : { title: name }), ...(summary === undefined ? {} : { words: summary }), ...(of ? { teamId: of.teamId } : {}) });
    const next = {
      ...columns,
      ...(summary === undefined ? {} : { summary }),
      ...(of ? { serviceId: of.id } : {}),
      ...(objective === undefined ? {} : { objective }),
      ...(windowDays === undefined ? {} : { windowDays }),
      ...(source ? { countedUntil: null, trouble: null, state: 'unknown' as const, sentence: 'It is being counted.' } : {}),
    };
    await store.tables(ctx.db).updateTable('slosSlo').set(next).where('id', '=', row.id).execute();
    await ctx.record({ record: row.id, did: 'slo.changed', data: { fields, objective: objective ?? row.objective, windowDays: windowDays ?? row.windowDays } });
    if (source) {
      await calm(ctx, row);
      await store.forget(ctx.db, row.id);
      await ctx.enqueue('slos.countOne', { slo: row.id }, { key: `slos.countOne:${row.id}`, attempts: 3 });
    } else {
      const changed = await store.lock(ctx.db, row.id);
      if (changed) await settle(ctx, changed);
    }
    return sloOf(ctx, number);
  },

  async retire(ctx, { number, version }) {
    const row = await rowOf(ctx, number);
    await ctx.expect(row.id, version);
    allow(refuseRetired(row));
    await store
      .tables(ctx.db)
      .updateTable('slosSlo')
      .set({ retiredAt: iso(ctx.now) })
      .where('id', '=', row.id)
      .execute();
    await ctx.amend(row.id, { archivedAt: iso(ctx.now) });
    await ctx.record({ record: row.id, did: 'slo.retired', data: { serviceId: row.serviceId } });
    await calm(ctx, row);
    return sloOf(ctx, number);
  },
};

function refuseRetired({ retiredAt }: Pick<store.StoredSlo, 'retiredAt'>): string | undefined {
  return retiredAt === null ? undefined : 'This objective is retired. Make a new one instead.';
}

function refuseBad(objective: number): void {
  const refusal = refuseObjective(objective);
  if (refusal) throw invalidField('objective', refusal);
}

async function serviceOf({ db, actor }: Pick<Read | Write, 'db' | 'actor'>, number: string) {
  const head = await byNumber(db, actor, number);
  if (head.kind !== 'service') throw invalidField('service', `${number} is not a service.`);
  if (head.archivedAt !== null) throw invalidField('service', `${number} is retired.`);
  return head;
}

type Source = z.output<typeof sourceInput>;

/** The checks of a source, in the order in which they were named. */
async function checksOf({ db, actor }: Pick<Read | Write, 'db' | 'actor'>, { kind, checks }: Exclude<Source, { kind: 'prometheus' }>): Promise<readonly KnownCheck[]> {
  const ids: string[] = [];
  for (const number of new Set(checks)) {
    const head = await byNumber(db, actor, number);
    if (head.kind !== 'check') throw invalidField('source.checks', `${number} is not a check.`);
    ids.push(head.id);
  }
  const known = await checksByIds(db, actor, ids);
  const retired = known.find((one) => one.retired);
  if (retired) throw invalidField('source.checks', `${retired.number} is retired. Choose another check.`);
  const beat = kind === 'results' ? known.find(({ intervalMs }) => intervalMs === null) : undefined;
  if (beat) throw invalidField('source.checks', `${beat.number} is a heartbeat: it has no results to count. Count its time instead.`);
  return ids.flatMap((id) => known.filter((one) => one.id === id));
}

/** The columns of a source; a lead may name private addresses (decision 15). */
async function sourceOf(ctx: Write, source: Source): Promise<Pick<store.StoredSlo, 'source' | 'checkIds' | 'config' | 'origin'>> {
  const origin = atLeast(ctx.actor.role, 'lead') ? 'trusted' : 'typed';
  if (source.kind !== 'prometheus') return { source: source.kind, checkIds: (await checksOf(ctx, source)).map(({ id }) => id), config: null, origin };
  const { kind, ...config } = source;
  const refusal = refuseQueries(config);
  if (refusal) throw invalidField(refusal.field, refusal.sentence);
  return { source: kind, checkIds: [], config: jsonb(config), origin };
}
