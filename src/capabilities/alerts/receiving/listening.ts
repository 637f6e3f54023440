import { servicesByIds } from '#capabilities/catalog/index.ts';
import { tell } from '#capabilities/notify/index.ts';
import { activeAdmins, leadsOf } from '#capabilities/people/index.ts';
import { writeAs } from '#kernel/act.ts';
import { iso, ms } from '#kernel/clock.ts';
import type { Desk, Job, Write } from '#kernel/desk.ts';
import { rateLimit, type Limit } from '#kernel/limits.ts';
import { SYSTEM } from '#kernel/permissions.ts';
import { GAP_KINDS, gapPlace, quietLimit, standingAfter, type Standing } from '../rules/silence.ts';
import * as store from '../store/index.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const LOOK_BACK = 30 * 24 * HOUR;
/** A job that runs so much later than planned ran on a desk that was stopped. */
const AWAY = 5 * MINUTE;
const FIRST_LOOK = 15 * MINUTE;
/** Somebody was told that messages cannot be read: not again within this time. */
const TOLD_FOR = 24 * HOUR;

/** The format of what was answered with a refusal and is not kept. */
const REFUSED = 'refused';

/** One message that was worked off. `error` is the sentence why it, or a part of it, could not be read. */
export interface Heard {
  readonly rawId: string;
  readonly format: string;
  readonly signals: number;
  readonly error: string | null;
}

/** When a message arrived: its id begins with that instant, also when it is worked off again later. */
const arrivedAt = (rawId: string): number => Number.parseInt(rawId.replaceAll('-', '').slice(0, 12), 16);
const byId = (a: Heard, b: Heard): number => (a.rawId < b.rawId ? -1 : 1);

/** Counts what a source sent, and says when it begins to fail or is understood again. One row of counters per hour. */
export async function heard(ctx: Write, sourceId: string, messages: readonly Heard[]): Promise<void> {
  const row = await store.lockSource(ctx.db, sourceId);
  if (!row) return;
  // A test of the desk, what was refused, and a message that is taken in again are no sign of life.
  const fresh = messages.filter(({ format, rawId }) => format !== 'test' && format !== REFUSED && (row.lastRawId === null || rawId > row.lastRawId)).toSorted(byId);
  await store.countHours(ctx.db, sourceId, hoursOf(fresh, row.lastSignalAt === null ? null : ms(row.lastSignalAt)));
  const last = fresh.at(-1);
  const failure = messages.findLast(({ error }) => error !== null);
  const standing = await standingNow(ctx, row, { messages, fresh: fresh.length, failed: failure !== undefined });
  const listensAt = row.listensAt ?? (last ? iso(ctx.now + FIRST_LOOK) : null);
  const tells = standing === 'failing' && row.standing !== 'failing' && (row.toldAt === null || ctx.now - ms(row.toldAt) > TOLD_FOR);
  await store.setSource(ctx.db, sourceId, {
    standing,
    standingSince: standing === row.standing ? row.standingSince : iso(ctx.now),
    listensAt,
    toldAt: tells ? iso(ctx.now) : row.toldAt,
    ...(last ? { lastSignalAt: iso(arrivedAt(last.rawId)), lastRawId: last.rawId } : {}),
    ...(failure ? { lastFailure: failure.error, lastFailureAt: iso(ctx.now) } : {}),
  });
  if (row.listensAt === null && listensAt !== null) await listenAt(ctx, sourceId, ms(listensAt));
  if (standing === row.standing) return;
  if (standing === 'failing') await ctx.record({ record: sourceId, did: 'source.failing' });
  else if (row.standing !== 'unknown') await ctx.record({ record: sourceId, did: 'source.heard' });
  if (!tells) return;
  const then = failure?.format === REFUSED ? 'Correct the sender.' : 'Such messages are kept: correct the mapping and replay them.';
  await tellAbout(ctx, row, { title: `${row.title} sends what the desk cannot read`, text: `${failure?.error ?? ''} ${then}`.trim() });
}

type Row = NonNullable<Awaited<ReturnType<typeof store.lockSource>>>;

async function standingNow(ctx: Write, row: Row, now: { readonly messages: readonly Heard[]; readonly fresh: number; readonly failed: boolean }): Promise<Standing> {
  if (row.standing === 'silent' && now.fresh === 0) return row.standing;
  const isReplay = now.fresh < now.messages.length && !now.failed && now.messages.every(({ format }) => format !== 'test');
  const isMended = row.standing === 'failing' && isReplay && (await store.countFailed(ctx.db, row.id)) === 0;
  const after = standingAfter(row.standing, { failed: now.failed, failedBefore: row.lastFailureAt === null ? null : ms(row.lastFailureAt), isMended, at: ctx.now });
  // Understood again says nothing yet about how often it should be heard.
  return after === 'heard' && row.quietMinutes === null ? 'unknown' : after;
}

