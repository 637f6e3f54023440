import { postIdsAbout } from '#capabilities/status/index.ts';
import { servicesByIds } from '#capabilities/catalog/index.ts';
import { personIdOf, teamIdOf } from '#capabilities/followups/index.ts';
import { iso } from '#kernel/clock.ts';
import type { Actions, Write } from '#kernel/desk.ts';
import { uuidv7 } from '#kernel/ids.ts';
import { allow, invalidField } from '#kernel/problem.ts';
import { byNumber } from '#kernel/records/index.ts';
import { setClock } from '../clock.ts';
import type { incidents } from '../contract.ts';
import type { Stage } from '../contract/shapes.ts';
import { openReview } from '../open-review.ts';
import { practiceTitle } from '../practice.ts';
import { reviewOf } from '../store/reviews.ts';
import { isForward, needsReview, refuseOpeningReview, refuseReopening, refuseWhenResolved } from '../rules.ts';
import { pageOf, rowOf, type Seer } from '../shown.ts';
import * as store from '../store/incidents.ts';

type Run = Pick<
  Actions<typeof incidents>,
  'declare' | 'update' | 'advance' | 'resolve' | 'reopen' | 'setSeverity' | 'restrict' | 'openReview' | 'setCadence' | 'addAlert' | 'removeAlert'
>;

