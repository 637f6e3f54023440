import { iso } from '#kernel/clock.ts';
import type { Ref } from '#kernel/contract.ts';
import { cursorOf, keyOf } from '#kernel/cursor.ts';
import { jsonb } from '#kernel/database.ts';
import type { Actions, Read, Write } from '#kernel/desk.ts';
import { refusePermission } from '#kernel/permissions.ts';
import { allow, invalidField, missing } from '#kernel/problem.ts';
import { byNumber, refsOf } from '#kernel/records/index.ts';
import { pagesAbout } from '#capabilities/notify/index.ts';
import { oncall, type Paging } from '../contract.ts';
import { whoIsBehind } from '../behind.ts';
import type { Step, Target } from '../rules/escalation.ts';
import * as store from '../store.ts';

type Policies = Pick<Actions<typeof oncall>, 'policies' | 'policy' | 'createPolicy' | 'updatePolicy' | 'retirePolicy' | 'cover' | 'release' | 'forService' | 'paging' | 'preview'>;

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

  async createPolicy(ctx, { name, about, steps, repeat, isDefault }) {
    const resolved = await stepsOf(ctx, steps);
    if (isDefault) await dropDefault(ctx);
    const { id, number } = await ctx.open({ kind: 'policy', title: name, words: about, did: 'policy.created', data: { steps: steps.length } });
    await store
      .tables(ctx.db)
      .insertInto('oncallPolicy')
      .values({ id, about, steps: jsonb(resolved), repeat, isDefault })
      .execute();
    return one(ctx, await policyRow(ctx, number));
  },

  async updatePolicy(ctx, { number, version, name, about, steps, repeat, isDefault }) {
    const row = await policyRow(ctx, number);
    await ctx.expect(row.id, version);
    if (isDefault && !row.isDefault) await dropDefault(ctx);
    if (name) await ctx.amend(row.id, { title: name });
    const resolved = steps ? await stepsOf(ctx, steps) : row.steps;
    await store
      .tables(ctx.db)
      .updateTable('oncallPolicy')
      .set({ about: about ?? row.about, repeat: repeat ?? row.repeat, isDefault: isDefault ?? row.isDefault, steps: jsonb(resolved) })
      .where('id', '=', row.id)
      .execute();
    await ctx.record({ record: row.id, did: 'policy.changed' });
    return one(ctx, await policyRow(ctx, number));
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

  async cover(ctx, { number, service }) {
    const [row, target] = [await policyRow(ctx, number), await serviceOf(ctx, service)];
    const earlier = await store.tables(ctx.db).selectFrom('oncallCoverage').select('policyId').where('serviceId', '=', target.id).executeTakeFirst();
    if (earlier?.policyId === row.id) {
      ctx.unchanged();
      return one(ctx, row);
    }
    await store
      .tables(ctx.db)
      .insertInto('oncallCoverage')
      .values({ serviceId: target.id, policyId: row.id })
      .onConflict((c) => c.column('serviceId').doUpdateSet({ policyId: row.id }))
      .execute();
    await ctx.record({ record: row.id, did: 'policy.covers', data: { service: target.id } });
    return one(ctx, await policyRow(ctx, number));
  },

  async release(ctx, { number, service }) {
    const [row, target] = [await policyRow(ctx, number), await serviceOf(ctx, service)];
    const gone = await store.tables(ctx.db).deleteFrom('oncallCoverage').where('serviceId', '=', target.id).where('policyId', '=', row.id).executeTakeFirst();
    if (gone.numDeletedRows === 0n) ctx.unchanged();
    else await ctx.record({ record: row.id, did: 'policy.released', data: { service: target.id } });
    return one(ctx, await policyRow(ctx, number));
  },

  async forService(ctx, { number }) {
    const service = await serviceOf(ctx, number);
    const row = await store.policyFor(ctx.db, ctx.actor, service.id);
    if (!row) return { policy: null, because: 'No policy is in charge of this service and there is no default policy: the administrators would be paged.', first: [] };
    const policy = await one(ctx, row);
    const first = policy.steps.find((step) => step.targets.some((target) => target.now.length > 0))?.targets.flatMap((target) => target.now) ?? [];
    const because = row.covered ? `${row.title} is in charge of this service.` : `No policy names this service, so the default policy ${row.title} is used.`;
    return { policy, because: first.length > 0 ? because : `${because} Nobody is on call in it now: the administrators would be paged.`, first };
  },

  async paging(ctx, { number }) {
    return pagingAbout(ctx, (await byNumber(ctx.db, ctx.actor, number)).id);
  },

  async preview(ctx, { number }) {
    const policy = await one(ctx, await policyRow(ctx, number));
    let after = 0;
    const steps = policy.steps.map((step, i) => {
      const people = step.targets.flatMap((target) => target.now);
      const at = after;
      if (people.length > 0) after += step.waitMinutes;
      return {
        stepNumber: i + 1,
        afterMinutes: at,
        people,
        sentence:
          people.length > 0
            ? `After ${at} min: ${people.map((p) => p.title).join(', ')}.`
            : `Skipped at once: nobody is on call in ${step.targets.map((t) => t.record.title).join(', ')}.`,
      };
    });
    return { steps };
  },
};

