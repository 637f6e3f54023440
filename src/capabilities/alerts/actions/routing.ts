import { iso, ms } from '#kernel/clock.ts';
import type { Actions, Read } from '#kernel/desk.ts';
import { refusePermission } from '#kernel/permissions.ts';
import { Problem } from '#kernel/problem.ts';
import { byNumber, refsOf } from '#kernel/records/index.ts';
import { alerts } from '../contract/index.ts';
import type { Routing } from '../contract/routing.ts';
import { PLAIN_ROUTING, readRouting, refuseRouting } from '../rules/options.ts';
import { fates, tryRouting } from '../rules/tryout.ts';
import * as store from '../store/index.ts';

const DAY = 86_400_000;
const TRIED_MOST = 20_000;
const SHOWN_MOST = 50;

export const routingActions: Pick<Actions<typeof alerts>, 'routing' | 'setRouting' | 'tryRouting'> = {
  routing: (ctx) => shownRouting(ctx),

  async setRouting(ctx, { version, rules }) {
    await store.lockPipeline(ctx.db);
    const before = await store.routingNow(ctx.db);
    if ((before?.version ?? 0) !== version)
      throw new Problem('conflict', 'Somebody changed these rules while you looked at them. Look at the newer ones and try again.', { version: before?.version ?? 0 });
    await refuse(ctx, rules);
    await store.insertRouting(ctx.db, { version: version + 1, rules, at: iso(ctx.now), byId: ctx.actor.id });
    await ctx.record({ record: null, did: 'routing.changed', data: { version: version + 1, rules: rules.rules.length, inhibit: rules.inhibit.length } });
    return shownRouting(ctx);
  },

  async tryRouting(ctx, { rules, days }) {
    const faults = refuseRouting(rules);
    if (faults.length > 0) throw new Problem('invalid', faults[0]!.sentence, { fields: faults });
    const rows = await store.pastAlerts(ctx.db, ctx.actor, { since: iso(ctx.now - days * DAY), most: TRIED_MOST });
    const past = rows.toReversed().map((row) => ({ ...row, openedAt: ms(row.openedAt), resolvedAt: row.resolvedAt === null ? null : ms(row.resolvedAt) }));
    const now = tryRouting(readRouting((await store.routingNow(ctx.db))?.rules ?? PLAIN_ROUTING), past);
    const then = tryRouting(readRouting(rules), past);
    const changed = rows.filter(({ id }) => now.get(id)!.fate !== then.get(id)!.fate);
    return {
      alerts: rows.length,
      cut: rows.length === TRIED_MOST,
      before: fates(now.values()),
      after: fates(then.values()),
      changed: changed.slice(0, SHOWN_MOST).map(({ id, number, title, openedAt, severity }) => ({
        alert: { id, kind: 'alert', number, title },
        at: openedAt,
        severity,
        before: now.get(id)!.fate,
        after: then.get(id)!.fate,
        rule: then.get(id)!.rule,
      })),
    };
  },
};

async function refuse(ctx: Read, rules: Routing): Promise<void> {
  const faults = [...refuseRouting(rules)];
  const named = [...rules.rules.map(({ set }) => set.policy), rules.defaults.policy];
  for (const [place, policy] of named.entries()) {
    if (!policy) continue;
    const head = await byNumber(ctx.db, ctx.actor, policy).catch(() => null);
    if (head?.kind !== 'policy' || head.archivedAt !== null)
      faults.push({ field: place < rules.rules.length ? `rules.${place}.set.policy` : 'defaults.policy', sentence: `${policy} is not an escalation policy in use.` });
  }
  if (faults.length > 0) throw new Problem('invalid', faults[0]!.sentence, { fields: faults });
}

async function shownRouting(ctx: Read) {
  const row = await store.routingNow(ctx.db);
  const by = (await refsOf(ctx.db, ctx.actor, [row?.byId])).get(row?.byId ?? '') ?? null;
  const rules = row?.rules ?? PLAIN_ROUTING;
  return {
    version: row?.version ?? 0,
    rules: {
      ...rules,
      defaults: { ...rules.defaults, groupBy: [...rules.defaults.groupBy] },
      rules: rules.rules.map(({ set: { groupBy, ...rest }, ...rule }) => ({ ...rule, set: { ...rest, ...(groupBy ? { groupBy: [...groupBy] } : {}) } })),
      inhibit: rules.inhibit.map((one) => ({ ...one, equal: [...one.equal] })),
    },
    at: row?.at ?? null,
    by,
    may: { setRouting: refusePermission(ctx.actor, 'alerts.configure', alerts.permissions) ?? null },
  };
}
