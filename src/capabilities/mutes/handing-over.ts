import { registerHandoverFacts } from '#capabilities/rotas/index.ts';
import { iso } from '#kernel/clock.ts';
import * as store from './store.ts';

const MOST = 100;

/** Mutes and maintenance that end in the coming shift: what they kept silent is heard again. */
registerHandoverFacts(async ({ db, actor }, { next }) => {
  const rows = await store.during(db, actor, { ...next, limit: MOST });
  const ending = rows.filter(({ over, endsAt }) => !over && endsAt !== null && endsAt <= iso(next.until));
  const lines = ending.map(({ id, number, title, kind, endsAt }) => ({
    sentence: `${kind === 'maintenance' ? 'Maintenance' : 'The mute'} “${title}” ends at ${endsAt?.slice(0, 16).replace('T', ' ')} UTC.`,
    record: { id, kind: 'mute', number, title },
  }));
  return { title: 'Mutes that end', lines };
});
