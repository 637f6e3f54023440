import { serviceSlugs, servicesByIds } from '#capabilities/catalog/index.ts';
import { allRotas, nextChangesIn } from '#capabilities/rotas/index.ts';
import { iso } from '#kernel/clock.ts';
import type { Ref } from '#kernel/contract.ts';
import { cursorOf, keyOf } from '#kernel/cursor.ts';
import type { Actions, Read } from '#kernel/desk.ts';
import { refsOf } from '#kernel/records/index.ts';
import { whoIsBehind, type Behind } from '../behind.ts';
import type { oncall, OnCallOfService } from '../contract.ts';
import { refuseStep } from '../rules/conditions.ts';
import { chosenOf, type Step, type Target } from '../rules/escalation.ts';
import * as store from '../store/index.ts';

type Policy = store.PolicyRow & { readonly covered: boolean };

/** The first step that would page somebody now; conditions by severity hold for a critical page. */
function firstStep(policy: Policy | undefined, tier: number, { behind, now }: { behind: Behind; now: number }): Step | undefined {
  const holds = (step: Step) => refuseStep(step.when, { severity: 'critical', tier }, now) === undefined;
  return policy?.steps.find((step) => holds(step) && step.targets.some((target) => behind.of(target).length > 0));
}

export const nowActions: Pick<Actions<typeof oncall>, 'now'> = {
  /** Every service at once by a fixed number of queries, so that the page costs the same for ten and for a thousand. */
  async now(ctx, { q, trouble, limit, cursor }) {
    const known = await servicesByIds(
      ctx.db,
      ctx.actor,
      (await serviceSlugs(ctx.db)).map(({ id }) => id),
    );
    const services = [...known.values()].toSorted((a, b) => a.name.localeCompare(b.name, 'en') || a.id.localeCompare(b.id));
    const covering = await store.policiesFor(
      ctx.db,
      ctx.actor,
      services.map(({ id }) => id),
    );
    const otherwise = await store.defaultPolicy(ctx.db, ctx.actor);
    const policies: Policy[] = [...covering.values(), ...(otherwise ? [otherwise] : [])];
    const targets = policies.flatMap((policy) => policy.steps.flatMap((step) => step.targets));
    const behind = await whoIsBehind(ctx.db, targets, ctx.now);
    const found = services.map((service) => {
      const policy = covering.get(service.id) ?? otherwise;
      return { service, policy, step: firstStep(policy, service.tier, { behind, now: ctx.now }) };
    });
    const asked = found.filter(({ service, step }) => (!trouble || step === undefined) && (!q || matches(service, q)));
    const [name, id] = keyOf(cursor, 2);
    const from = name === undefined ? 0 : asked.findIndex(({ service }) => service.name.localeCompare(name, 'en') > 0 || (service.name === name && service.id > (id ?? '')));
    const page = from < 0 ? [] : asked.slice(from, from + limit);
    const last = from >= 0 && asked.length > from + limit ? page.at(-1)?.service : undefined;
    return {
      items: await shown(ctx, page, { behind, turns: await turnsOf(ctx, page) }),
      cursor: last ? cursorOf([last.name, last.id]) : null,
      troubleCount: found.filter(({ step }) => step === undefined).length,
      unused: await unusedRotas(ctx),
    };
  },
};

const matches = ({ name, number }: { name: string; number: string }, q: string) => name.toLowerCase().includes(q.toLowerCase()) || number.toLowerCase() === q.toLowerCase();

/** How often the steps of these have taken turns before. */
async function turnsOf(ctx: Read, rows: readonly Found[]): Promise<Turns> {
  const inTurn = rows.flatMap(({ policy, step }) => (policy && step?.turns ? [policy.id] : []));
  const seen = inTurn.length > 0 ? await store.turnsSeen(ctx.db, inTurn) : [];
  return ({ policy, step }) => seen.find((one) => one.policyId === policy?.id && step !== undefined && one.step === policy.steps.indexOf(step))?.turns ?? 0;
}

async function unusedRotas(ctx: Read): Promise<Ref[]> {
  const used = new Set((await store.policiesInUse(ctx.db, ctx.actor)).flatMap((policy) => policy.steps.flatMap((step) => step.targets.map((target) => target.id))));
  return (await allRotas(ctx.db, ctx.actor)).filter((rota) => !used.has(rota.id));
}

interface Found {
  readonly service: { readonly id: string; readonly number: string; readonly name: string; readonly tier: number };
  readonly policy: Policy | undefined;
  readonly step: Step | undefined;
}

type Turns = (found: Found) => number;

async function shown(ctx: Read, rows: readonly Found[], { behind, turns }: { behind: Behind; turns: Turns }): Promise<OnCallOfService[]> {
  const named = rows.flatMap(({ step }) => step?.targets ?? []);
  const changes = await nextChangesIn(ctx.db, [...new Set(named.filter((t) => t.kind === 'rota').map((t) => t.id))], ctx.now);
  const refs = await refsOf(
    ctx.db,
    ctx.actor,
    named.flatMap((t) => [t.id, ...behind.of(t).map((f) => f.personId), ...(changes.get(t.id)?.after ?? [])]),
  );
  const person = (id: string): Ref => refs.get(id) ?? { id, kind: 'person', number: '', title: 'somebody you cannot see' };
  const through = (target: Target) => (target.kind === 'person' ? 'named in the policy' : `${target.kind} ${refs.get(target.id)?.title ?? ''}`.trim());
  return rows.map((row) => {
    const { service, policy, step } = row;
    const people = new Map<string, OnCallOfService['people'][number]>();
    for (const target of step?.targets ?? [])
      for (const { personId, layerName, overridden } of behind.of(target))
        if (!people.has(personId))
          people.set(personId, { person: person(personId), through: `${through(target)}${layerName ? `, ${layerName}` : ''}`, overridden: overridden !== null });
    const next = (step?.targets ?? []).flatMap((target) => changes.get(target.id) ?? []).toSorted((a, b) => a.at - b.at)[0];
    const at = next ? iso(next.at) : null;
    return {
      service: { id: service.id, kind: 'service', number: service.number, title: service.name },
      tier: service.tier,
      policy: policy ? { id: policy.id, kind: 'policy', number: policy.number, title: policy.title } : null,
      isDefault: policy !== undefined && !policy.covered,
      people: [...chosenOf(step ?? {}, [...people.values()], turns(row))],
      until: at,
      next: (next?.after ?? []).map(person),
      nextAt: at,
      trouble: step
        ? null
        : policy
          ? `Nobody is on call in ${policy.title} now: the administrators would be paged.`
          : 'No policy is in charge and there is no default policy: the administrators would be paged.',
    };
  });
}
