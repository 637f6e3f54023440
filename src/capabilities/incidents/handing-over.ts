import { registerHandoverFacts } from '#capabilities/rotas/index.ts';
import { iso } from '#kernel/clock.ts';
import * as store from './store/incidents.ts';

const MOST = 30;

/** Incidents that run, and those that were declared in the shift and are over. */
registerHandoverFacts(async ({ db, actor }, { teamId, shift }) => {
  const team = teamId ? { teamId } : {};
  const live = await store.list(db, actor, { live: 'live', ...team, limit: MOST });
  const over = await store.list(db, actor, { live: 'over', ...team, from: iso(shift.from), until: iso(shift.until), limit: MOST });
  const lines = [...live, ...over].map(({ id, number, title, severity, stage }) => ({
    sentence: `${severity} ${stage}: ${title}`,
    record: { id, kind: 'incident', number, title },
  }));
  return { title: 'Incidents', lines };
});
