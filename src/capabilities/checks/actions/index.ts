import { randomUUID } from 'node:crypto';
import { iso } from '#kernel/clock.ts';
import { cursorOf, keyOf } from '#kernel/cursor.ts';
import type { Actions, Read, Write } from '#kernel/desk.ts';
import { rateLimit } from '#kernel/limits.ts';
import { refusePermission } from '#kernel/permissions.ts';
import { allow, invalidField, Problem } from '#kernel/problem.ts';
import { byNumber, refsOf } from '#kernel/records/index.ts';
import { heartbeatColumns, heartbeatOf } from '../beats.ts';
import { checks, type Check } from '../contract/index.ts';
import { latencyShown, reportShown, uptimeOfMany, uptimeShown } from '../history.ts';
import { release } from '../holding.ts';
import { maintainedAt } from '../labels.ts';
import { planMove } from '../importing/plan.ts';
import { makeCheck } from '../making.ts';
import { targetOf, type ProbeConfig } from '../probes/index.ts';
import { runOnce } from '../probes/runs/index.ts';
import { refuseChange, refuseNewPingUrl, refusePausing, refuseProbing, refuseResuming } from '../rules/index.ts';
import { columnsOf, originOf, takeProbe } from '../settings.ts';
import { certificatesShown, resultsShown, shown } from '../shown.ts';
import { guardActions } from './guarding.ts';
import { changeParents, parentsOf } from './parents.ts';
import { publicOf, publishActions } from './publishing.ts';
import { lockedRow, rowOf, type Seer } from './rows.ts';
import * as store from '../store/index.ts';

/** Tries of one person: each may hold a connection for a minute. */
const tries = rateLimit({ burst: 8, perMinute: 12 });

