import { endPaging, startPaging, tellHolder } from '#capabilities/oncall/index.ts';
import { ms } from '#kernel/clock.ts';
import type { Write } from '#kernel/desk.ts';
import { decide, STAGE_OF, type Decision, type World } from '../rules/decide.ts';
import { type Hold } from '../rules/outcomes.ts';
import { pagesAgain } from '../rules/groups.ts';
import { routed, type Routing } from '../rules/options.ts';
import * as store from '../store/index.ts';
import { Groups, type Group, type Member } from './grouping.ts';
import { staged } from './newcomers.ts';
import { worldOf } from './setting.ts';

/** A stored alert that the stages look at again. */
interface StoredMember extends Member {
  readonly groupId: string | null;
  readonly before: Hold | null;
  readonly calmSince: string | null;
  /** When it was opened, as it is stored. */
  readonly at: string;
}

interface Decided<M> {
  readonly member: M;
  readonly decision: Decision;
  readonly group: Group;
}

/** Members of a batch on their way through the stages to the people; orders to page are carried out last, when all rows stand. */
export class Staging {
  readonly groups: Groups;
  readonly #ctx: Write;
  readonly #routing: Routing;
  readonly #later: (() => Promise<unknown>)[] = [];

  constructor(ctx: Write, routing: Routing) {
    this.#ctx = ctx;
    this.#routing = routing;
    this.groups = new Groups(ctx);
  }

  /** Alerts that nobody has taken. */
  async stored(asked: store.WaitingAsked): Promise<readonly StoredMember[]> {
    if ('ids' in asked && asked.ids.length === 0) return [];
    const rows = await store.waitingAlerts(this.#ctx.db, asked);
    return rows.map(({ labels: own, extra, held, openedAt, reopenedAt, serviceBecause, ...row }) => {
      const labels = { ...own, ...extra };
      return {
        ...row,
        labels,
        at: openedAt,
        because: serviceBecause,
        openedAt: ms(reopenedAt ?? openedAt),
        before: held,
        routed: routed(this.#routing, labels, row.severity),
        firings: 1,
        over: false,
        taken: false,
      };
    });
  }

  /** What the stages say of each; what nothing holds back is told. */
  decide<M extends Member>(members: readonly M[], world: World): readonly Decided<M>[] {
    return members.map((member) => {
      const group = this.groups.of(member)!;
      const decision = decided(member, group, world);
      if (decision.held === null && !member.over && !member.taken) this.#tell(member, group);
      return { member, decision, group };
    });
  }

  /** The same for stored alerts: told when they are held no more, taken back when they are held now, and the log says so. */
  async restage(members: readonly StoredMember[], world: World): Promise<void> {
    const joined = (member: StoredMember) => this.groups.hasJoined(member);
    const all = members.flatMap((member): Decided<StoredMember>[] => {
      const group = this.groups.of(member);
      if (!group) return [];
      return [{ member, group, decision: decided(member, group, world) }];
    });
    const moved = all.filter(({ member, decision }) => joined(member) || (decision.held?.why ?? null) !== member.before);
    for (const { member, decision, group } of moved) {
      if (decision.held === null) this.#tell(member, group);
      else this.groups.loosen(group);
    }
    await store.restage(
      this.#ctx.db,
      all
        .filter(({ member, decision }) => decision.held !== null || member.before !== null || joined(member))
        .map(({ member, decision, group }) => ({
          id: member.id,
          groupId: group.id,
          ...staged(decision, null),
        })),
    );
    await this.#ctx.recordMany(
      moved
        .filter(({ member }) => !joined(member))
        .map(({ member, decision: { held, verdicts } }) => ({
          record: member.id,
          did: held ? 'alert.held' : 'alert.released',
          data: held ? { why: held.why, by: held.by, sentence: verdicts.find(({ stage }) => stage === STAGE_OF[held.why])?.sentence ?? '' } : { was: member.before },
        })),
    );
  }

  /** Ends pages of groups of which nothing is to be told any more; asked once every alert stands as it is. */
  async close(): Promise<void> {
    const { loose } = this.groups;
    const open = loose.filter((group) => group.openCount > 0).map((group) => group.id);
    const free = await store.freeMembers(this.#ctx.db, open);
    for (const group of loose) {
      if (free.has(group.id)) continue;
      const about = group.leadId!;
      const why = group.openCount === 0 ? 'resolved' : 'nothing of it is to be told any more';
      this.#later.unshift(() => endPaging(this.#ctx, about, why));
      this.groups.lead(group, null);
    }
    await this.groups.save();
    for (const run of this.#later.splice(0)) await run();
  }

  /** Pages for the first of a group, or for one that is worse; else it is told by the page that runs, or by who has it. */
  #tell(member: Member, group: Group): void {
    const { outcome, options } = member.routed;
    if (outcome === 'ticket' && !group.ticketed) {
      this.groups.ticketed(group);
      this.#later.push(() => this.#ctx.record({ record: member.id, did: 'alert.ticketed', data: { service: member.serviceId, severity: member.severity } }));
    }
    if (outcome !== 'page') return;
    const again = pagesAgain(group.pagedSeverity === null ? null : { worst: group.pagedSeverity }, member.severity);
    const lead = group.leadId;
    if (again === null && member.grew && lead) {
      const text = `It is as bad as what you acknowledged (${member.severity}), so nobody else is paged.`;
      this.#later.push(() => tellHolder(this.#ctx, lead, { title: `${member.title} became worse`, text }));
    }
    if (again === null) return;
    const before = group.leadId;
    this.groups.lead(group, member);
    this.#later.push(async () => {
      if (again === 'worse' && before) await endPaging(this.#ctx, before, `“${member.title}” is worse and pages instead`);
      const others = group.openCount - 1;
      await startPaging(this.#ctx, {
        about: member.id,
        serviceId: member.serviceId,
        policy: options.policy,
        severity: member.severity,
        title: member.title,
        text: others > 0 ? `${member.because} ${others} more of its group ${others === 1 ? 'fires' : 'fire'}.` : member.because,
      });
    });
  }
}

function decided(member: Member, { confirmed, firings }: Group, world: World): Decision {
  const decision = decide({ ...member, confirmed, firings: firings.length }, world, member.routed);
  if (decision.held?.why === 'inhibited' && decision.held.by) world.heldBy.set(member.id, decision.held.by);
  else world.heldBy.delete(member.id);
  return decision;
}

/** The stages look again at every alert that nobody has taken, or at these: a mute or a cause began or ended. */
export async function reconsider(ctx: Write, routing: Routing, ids?: readonly string[]): Promise<void> {
  if (ids?.length === 0) return;
  const world = await worldOf(ctx, routing, []);
  const pass = async (asked: store.WaitingAsked) => {
    const staging = new Staging(ctx, routing);
    const members = await staging.stored(asked);
    await staging.groups.load([], [...new Set(members.flatMap((member) => member.groupId ?? []))]);
    await staging.restage(members, world);
    await staging.close();
    return members;
  };
  if (ids) return void (await pass({ ids }));
  // Each that is held back is asked, however many there are: the last of them may be the one that matters.
  let last: StoredMember | undefined;
  do {
    const members = await pass({ held: true, after: last });
    last = members.length === store.WAITING_MOST ? members.at(-1) : undefined;
  } while (last);
  await pass({ held: false });
}