type Seer = Pick<Read | Write, 'db' | 'actor' | 'now'>;

/** How paging about a record stands, with everything a person who was woken wants to know. */
export async function pagingAbout(ctx: Seer, recordId: string): Promise<Paging> {
  const run = await store.latestRun(ctx.db, recordId);
  const pages = await pagesAbout(ctx.db, recordId);
  const next = run?.state === 'running' ? (run.policy.steps[run.escalation.step] ?? run.policy.steps[0]) : undefined;
  const behind = next ? await whoIsBehind(ctx.db, next.targets, ctx.now) : () => [];
  const nextIds =
    next && run && (run.escalation.step < run.policy.steps.length || run.escalation.round < run.policy.repeat) ? next.targets.flatMap((t) => behind(t).map((f) => f.personId)) : [];
  const refs = await refsOf(ctx.db, ctx.actor, [...pages.map((p) => p.personId), ...nextIds, run?.policyId]);
  return {
    state: run?.state ?? 'none',
    policy: refs.get(run?.policyId ?? '') ?? null,
    policyName: run?.policyName ?? '',
    startedAt: run?.startedAt ?? null,
    nextAt: run?.state === 'running' ? run.nextAt : null,
    nextPeople: nextIds.map((id) => refs.get(id)).filter((ref): ref is Ref => ref !== undefined),
    stepNumber: run?.escalation.step ?? 0,
    stepCount: run?.policy.steps.length ?? 0,
    pages: pages.map((p) => ({ person: refs.get(p.personId) ?? null, why: p.why, startedAt: p.startedAt, endedAt: p.endedAt, endedWhy: p.endedWhy })),
  };
}

async function policyRow({ db, actor }: Seer, number: string): Promise<store.PolicyRow> {
  const row = await store.policyByNumber(db, actor, number);
  if (!row) throw missing(number);
  return row;
}

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

async function stepsOf({ db, actor }: Seer, steps: readonly { targets: readonly { kind: Target['kind']; number: string }[]; waitMinutes: number }[]): Promise<Step[]> {
  return Promise.all(
    steps.map(async (step) => ({
      waitMinutes: step.waitMinutes,
      targets: await Promise.all(
        step.targets.map(async ({ kind, number }) => {
          const record = await byNumber(db, actor, number);
          if (record.kind !== kind) throw invalidField('steps', `${number} is a ${record.kind}, not a ${kind}.`);
          return { kind, id: record.id };
        }),
      ),
    })),
  );
}

async function one(ctx: Seer, row: store.PolicyRow) {
  const [policy] = await shown(ctx, [row]);
  if (!policy) throw missing(row.number);
  return policy;
}

async function shown(ctx: Seer, rows: readonly store.PolicyRow[]) {
  const targets = rows.flatMap((row) => row.steps.flatMap((step) => step.targets));
  const behind = targets.length > 0 ? await whoIsBehind(ctx.db, targets, ctx.now) : () => [];
  const refs = await refsOf(
    ctx.db,
    ctx.actor,
    targets.flatMap((t) => [t.id, ...behind(t).map((f) => f.personId)]),
  );
  const services =
    rows.length > 0
      ? await store.coverageOf(
          ctx.db,
          ctx.actor,
          rows.map((row) => row.id),
        )
      : [];
  const known = (id: string) => refs.get(id) ?? { id, kind: 'person', number: '', title: 'somebody you cannot see' };
  return rows.map((row) => ({
    id: row.id,
    number: row.number,
    name: row.title,
    about: row.about,
    repeat: row.repeat,
    isDefault: row.isDefault,
    version: row.version,
    steps: row.steps.map((step) => ({
      waitMinutes: step.waitMinutes,
      targets: step.targets.map((t) => ({ kind: t.kind, record: known(t.id), now: behind(t).map((f) => known(f.personId)) })),
    })),
    services: services.filter((s) => s.policyId === row.id).map(({ policyId: _, ...ref }) => ref),
  }));
}