export const runActions: Run = {
  async declare(ctx, { title, severity, service, alert, summary, team, commander, restricted, practice }) {
    const alertId = alert ? await alertIdOf(ctx, alert) : null;
    const serviceId = service ? await serviceIdOf(ctx, service) : alertId ? await store.serviceOfAlert(ctx.db, alertId) : null;
    const known = serviceId ? (await servicesByIds(ctx.db, ctx.actor, [serviceId])).get(serviceId) : undefined;
    const teamId = team ? await teamIdOf(ctx, team) : (known?.teamId ?? null);
    const commanderId = commander === null || (commander === 'me' && ctx.actor.id === null) ? null : await personIdOf(ctx, commander);
    const { id, number } = await ctx.open({
      kind: 'incident',
      title: practice ? practiceTitle(title) : title,
      words: summary,
      ownerId: commanderId,
      teamId,
      did: 'incident.declared',
      ...(restricted ? { restricted: true as const } : {}),
      data: { severity, service: serviceId, team: teamId, alert: alertId, commander: commanderId, ...(practice && { practice }) },
    });
    const at = iso(ctx.now);
    await store
      .tables(ctx.db)
      .insertInto('incidentsIncident')
      .values({
        id,
        severity,
        stage: 'declared',
        serviceId,
        commanderId,
        operationsId: null,
        communicationId: null,
        scribeId: null,
        declaredAt: at,
        stageSince: at,
        resolvedAt: null,
        resolution: '',
        everyMinutes: null,
        updatedAt: null,
        updateDueAt: null,
        practice,
      })
      .execute();
    if (restricted)
      await store.addReaders(
        ctx.db,
        [id],
        [ctx.actor.id, commanderId].filter((one) => one !== null),
      );
    if (summary !== '') await store.tables(ctx.db).insertInto('incidentsMeaning').values({ incidentId: id, revision: 1, text: summary, authorId: ctx.actor.id, at }).execute();
    if (alertId) {
      await store.tables(ctx.db).insertInto('incidentsAlert').values({ incidentId: id, alertId, joinedAt: at }).execute();
      await ctx.link(id, 'caused by', alertId);
    }
    await setClock(ctx, id);
    return pageOf(ctx, number);
  },

  async update(ctx, { number, version, title, service, team }) {
    const row = await lockedRow(ctx, number, version);
    const serviceId = service === undefined ? row.serviceId : service === null ? null : await serviceIdOf(ctx, service);
    const teamId = team === undefined ? row.teamId : team === null ? null : await teamIdOf(ctx, team);
    await ctx.amend(row.id, { teamId, ...(title === undefined ? {} : { title }) });
    await change(ctx, row.id, { serviceId });
    await ctx.record({ record: row.id, did: 'incident.changed', data: { severity: row.severity, service: serviceId, team: teamId } });
    return pageOf(ctx, number);
  },

  async advance(ctx, { number, version, stage }) {
    const row = await lockedRow(ctx, number, version);
    allow(refuseWhenResolved(row.stage));
    if (row.stage === stage) ctx.unchanged();
    else await moveTo(ctx, row, stage);
    return pageOf(ctx, number);
  },

  async resolve(ctx, { number, version, resolution, review, reviewOwner }) {
    const row = await lockedRow(ctx, number, version);
    allow(refuseWhenResolved(row.stage));
    await change(ctx, row.id, { stage: 'resolved', stageSince: iso(ctx.now), resolvedAt: iso(ctx.now), resolution });
    const text = await keepText(ctx, row, { purpose: 'resolution', stage: 'resolved', text: resolution });
    await ctx.record({ record: row.id, did: 'incident.resolved', data: { ...facts(row), from: row.stage, text } });
    await setClock(ctx, row.id);
    if ((review || needsReview(row.severity)) && !(await reviewOf(ctx.db, row.id))) await openReview(ctx, row, reviewOwner ? await personIdOf(ctx, reviewOwner) : undefined);
    return pageOf(ctx, number);
  },

  async reopen(ctx, { number, version, reason }) {
    const row = await lockedRow(ctx, number, version);
    allow(refuseReopening(row.stage));
    await change(ctx, row.id, { stage: 'investigating', stageSince: iso(ctx.now), resolvedAt: null, resolution: '', updatedAt: iso(ctx.now) });
    const text = await keepText(ctx, row, { purpose: 'reopening', stage: 'investigating', text: reason });
    await ctx.record({ record: row.id, did: 'incident.reopened', data: { ...facts(row), text } });
    await setClock(ctx, row.id);
    return pageOf(ctx, number);
  },

  async setSeverity(ctx, { number, version, severity, reason }) {
    const row = await lockedRow(ctx, number, version);
    if (row.severity === severity) {
      ctx.unchanged();
      return pageOf(ctx, number);
    }
    await change(ctx, row.id, { severity });
    const text = reason === '' ? undefined : await keepText(ctx, row, { purpose: 'severity', stage: row.stage, text: reason });
    await ctx.record({ record: row.id, did: 'incident.severityChanged', data: { ...facts(row), from: row.severity, severity, ...(text ? { text } : {}) } });
    await setClock(ctx, row.id);
    return pageOf(ctx, number);
  },

  async setCadence(ctx, { number, everyMinutes }) {
    const row = await lockedRow(ctx, number, undefined);
    allow(refuseWhenResolved(row.stage));
    await change(ctx, row.id, { everyMinutes });
    await ctx.record({ record: row.id, did: 'incident.cadenceChanged', data: { everyMinutes } });
    await setClock(ctx, row.id);
    return pageOf(ctx, number);
  },

  async addAlert(ctx, { number, alert }) {
    const row = await lockedRow(ctx, number, undefined);
    const alertId = await alertIdOf(ctx, alert);
    const added = await store
      .tables(ctx.db)
      .insertInto('incidentsAlert')
      .values({ incidentId: row.id, alertId, joinedAt: iso(ctx.now) })
      .onConflict((c) => c.doNothing())
      .executeTakeFirst();
    if (added.numInsertedOrUpdatedRows === 0n) ctx.unchanged();
    else {
      await ctx.link(alertId, 'part of', row.id);
      await ctx.record({ record: row.id, did: 'incident.alertJoined', data: { alert: alertId } });
    }
    return pageOf(ctx, number);
  },

  async removeAlert(ctx, { number, alert }) {
    const row = await lockedRow(ctx, number, undefined);
    const alertId = await alertIdOf(ctx, alert);
    const gone = await store.tables(ctx.db).deleteFrom('incidentsAlert').where('incidentId', '=', row.id).where('alertId', '=', alertId).executeTakeFirst();
    if (gone.numDeletedRows === 0n) ctx.unchanged();
    else {
      await ctx.db
        .deleteFrom('link')
        .where((e) =>
          e.or([
            e.and([e('fromId', '=', alertId), e('toId', '=', row.id), e('relation', '=', 'part of')]),
            e.and([e('fromId', '=', row.id), e('toId', '=', alertId), e('relation', '=', 'caused by')]),
          ]),
        )
        .execute();
      await ctx.record({ record: row.id, did: 'incident.alertLeft', data: { alert: alertId } });
    }
    return pageOf(ctx, number);
  },

  async restrict(ctx, { number, version, restricted, readers }) {
    const row = await lockedRow(ctx, number, version);
    const named: string[] = [];
    for (const one of readers) named.push(await personIdOf(ctx, one));
    const here = (await store.participantsOf(ctx.db, [row.id])).map((p) => p.personId);
    const holders = [row.commanderId, row.operationsId, row.communicationId, row.scribeId, ctx.actor.id].filter((one) => one !== null);
    const review = await reviewOf(ctx.db, row.id);
    const posts = await postIdsAbout(ctx.db, row.id);
    await store.setSecrecy(ctx.db, [row.id, ...(review ? [review.id] : []), ...posts], restricted ? [...new Set([...named, ...here, ...holders])] : null);
    await ctx.record({ record: row.id, did: restricted ? 'incident.restricted' : 'incident.unrestricted', data: { readers: named.length } });
    return pageOf(ctx, number);
  },

  async openReview(ctx, { number }) {
    const row = await lockedRow(ctx, number, undefined);
    allow(refuseOpeningReview(row.stage, (await reviewOf(ctx.db, row.id)) !== undefined));
    await openReview(ctx, row);
    return pageOf(ctx, number);
  },
};

