import { iso } from '#kernel/clock.ts';
import { cursorOf, keyOf } from '#kernel/cursor.ts';
import { jsonb } from '#kernel/database.ts';
import type { Actions, Write } from '#kernel/desk.ts';
import { refusePermission, SYSTEM } from '#kernel/permissions.ts';
import { allow, invalidField } from '#kernel/problem.ts';
import { byNumber } from '#kernel/records/index.ts';
import { oncall } from '../contract.ts';
import { restart } from '../paging/index.ts';
import type { UrgencyRule } from '../rules/conditions.ts';
import { chosenOf, type Step, type Target } from '../rules/escalation.ts';
import * as store from '../store/index.ts';
import { one, policyRow, shown, type Seer } from './seen.ts';

type Policies = Pick<Actions<typeof oncall>, 'policies' | 'policy' | 'createPolicy' | 'updatePolicy' | 'retirePolicy' | 'cover' | 'release' | 'forService'>;

export const policyActions: Policies = {
  async policies(ctx, { q, limit, cursor }) {
    const [title, id] = keyOf(cursor, 2);
    const rows = await store.policies(ctx.db, ctx.actor, { q, limit: limit + 1, after: title !== undefined && id ? { title, id } : undefined });
    const items = await shown(ctx, rows.slice(0, limit));
    const last = rows.length > limit ? items.at(-1) : undefined;
    return { items, cursor: last ? cursorOf([last.name, last.id]) : null };
  },

  async policy(ctx, { number }) {
    const row = await policyRow(ctx, number);
    const plan = refusePermission(ctx.actor, 'oncall.plan', oncall.permissions) ?? null;
    return { policy: await one(ctx, row), may: { update: plan, retire: plan ?? (await refuseRetiring(ctx, row)) ?? null } };
  },

  async createPolicy(ctx, { name, about, steps, repeat, isDefault, urgency, answerMinutes }) {
    allow(refuseUrgency(urgency));
    const resolved = await stepsOf(ctx, steps);
    if (isDefault) await dropDefault(ctx);
    const { id, number } = await ctx.open({ kind: 'policy', title: name, words: about, did: 'policy.created', data: { steps: steps.length } });
    await store
      .tables(ctx.db)
      .insertInto('oncallPolicy')
      .values({ id, about, steps: jsonb(resolved), repeat, isDefault, urgency: jsonb(urgency), answerMinutes })
      .execute();
    return one(ctx, await policyRow(ctx, number));
  },

  async updatePolicy(ctx, { number, version, name, steps, restart: anew, ...said }) {
    const { about, repeat, isDefault, urgency, answerMinutes } = said;
    allow(urgency && refuseUrgency(urgency));
    const row = await policyRow(ctx, number);
    await ctx.expect(row.id, version);
    if (isDefault && !row.isDefault) await dropDefault(ctx);
    if (name) await ctx.amend(row.id, { title: name });
    const resolved = steps ? await stepsOf(ctx, steps) : row.steps;
    await store
      .tables(ctx.db)
      .updateTable('oncallPolicy')
      .set({
        about: about ?? row.about,
        repeat: repeat ?? row.repeat,
        isDefault: isDefault ?? row.isDefault,
        steps: jsonb(resolved),
        urgency: jsonb(urgency ?? row.urgency),
        answerMinutes: answerMinutes ?? row.answerMinutes,
      })
      .where('id', '=', row.id)
      .execute();
    await ctx.record({ record: row.id, did: 'policy.changed', data: { restart: anew } });
    const after = await policyRow(ctx, number);
    if (anew) await restart(ctx, { policyId: row.id }, after);
    return one(ctx, after);
  },

  async retirePolicy(ctx, { number, version }) {
    const row = await policyRow(ctx, number);
    await ctx.expect(row.id, version);
    allow(await refuseRetiring(ctx, row));
    await ctx.amend(row.id, { archivedAt: iso(ctx.now) });
    await store.tables(ctx.db).updateTable('oncallPolicy').set({ isDefault: false }).where('id', '=', row.id).execute();
    await ctx.record({ record: row.id, did: 'policy.retired' });
    return one(ctx, await policyRow(ctx, number));
  },

  async cover(ctx, { number, service, urgency }) {
    const [row, target] = [await policyRow(ctx, number), await serviceOf(ctx, service)];
    allow(urgency === 'support' && row.urgency.support === null ? 'Give the policy support hours first: urgency by support hours needs them.' : undefined);
    const earlier = await store.tables(ctx.db).selectFrom('oncallCoverage').select(['policyId', 'urgency']).where('serviceId', '=', target.id).executeTakeFirst();
    const before = await store.policyFor(ctx.db, SYSTEM, target.id);
    const wanted = urgency === undefined ? (earlier?.urgency ?? null) : urgency;
    const isMoved = earlier?.policyId !== row.id;
    if (!isMoved && earlier?.urgency === wanted) {
      ctx.unchanged();
      return one(ctx, row);
    }
    await store
      .tables(ctx.db)
      .insertInto('oncallCoverage')
      .values({ serviceId: target.id, policyId: row.id, urgency: wanted })
      .onConflict((c) => c.column('serviceId').doUpdateSet({ policyId: row.id, urgency: wanted }))
      .execute();
    await ctx.record({ record: row.id, did: 'policy.covers', data: { service: target.id } });
    if (isMoved) await restart(ctx, { policyId: before?.id ?? null, serviceId: target.id }, await store.policyFor(ctx.db, SYSTEM, target.id));
    return one(ctx, await policyRow(ctx, number));
  },

  async release(ctx, { number, service }) {
    const [row, target] = [await policyRow(ctx, number), await serviceOf(ctx, service)];
    const gone = await store.tables(ctx.db).deleteFrom('oncallCoverage').where('serviceId', '=', target.id).where('policyId', '=', row.id).executeTakeFirst();
    if (gone.numDeletedRows === 0n) {
      ctx.unchanged();
      return one(ctx, await policyRow(ctx, number));
    }
    await ctx.record({ record: row.id, did: 'policy.released', data: { service: target.id } });
    await restart(ctx, { policyId: row.id, serviceId: target.id }, await store.policyFor(ctx.db, SYSTEM, target.id));
    return one(ctx, await policyRow(ctx, number));
  },

  async forService(ctx, { number }) {
    const service = await serviceOf(ctx, number);
    const row = await store.policyFor(ctx.db, ctx.actor, service.id);
    if (!row) return { policy: null, because: 'No policy is in charge of this service and there is no default policy: the administrators would be paged.', first: [] };
    const policy = await one(ctx, row);
    const at = policy.steps.findIndex((step) => step.targets.some((target) => target.now.length > 0));
    const step = policy.steps[at];
    const people = new Map(step?.targets.flatMap((target) => target.now).map((person) => [person.id, person]));
    const turn = step?.turns ? (await store.turnsSeen(ctx.db, [policy.id])).find((one) => one.step === at)?.turns : 0;
    const first = [...chosenOf(step ?? {}, [...people.values()], turn ?? 0)];
    const because = row.covered ? `${row.title} is in charge of this service.` : `No policy names this service, so the default policy ${row.title} is used.`;
    return { policy, because: first.length > 0 ? because : `${because} Nobody is on call in it now: the administrators would be paged.`, first };
  },
};