const refusals = new WeakMap<Desk, Limit>();

/** What a known sender was refused is said on its source too, else nobody would look for it; written a few times a minute at most. */
export async function noteRefusal(desk: Desk, sourceId: string, sentence: string): Promise<void> {
  const limit = refusals.get(desk) ?? rateLimit({ burst: 2, perMinute: 6 });
  refusals.set(desk, limit);
  if (limit.take(sourceId, desk.clock.now()) > 0) return;
  const refused = { rawId: '', format: REFUSED, signals: 0, error: `Refused: ${sentence}` };
  await writeAs(desk, SYSTEM, (ctx) => heard(ctx, sourceId, [refused]), 'quiet').catch((error: unknown) =>
    desk.log.warn({ err: error }, 'a refusal could not be noted at its source'),
  );
}

function hoursOf(fresh: readonly Heard[], before: number | null): store.HourCount[] {
  const hours = new Map<number, { messages: number; signals: number; failed: number; gaps: number[] }>();
  let last = before;
  for (const one of fresh) {
    const at = arrivedAt(one.rawId);
    const hour = Math.floor(at / HOUR) * HOUR;
    const counts = hours.get(hour) ?? { messages: 0, signals: 0, failed: 0, gaps: Array.from({ length: GAP_KINDS }, () => 0) };
    hours.set(hour, counts);
    counts.messages += 1;
    counts.signals += one.signals;
    if (one.error !== null) counts.failed += 1;
    if (last !== null) counts.gaps[gapPlace(Math.max(0, at - last))]! += 1;
    last = at;
  }
  return [...hours].map(([hour, counts]) => ({ hour: iso(hour), ...counts }));
}

const listenAt = (ctx: Write, sourceId: string, at: number): Promise<void> => ctx.enqueue('alerts.listen', { source: sourceId }, { key: `alerts-listen:${sourceId}`, runAt: at });

/** The keyed job of a source: falls due when it should have been heard again; looks, and sets itself up anew only while there is something to expect. */
export async function listen(job: Job): Promise<void> {
  const sourceId = String(job.payload.source);
  await job.write(async (ctx) => {
    const row = await store.lockSource(ctx.db, sourceId);
    if (!row) return;
    const limit = row.archivedAt === null && row.lastSignalAt !== null ? quietLimit(await store.gapsOf(ctx.db, sourceId, iso(ctx.now - LOOK_BACK))) : null;
    if (limit === null || row.lastSignalAt === null) {
      const standing = row.standing === 'heard' ? 'unknown' : row.standing;
      return store.setSource(ctx.db, sourceId, { listensAt: null, quietMinutes: null, standing });
    }
    const quietMinutes = Math.ceil(limit / MINUTE);
    // A desk that was away could hear nobody: it listens anew before it says that anybody is silent.
    const wasAway = row.listensAt !== null && ctx.now - ms(row.listensAt) > AWAY;
    const due = Math.max(ms(row.lastSignalAt), wasAway ? ctx.now : 0) + limit;
    if (due > ctx.now) {
      await store.setSource(ctx.db, sourceId, { listensAt: iso(due), quietMinutes, standing: row.standing === 'unknown' ? 'heard' : row.standing });
      return listenAt(ctx, sourceId, due);
    }
    await store.setSource(ctx.db, sourceId, { listensAt: null, quietMinutes, standing: 'silent', standingSince: iso(ctx.now) });
    if (row.standing === 'silent') return;
    await ctx.record({ record: sourceId, did: 'source.silent', data: { quietMinutes } });
    const usual = limit >= 2 * HOUR ? `${Math.round(limit / HOUR)} hours` : `${quietMinutes} minutes`;
    await tellAbout(ctx, row, {
      title: `Nothing is heard from ${row.title}`,
      text: `It is silent for longer than usual: more than ${usual}. What it watches may fail without anybody being paged.`,
    });
  });
}

/** Told once: to the leads of the team whose service it watches, else to the administrators. */
async function tellAbout(ctx: Write, source: Row, said: { title: string; text: string }): Promise<void> {
  const service = source.serviceId === null ? undefined : (await servicesByIds(ctx.db, SYSTEM, [source.serviceId])).get(source.serviceId);
  const leads = service?.teamId ? await leadsOf(ctx.db, service.teamId) : [];
  for (const person of leads.length > 0 ? leads : await activeAdmins(ctx.db)) await tell(ctx, { personId: person.id, about: source.id, ...said });
}
