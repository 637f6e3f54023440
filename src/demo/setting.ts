import { jsonb } from '#kernel/database.ts';
import { iso } from '#kernel/clock.ts';
import { writeAs } from '#kernel/act.ts';
import { SYSTEM, type Actor } from '#kernel/permissions.ts';
import { joinForDemo } from '#capabilities/people/index.ts';
import { build, type Estate } from './estate.ts';
import { ORGANISATION, people, SERVICES, TEAMS, type DemoPerson } from './organisation.ts';
import { UPKEEP } from './upkeep.ts';
import type { World } from './world.ts';

export interface Member {
  readonly person: DemoPerson;
  readonly number: string;
  readonly actor: Actor;
}

export interface Company {
  readonly members: readonly Member[];
  readonly admin: Actor;
  /** Service name → its number, tier and team. */
  readonly services: ReadonlyMap<string, { readonly number: string; readonly tier: number; readonly team: number }>;
  readonly estate: Estate;
  readonly teams: readonly string[];
  readonly keys: { readonly prometheus: string; readonly synthetic: string };
}

/** People, teams, services, edges, rotas, policies and sources, made through the real verbs. */
export async function furnish(world: World): Promise<Company> {
  const { desk } = world;
  await writeAs(desk, SYSTEM, async (ctx) => {
    await ctx.db
      .insertInto('setting')
      .values({ name: 'organisation', value: jsonb(ORGANISATION), changedAt: iso(ctx.now) })
      .execute();
    await ctx.record({ record: null, did: 'desk.setUp' });
  });
  const members: Member[] = [];
  for (const person of people()) {
    const { id, number } = await writeAs(desk, SYSTEM, (ctx) => joinForDemo(ctx, person));
    members.push({ person, number, actor: world.actorOf(id, person.name, person.role) });
  }
  const admin = members[0]?.actor;
  if (!admin) throw new Error('the company has nobody');
  const teams: string[] = [];
  for (const [place, team] of TEAMS.entries()) {
    const { number } = await world.call(admin, 'people', 'createTeam', { name: team.name, about: team.about });
    teams.push(number);
    for (const member of members.filter((one) => one.person.team === place))
      await world.call(admin, 'people', 'addMember', { number, person: member.number, leads: member.person.leads });
  }
  const services = await catalog(world, { admin, teams, members });
  const estate = await build(world, { admin, services, teamNamed: (name) => teams[TEAMS.findIndex((one) => one.name === name)] });
  await duty(world, { admin, teams, members, services });
  const prometheus = await world.call(admin, 'alerts', 'createSource', { name: 'Prometheus', about: 'Alertmanager of the platform team' });
  const synthetic = await world.call(admin, 'alerts', 'createSource', { name: 'Synthetic checks', about: 'Probes from three offices' });
  return { members, admin, services, estate, teams, keys: { prometheus: prometheus.key, synthetic: synthetic.key } };
}

type Part = Pick<Company, 'admin' | 'teams' | 'members'>;

async function catalog(world: World, { admin, teams, members }: Part): Promise<Company['services']> {
  const services = new Map<string, { number: string; tier: number; team: number }>();
  for (const service of SERVICES) {
    const team = TEAMS.findIndex((one) => one.name === service.team);
    const lead = members.find((one) => one.person.team === team && one.person.leads);
    const made = await world.call(admin, 'catalog', 'create', {
      name: service.name,
      summary: service.summary,
      tier: service.tier,
      team: teams[team],
      usersAffected: service.users,
      ...UPKEEP.get(service.name),
      ...(lead && service.tier < 4 ? { lead: lead.number } : {}),
    });
    services.set(service.name, { number: made.number, tier: service.tier, team });
  }
  for (const service of SERVICES) {
    for (const used of service.uses) {
      const soft = used.startsWith('~');
      const provider = services.get(used.replace('~', ''));
      const consumer = services.get(service.name);
      if (provider && consumer) await world.call(admin, 'catalog', 'addEdge', { provider: provider.number, consumer: consumer.number, impact: soft ? 'soft' : 'hard' });
    }
  }
  return services;
}

const officeHours = (zone: string) => ({ zone, hours: [{ days: ['mo', 'tu', 'we', 'th', 'fr'] as ('mo' | 'tu' | 'we' | 'th' | 'fr')[], from: '08:00', until: '18:00' }] });

async function duty(world: World, { admin, teams, members, services }: Part & Pick<Company, 'services'>): Promise<void> {
  const start = new Date(world.now());
  const monday = new Date(start.getTime() - ((start.getUTCDay() + 6) % 7) * 86_400_000).toISOString().slice(0, 10);
  const policies = new Map<number, string>();
  for (const [place, team] of TEAMS.entries()) {
    if (!team.oncall) continue;
    const able = members.filter((one) => one.person.team === place && one.person.role !== 'viewer');
    const lead = able.find((one) => one.person.leads);
    // All but one have tried whether a page reaches them.
    for (const one of able.slice(0, -1).filter((each) => each.actor !== admin)) await world.call(one.actor, 'notify', 'test', { id: 'email' });
    const rota = await world.call(admin, 'rotas', 'create', {
      name: `${team.name}, first`,
      zone: team.zone,
      team: teams[place],
      layer: {
        name: 'Weekly',
        kind: 'weekly',
        start: `${monday}T09:00`,
        people: able
          .filter((one) => !one.person.leads)
          .slice(0, 6)
          .map((one) => one.number),
      },
    });
    const second = await world.call(admin, 'rotas', 'create', {
      name: `${team.name}, second`,
      zone: team.zone,
      team: teams[place],
      layer: {
        name: 'Weekly',
        kind: 'weekly',
        start: `${monday}T18:00`,
        people: able
          .slice(1, 5)
          .toReversed()
          .map((one) => one.number),
      },
    });
    const policy = await world.call(admin, 'oncall', 'createPolicy', {
      name: `${team.name}, critical`,
      repeat: 1,
      isDefault: team.name === 'Platform',
      answerMinutes: 120,
      ...(team.name === 'Finance systems' && { urgency: { by: 'severity' as const, support: officeHours(team.zone) } }),
      steps: [
        { targets: [{ kind: 'rota', number: rota.number }], waitMinutes: 5 },
        { targets: [{ kind: 'rota', number: second.number }], waitMinutes: 10 },
        ...(lead ? [{ targets: [{ kind: 'person' as const, number: lead.number }], waitMinutes: 15, when: { tiers: [1, 2] } }] : []),
        ...(team.name === 'Platform' && teams[place] ? [{ targets: [{ kind: 'team' as const, number: teams[place] }], waitMinutes: 15, turns: true }] : []),
      ],
    });
    policies.set(place, policy.number);
  }
  for (const service of services.values()) {
    const policy = policies.get(service.team);
    if (policy && service.tier < 4) await world.call(admin, 'oncall', 'cover', { number: policy, service: service.number });
  }
}
