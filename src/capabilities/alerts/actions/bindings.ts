import { byNumber as recordByNumber } from '#kernel/records/index.ts';
import type { Actions, Read, Write } from '#kernel/desk.ts';
import { uuidv7 } from '#kernel/ids.ts';
import { invalidField } from '#kernel/problem.ts';
import { alerts } from '../contract/index.ts';
import { serviceLabels } from '../rules/bind.ts';
import { parseMatchers } from '#capabilities/mutes/rules/index.ts';
import * as store from '../store/index.ts';

export const bindingActions: Pick<Actions<typeof alerts>, 'bindings' | 'setBindings'> = {
  bindings: (ctx) => shownBindings(ctx),

  async setBindings(ctx, { rules }) {
    for (const [place, rule] of rules.entries()) {
      const parsed = parseMatchers(rule.matchers);
      if ('error' in parsed) throw invalidField(`rules.${place}.matchers`, parsed.error);
    }
    const services = await Promise.all(rules.map((rule) => recordByNumber(ctx.db, ctx.actor, rule.service)));
    await store.tables(ctx.db).deleteFrom('alertsBinding').execute();
    if (rules.length > 0) {
      await store
        .tables(ctx.db)
        .insertInto('alertsBinding')
        .values(rules.map((rule, position) => ({ id: uuidv7(ctx.now), position, matchers: rule.matchers, serviceId: services[position]?.id ?? '' })))
        .execute();
    }
    await ctx.record({ record: null, did: 'bindings.changed', data: { rules: rules.length } });
    return shownBindings(ctx);
  },
};

type Seer = Pick<Read | Write, 'db' | 'actor'>;

async function shownBindings({ db, actor }: Seer) {
  const rows = await store.bindings(db, actor);
  return {
    labelNames: [...serviceLabels],
    items: rows.map((row) => ({ id: row.id, matchers: row.matchers, service: { id: row.serviceId, kind: row.kind, number: row.number, title: row.title } })),
  };
}
