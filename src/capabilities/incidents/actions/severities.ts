import { iso } from '#kernel/clock.ts';
import type { Actions, Read, Write } from '#kernel/desk.ts';
import { refusePermission } from '#kernel/permissions.ts';
import { refsOf } from '#kernel/records/index.ts';
import { incidents, SEVERITIES } from '../contract.ts';
import { MEANINGS } from '../rules/severities.ts';
import * as store from '../store/severities.ts';

export const severityActions: Pick<Actions<typeof incidents>, 'severities' | 'defineSeverity'> = {
  severities: (ctx) => shown(ctx),

  async defineSeverity(ctx, { severity, means, examples }) {
    if (means === '') {
      if (await store.forget(ctx.db, severity)) await ctx.record({ record: null, did: 'severity.defined', data: { severity, own: false } });
      else ctx.unchanged();
      return shown(ctx);
    }
    await store.define(ctx.db, { severity, means, examples, writtenBy: ctx.actor.id, at: iso(ctx.now) });
    await ctx.record({ record: null, did: 'severity.defined', data: { severity, own: true } });
    return shown(ctx);
  },
};

async function shown({ db, actor }: Read | Write) {
  const written = new Map((await store.severities(db)).map((one) => [one.severity, one]));
  const refs = await refsOf(
    db,
    actor,
    [...written.values()].map(({ writtenBy }) => writtenBy),
  );
  return {
    items: SEVERITIES.map((severity) => {
      const own = written.get(severity);
      return { severity, ...(own ? { means: own.means, examples: own.examples } : MEANINGS[severity]), writtenBy: refs.get(own?.writtenBy ?? '') ?? null, at: own?.at ?? null };
    }),
    may: { write: refusePermission(actor, 'incidents.restrict', incidents.permissions) ?? null },
  };
}
