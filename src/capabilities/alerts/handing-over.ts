import { registerHandoverFacts } from '#capabilities/rotas/index.ts';
import { iso } from '#kernel/clock.ts';
import type { AlertRow } from './store/index.ts';
import { openGroups } from './shown.ts';
import * as store from './store/index.ts';

const MOST = 30;

const lineOf = (row: AlertRow) => ({
  sentence: `${row.title} (${row.severity}, ${row.state})`,
  record: { id: row.id, kind: 'alert', number: row.number, title: row.title },
});

/** What fires when a shift ends, of the team whose rota it is. */
registerHandoverFacts(async (ctx, { teamId }) => {
  const groups = await openGroups(ctx, { teams: teamId ? [teamId] : undefined, limit: MOST });
  const lines = groups.map(({ title, severity, state, open, alert }) => ({
    sentence: `${title} (${severity}, ${state})${open > 1 ? `, ${open} alerts` : ''}`,
    record: { id: alert.id, kind: 'alert', number: alert.number, title: alert.title },
  }));
  return { title: 'Open alerts', lines };
});

/** What fired in the shift and is over. */
registerHandoverFacts(async ({ db, actor }, { teamId, shift }) => {
  const teams = teamId ? [teamId] : undefined;
  const rows = await store.list(db, actor, { states: ['resolved'], teams, from: iso(shift.from), until: iso(shift.until), limit: MOST + 1 });
  const more = rows.length > MOST ? [{ sentence: `And more: only the last ${MOST} are listed.`, record: null }] : [];
  return { title: 'Alerts of the shift that are over', lines: [...rows.slice(0, MOST).map(lineOf), ...more] };
});