/** The row after its record is locked: what rules decide on is what is stored. */
export async function lockedRow(ctx: Write, number: string, version: number | undefined): Promise<store.IncidentRow> {
  const { id } = await rowOf(ctx, number);
  await ctx.expect(id, version);
  return rowOf(ctx, number);
}

const facts = (row: store.IncidentRow) => ({ severity: row.severity, service: row.serviceId, team: row.teamId });

export async function moveTo(ctx: Write, row: store.IncidentRow, stage: Stage): Promise<void> {
  await change(ctx, row.id, { stage, stageSince: iso(ctx.now) });
  await ctx.record({ record: row.id, did: isForward(row.stage, stage) ? 'incident.advanced' : 'incident.movedBack', data: { ...facts(row), from: row.stage, to: stage } });
}

type Patch = Partial<
  Pick<
    store.IncidentRow,
    'severity' | 'stage' | 'stageSince' | 'serviceId' | 'resolvedAt' | 'resolution' | 'everyMinutes' | 'updatedAt' | 'commanderId' | 'operationsId' | 'communicationId' | 'scribeId'
  >
>;

export async function change(ctx: Write, id: string, patch: Patch): Promise<void> {
  await store.tables(ctx.db).updateTable('incidentsIncident').set(patch).where('id', '=', id).execute();
}

export async function keepText(
  ctx: Write,
  row: store.IncidentRow,
  what: { purpose: 'update' | 'severity' | 'resolution' | 'reopening'; stage: Stage; text: string },
): Promise<string> {
  const id = uuidv7(ctx.now);
  await store
    .tables(ctx.db)
    .insertInto('incidentsText')
    .values({ id, incidentId: row.id, authorId: ctx.actor.id, at: iso(ctx.now), ...what })
    .execute();
  return id;
}

async function alertIdOf({ db, actor }: Seer, number: string): Promise<string> {
  const record = await byNumber(db, actor, number);
  if (record.kind !== 'alert') throw invalidField('alert', `${number} is a ${record.kind}, not an alert.`);
  return record.id;
}

export async function serviceIdOf({ db, actor }: Seer, number: string): Promise<string> {
  const record = await byNumber(db, actor, number);
  if (record.kind !== 'service') throw invalidField('service', `${number} is a ${record.kind}, not a service.`);
  return record.id;
}