async function refuseRetiring(ctx: Seer, row: store.PolicyRow): Promise<string | undefined> {
  if (row.archivedAt) return 'This policy is retired already.';
  const services = await store.coverageOf(ctx.db, ctx.actor, [row.id]);
  return services.length > 0
    ? `It is in charge of ${services.length} ${services.length === 1 ? 'service' : 'services'} (${services
        .slice(0, 3)
        .map((s) => s.title)
        .join(', ')}). Give them another policy first.`
    : undefined;
}

async function dropDefault(ctx: Write): Promise<void> {
  await store.tables(ctx.db).updateTable('oncallPolicy').set({ isDefault: false }).where('isDefault', '=', true).execute();
}

async function serviceOf({ db, actor }: Seer, number: string) {
  const record = await byNumber(db, actor, number);
  if (record.kind !== 'service' && record.kind !== 'component') throw invalidField('service', `${number} is a ${record.kind}, not a service.`);
  return record;
}

/** Steps with ids in the place of numbers. */
export async function stepsOf({ db, actor }: Seer, steps: readonly (Omit<Step, 'targets'> & { targets: readonly { kind: Target['kind']; number: string }[] })[]): Promise<Step[]> {
  return Promise.all(
    steps.map(async (step) => ({
      ...step,
      targets: await Promise.all(
        step.targets.map(async ({ kind, number }) => {
          const record = await byNumber(db, actor, number);
          if (record.kind !== kind) throw invalidField('steps', `${number} is a ${record.kind}, not a ${kind}.`);
          if (record.archivedAt) throw invalidField('steps', `${record.title} is retired. Choose another ${kind}.`);
          return { kind, id: record.id };
        }),
      ),
    })),
  );
}

function refuseUrgency({ by, support }: UrgencyRule): string | undefined {
  return by === 'support' && support === null ? 'Say when support hours are: urgency by support hours needs them.' : undefined;
}
