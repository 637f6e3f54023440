import { iso } from '#kernel/clock.ts';
import type { Write } from '#kernel/desk.ts';
import { sha256, uuidv7 } from '#kernel/ids.ts';
import { fired, worse } from '../rules/groups.ts';
import type { Options, Routed } from '../rules/options.ts';
import { groupValues } from '../rules/routing.ts';
import type { Severity } from '../rules/severity.ts';
import type { Labels } from '#capabilities/mutes/rules/index.ts';
import * as store from '../store/index.ts';

/** An alert on its way through the stages. */
export interface Member {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  readonly serviceId: string | null;
  readonly nodeId: string | null;
  /** Why it belongs to its service. */
  readonly because: string;
  readonly labels: Labels;
  readonly openedAt: number;
  readonly routed: Routed;
  /** Firing signals of this batch. */
  readonly firings: number;
  /** Opened and resolved in one batch. */
  readonly over: boolean;
  /** Opened and taken by its sender in one batch: it wakes nobody. */
  readonly taken: boolean;
  /** It fired before, and became worse. */
  readonly grew?: boolean;
}

export type Group = { -readonly [K in keyof store.GroupTable]: store.GroupTable[K] };

/** The groups that a batch touches, kept in memory until they are saved. */
export class Groups {
  readonly #ctx: Write;
  readonly #byKey = new Map<string, Group>();
  readonly #byId = new Map<string, Group>();
  readonly #memberOf = new Map<string, Group>();
  readonly #touched = new Set<Group>();
  readonly #loose = new Set<Group>();
  readonly #confirmed = new Set<string>();

  constructor(ctx: Write) {
    this.#ctx = ctx;
  }

  /** Those that members will join, and those with these ids. */
  async load(members: readonly Member[], ids: readonly string[]): Promise<void> {
    const keys = [...new Set(members.map((member) => groupKey(member)))];
    const found = [...(keys.length === 0 ? [] : await store.openGroups(this.#ctx.db, keys)), ...(ids.length === 0 ? [] : await store.groupsByIds(this.#ctx.db, ids))];
    for (const group of found) {
      if (this.#byId.has(group.id)) continue;
      this.#byId.set(group.id, group);
      if (group.closedAt === null) this.#byKey.set(group.key, group);
    }
  }

  /** The group that a member has joined here, or stood in before. */
  of(member: { readonly id: string; readonly groupId?: string | null }): Group | undefined {
    return this.#memberOf.get(member.id) ?? this.#byId.get(member.groupId ?? '');
  }

  /** The open group of the member with the member in it; a new one when there is none. */
  join(member: Member & { readonly groupId?: string | null }): Group {
    const key = groupKey(member);
    const at = iso(this.#ctx.now);
    const group = this.#byKey.get(key) ?? this.#open(key, member);
    if (member.groupId !== group.id) group.alertCount += 1;
    if (!member.over) group.openCount += 1;
    group.lastAt = at;
    if (worse(member.severity, group.severity)) group.severity = member.severity;
    this.#memberOf.set(member.id, group);
    this.#touched.add(group);
    this.fire(group.id, member.firings, member.routed.options);
    return group;
  }

  /** Whether it joined here: it began, or fired again, or became another's. */
  hasJoined({ id }: { readonly id: string }): boolean {
    return this.#memberOf.has(id);
  }

  /** Groups that fired often enough just now. */
  get confirmed(): readonly string[] {
    return [...this.#confirmed];
  }

  /** Firing signals of an alert in the group. */
  fire(id: string, times: number, options: Options): void {
    const group = this.#byId.get(id);
    if (!group || group.confirmed) return;
    for (let i = 0; i < Math.min(times, options.openAfter); i += 1) Object.assign(group, fired(group, this.#ctx.now, options));
    if (group.confirmed && options.openAfter > 1) this.#confirmed.add(id);
    this.#touched.add(group);
  }

  /** One alert less fires; what is left of the group may be nothing that is to be told. */
  leave(id: string): void {
    const group = this.#byId.get(id);
    if (!group) return;
    group.openCount = Math.max(0, group.openCount - 1);
    this.loosen(group);
  }

  /** Nothing of it fired for a moment: what fires again is told as if that had been long ago. */
  closeEmpty(id: string): void {
    const group = this.#byId.get(id);
    if (!group || group.openCount > 0 || group.closedAt !== null) return;
    group.closedAt = iso(this.#ctx.now);
    this.#byKey.delete(group.key);
  }

  /** Of this group an alert is told no more. */
  loosen(group: Group): void {
    this.#touched.add(group);
    this.#loose.add(group);
  }

  /** Groups with a page of which something ended or was held back. */
  get loose(): readonly Group[] {
    return [...this.#loose].filter((group) => group.pagedSeverity !== null && group.leadId !== null);
  }

  /** People were paged about this alert of the group, or (null) no longer are. */
  lead(group: Group, member: { readonly id: string; readonly severity: Severity } | null): void {
    if (member) group.leadId = member.id;
    group.pagedSeverity = member?.severity ?? null;
    this.#touched.add(group);
  }

  ticketed(group: Group): void {
    group.ticketed = true;
    this.#touched.add(group);
  }

  /** Closes those in which nothing fires any more, and saves what was touched. */
  async save(): Promise<void> {
    for (const { id } of this.#touched) this.closeEmpty(id);
    await store.saveGroups(this.#ctx.db, [...this.#touched]);
    this.#touched.clear();
  }

  #open(key: string, { id, title, serviceId, severity }: Member): Group {
    const at = iso(this.#ctx.now);
    const group: Group = {
      id: uuidv7(this.#ctx.now),
      key,
      firstId: id,
      title,
      serviceId,
      openedAt: at,
      lastAt: at,
      closedAt: null,
      alertCount: 0,
      openCount: 0,
      severity,
      firings: [],
      confirmed: false,
      leadId: null,
      pagedSeverity: null,
      ticketed: false,
    };
    this.#byKey.set(key, group);
    this.#byId.set(group.id, group);
    return group;
  }
}

/** Same rule, same values: one group. Alerts of different services or outcomes never share one by accident. */
function groupKey({ routed: { rule, outcome, options }, labels }: Member): string {
  return sha256(JSON.stringify([rule?.id ?? '', outcome, options.policy, groupValues(labels, options.groupBy)])).toString('base64url');
}