export const actions: Actions<typeof checks> = {
  async list(ctx, { limit, cursor, q, state, kind, service, uptime = false }) {
    const [title, id] = keyOf(cursor, 2);
    const serviceId = service ? (await byNumber(ctx.db, ctx.actor, service)).id : undefined;
    const after = title !== undefined && id ? { title, id } : undefined;
    const maintained = state ? [...(await maintainedAt(ctx.db, ctx.now)).keys()] : [];
    const blind = state !== undefined && (await store.blindSince(ctx.db)) !== null;
    const rows = await store.list(ctx.db, ctx.actor, { q, states: state, kinds: kind, serviceId, limit: limit + 1, after }, { now: ctx.now, maintained, blind });
    const page = rows.slice(0, limit);
    const uptimes = uptime ? await uptimeOfMany(ctx, page, 30) : new Map<string, null>();
    const items = (await shown(ctx, page)).map((check) => ({ ...check, uptime: uptimes.get(check.id) ?? null }));
    const last = rows.length > limit ? items.at(-1) : undefined;
    return { items, cursor: last ? cursorOf([last.name, last.id]) : null };
  },

  async get(ctx, { number }) {
    const row = await rowOf(ctx, number);
    const [check] = await shown(ctx, [row]);
    const closed = refusePermission(ctx.actor, 'checks.write', checks.permissions);
    const mayNotPublish = refusePermission(ctx.actor, 'checks.publish', checks.permissions);
    const is = { stored: row.stored, retired: row.retiredAt !== null, probe: row.probe };
    const turns = await store.tables(ctx.db).selectFrom('checksTurn').select(['at', 'countsAs', 'reason']).where('checkId', '=', row.id).orderBy('at', 'desc').limit(50).execute();
    return {
      check: check!,
      pingUrl: closed || row.pingKey === null ? null : pingUrl(ctx, row.pingKey),
      results: resultsShown(await store.results(ctx.db, row.id, { limit: 100 })),
      pings: row.probe === 'heartbeat' ? await store.pings(ctx.db, row.id, 50) : [],
      turns,
      uptime: await uptimeShown(ctx, row),
      certificates: certificatesShown(row, ctx.now),
      public: mayNotPublish ? null : await publicOf(ctx, row.id),
      may: {
        update: closed ?? refuseChange(is) ?? null,
        retire: closed ?? refuseChange(is) ?? null,
        pause: closed ?? refusePausing(is) ?? null,
        resume: closed ?? refuseResuming(is) ?? null,
        probeNow: closed ?? refuseProbing(is) ?? null,
        publish: mayNotPublish ?? refuseChange(is) ?? null,
        renewPingUrl: closed ?? refuseNewPingUrl(is) ?? null,
      },
    };
  },

  async results(ctx, { number, limit, cursor }) {
    const row = await rowOf(ctx, number);
    const [before] = keyOf(cursor, 1);
    const items = await store.results(ctx.db, row.id, { limit: limit + 1, before });
    const last = items.length > limit ? items[limit - 1] : undefined;
    return { items: resultsShown(items.slice(0, limit)), cursor: last ? cursorOf([last.at]) : null };
  },

  async latency(ctx, { number, window }) {
    return latencyShown(ctx, await rowOf(ctx, number), window);
  },

  async report(ctx, { number, months, zone }) {
    return reportShown(ctx, await rowOf(ctx, number), { months, zone });
  },

  ...guardActions,
  ...publishActions,

  async create(ctx, { name, service, probe, parents = [] }) {
    const watched = service ? await serviceOf(ctx, service) : null;
    const { number } = await makeCheck(ctx, { name, service: watched, probe: takeProbe(ctx, probe), parentIds: await parentsOf(ctx, parents) });
    return checkOf(ctx, number);
  },

  async update(ctx, { number, version, name, service, probe, parents }) {
    const row = await lockedRow(ctx, number);
    await ctx.expect(row.id, version);
    allow(refuseChange({ retired: row.retiredAt !== null }));
    const fields = Object.entries({ name, service, probe, parents })
      .filter(([, value]) => value !== undefined)
      .map(([field]) => field);
    if (fields.length === 0) {
      ctx.unchanged();
      return checkOf(ctx, number);
    }
    const watched = typeof service === 'string' ? await serviceOf(ctx, service) : null;
    await ctx.amend(row.id, {
      ...(name === undefined ? {} : { title: name }),
      ...(service === undefined ? {} : { teamId: watched?.teamId ?? null }),
      ...(probe ? { words: targetOf(probe) } : {}),
    });
    if (service !== undefined)
      await store
        .tables(ctx.db)
        .updateTable('checksCheck')
        .set({ serviceId: watched?.id ?? null })
        .where('id', '=', row.id)
        .execute();
    if (probe) await changeProbe(ctx, row, probe);
    if (parents) await changeParents(ctx, row, parents);
    await ctx.record({ record: row.id, did: 'check.changed', data: { fields, ...(service === undefined ? {} : { service: watched?.number ?? null }) } });
    return checkOf(ctx, number);
  },

  async pause(ctx, { number, version }) {
    return move(ctx, { number, version, to: 'paused' });
  },

  async resume(ctx, { number, version }) {
    return move(ctx, { number, version, to: 'new' });
  },

  async retire(ctx, { number, version }) {
    const row = await lockedRow(ctx, number);
    await ctx.expect(row.id, version);
    allow(refuseChange({ retired: row.retiredAt !== null }));
    const at = iso(ctx.now);
    await store.tables(ctx.db).updateTable('checksCheck').set({ retiredAt: at, changedAt: at, alertAfter: null, expectedAt: null }).where('id', '=', row.id).execute();
    if (row.countsAs !== 'none') await store.tables(ctx.db).insertInto('checksTurn').values({ checkId: row.id, at, countsAs: 'none', reason: 'retired' }).execute();
    await ctx.amend(row.id, { archivedAt: at });
    await release(ctx, [row.id]);
    await ctx.record({ record: row.id, did: 'check.retired', data: { wasDown: row.stored === 'down', serviceId: row.serviceId } });
    return checkOf(ctx, number);
  },

  async try(ctx, { probe, check }) {
    const row = check === undefined ? undefined : await rowOf(ctx, check);
    if (ctx.desk.state.held) throw new Problem('refused', 'Nothing leaves the desk until an administrator releases it.');
    const config = takeProbe(ctx, probe, row);
    if (config.kind === 'heartbeat') throw new Problem('refused', 'A heartbeat is not tried: its job pings the desk.');
    const wait = tries.take(ctx.actor.id ?? ctx.actor.name, ctx.now);
    if (wait > 0) throw new Problem('limited', `You have tried often. Try again in ${wait} s.`, { retryAfterSeconds: wait });
    const { result, words, tookMs, status, certificateEndsAt, measured } = await runOnce(config, {
      door: ctx.desk.outgoing,
      origin: originOf(ctx),
      now: ctx.now,
      scriptDir: ctx.desk.config.scriptDir,
    });
    return { ok: result === 'passed', words, tookMs, status, certificateEndsAt: certificateEndsAt === null ? null : iso(certificateEndsAt), measured };
  },

  async planMove(ctx, { text }) {
    return (await planMove(ctx, text)).plan;
  },

  async moveIn(ctx, { text }) {
    await store.lockMoving(ctx.db);
    const { planned, plan } = await planMove(ctx, text);
    const ids: string[] = [];
    for (const { line, making } of planned) if (making) ids.push((await makeCheck(ctx, { name: line.name, movedFrom: line.key, ...making })).id);
    if (ids.length === 0) ctx.unchanged();
    const refs = await refsOf(ctx.db, ctx.actor, ids);
    return { plan, made: ids.flatMap((id) => refs.get(id) ?? []) };
  },

  async probeNow(ctx, { number }) {
    const row = await rowOf(ctx, number);
    allow(refuseProbing({ retired: row.retiredAt !== null, probe: row.probe }));
    await ctx.enqueue('checks.probeNow', { check: row.id }, { key: `checks.probeNow:${row.id}`, attempts: 3 });
    await ctx.record({ record: row.id, did: 'check.probeAsked' });
    return checkOf(ctx, number);
  },

  async renewPingUrl(ctx, { number, version }) {
    const row = await lockedRow(ctx, number);
    await ctx.expect(row.id, version);
    allow(refuseNewPingUrl({ retired: row.retiredAt !== null, probe: row.probe }));
    const key = randomUUID();
    await store.tables(ctx.db).updateTable('checksCheck').set({ pingKey: key }).where('id', '=', row.id).execute();
    await ctx.record({ record: row.id, did: 'check.pingUrlChanged' });
    return { check: await checkOf(ctx, number), pingUrl: pingUrl(ctx, key) };
  },
};

async function checkOf(ctx: Read | Write, number: string): Promise<Check> {
  const [check] = await shown(ctx, [await rowOf(ctx, number)]);
  return check!;
}

async function serviceOf(ctx: Seer, number: string) {
  const head = await byNumber(ctx.db, ctx.actor, number);
  if (head.kind !== 'service') throw invalidField('service', `${number} is not a service.`);
  if (head.archivedAt !== null) throw invalidField('service', `${number} is retired.`);
  return head;
}

function pingUrl({ desk }: Pick<Read, 'desk'>, key: string): string {
  return `${desk.config.publicUrl}/ping/${key}`;
}

async function changeProbe(ctx: Write, row: store.CheckRow, sent: ProbeConfig): Promise<void> {
  if (sent.kind !== row.probe) throw invalidField('probe.kind', 'A check keeps its kind. Make a new check instead.');
  const probe = takeProbe(ctx, sent, row);
  const beats = probe.kind === 'heartbeat' ? heartbeatColumns(heartbeatOf({ ...row, config: probe })) : {};
  await store
    .tables(ctx.db)
    .updateTable('checksCheck')
    .set({ ...beats, ...columnsOf(ctx, probe), changedAt: iso(ctx.now) })
    .where('id', '=', row.id)
    .execute();
}

/** Pausing and resuming both forget how far the check had got; a resumed check begins as new. */
async function move(ctx: Write, { number, version, to }: { readonly number: string; readonly version: number; readonly to: 'paused' | 'new' }): Promise<Check> {
  const row = await lockedRow(ctx, number);
  await ctx.expect(row.id, version);
  const is = { stored: row.stored, retired: row.retiredAt !== null };
  allow(to === 'paused' ? refusePausing(is) : refuseResuming(is));
  const at = iso(ctx.now);
  await store
    .tables(ctx.db)
    .updateTable('checksCheck')
    .set({
      stored: to,
      failures: 0,
      successes: 0,
      told: false,
      behind: null,
      countsAs: 'none',
      since: at,
      reason: '',
      changedAt: at,
      lastStart: null,
      lastRunId: null,
      lastPing: null,
      expectedAt: null,
      alertAfter: null,
    })
    .where('id', '=', row.id)
    .execute();
  if (row.countsAs !== 'none')
    await store
      .tables(ctx.db)
      .insertInto('checksTurn')
      .values({ checkId: row.id, at, countsAs: 'none', reason: to === 'paused' ? 'paused' : 'resumed' })
      .execute();
  await release(ctx, [row.id]);
  await ctx.record({ record: row.id, did: to === 'paused' ? 'check.paused' : 'check.resumed', data: { wasDown: row.stored === 'down', serviceId: row.serviceId } });
  return checkOf(ctx, number);
}
