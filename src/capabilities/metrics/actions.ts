import { cursorOf, keyOf } from '#kernel/cursor.ts';
import type { Actions } from '#kernel/desk.ts';
import { refsOf } from '#kernel/records/index.ts';
import { actionsAt, casesOf } from './cases.ts';
import type { metrics } from './contract.ts';
import { counted } from './counting.ts';
import { askedOf, distributions, gathered, opensOf, spanOf, within } from './gathering.ts';
import { setWanted, wantedBy } from './readers.ts';
import { reportOf } from './report.ts';
import { weeksIn } from './rules.ts';

export const actions: Actions<typeof metrics> = {
  timeToDetect: (ctx, input) => distributions(ctx, 'timeToDetect', input),
  timeToAcknowledge: (ctx, { of, ...input }) => distributions(ctx, of === 'incidents' ? 'timeToAcknowledgeIncident' : 'timeToAcknowledge', input),
  timeToContain: (ctx, input) => distributions(ctx, 'timeToContain', input),
  timeToResolve: (ctx, { of, ...input }) => distributions(ctx, of === 'alerts' ? 'timeToResolveAlert' : 'timeToResolveIncident', input),

  async alertVolume(ctx, input) {
    const { asked, all, weeks } = await gathered(ctx, 'alerts', input);
    const byService = [...Map.groupBy(all, (one) => one.service)].toSorted(([, a], [, b]) => b.length - a.length).slice(0, 100);
    const refs = await refsOf(
      ctx.db,
      ctx.actor,
      byService.map(([id]) => id),
    );
    const services = byService.flatMap(([id, cases]) => {
      const service = refs.get(id ?? '') ?? null;
      return id !== null && service === null
        ? []
        : [
            {
              service,
              total: cases.length,
              weeks: weeks.map((week) => ({
                week: week.week,
                count: within(cases, week).length,
                opens: opensOf('alerts', { ...input, ...(service ? { service: service.number } : {}) }, week),
              })),
            },
          ];
    });
    return {
      ...spanOf(asked),
      weeks: weeks.map((week) => ({ ...spanOf(week), week: week.week, count: within(all, week).length, opens: opensOf('alerts', input, week) })),
      services,
    };
  },

  async pagesOutOfHours(ctx, input) {
    const { asked, all, weeks } = await gathered(ctx, 'pages', input);
    const { all: late } = await gathered(ctx, 'pagesOutOfHours', input);
    return {
      ...spanOf(asked),
      weeks: weeks.map((week) => ({
        ...spanOf(week),
        week: week.week,
        all: { count: within(all, week).length, opens: opensOf('pages', input, week) },
        outOfHours: { count: within(late, week).length, opens: opensOf('pagesOutOfHours', input, week) },
      })),
    };
  },

  async incidentsPerWeek(ctx, input) {
    const { asked, all, weeks } = await gathered(ctx, 'incidents', input);
    return {
      ...spanOf(asked),
      weeks: weeks.map((week) => {
        const cases = within(all, week);
        return {
          ...spanOf(week),
          week: week.week,
          count: cases.length,
          opens: opensOf('incidents', input, week),
          severities: ['SEV1', 'SEV2', 'SEV3', 'SEV4'].map((severity) => ({
            severity,
            count: cases.filter((one) => one.severity === severity).length,
            opens: opensOf('incidents', { ...input, severity: [severity] }, week),
          })),
        };
      }),
    };
  },

  async overdueActions(ctx, input) {
    const asked = await askedOf(ctx, input);
    const weeks = weeksIn(asked.from, asked.until);
    const found = await actionsAt(
      ctx,
      weeks.map((week) => week.until),
      asked.teamId,
    );
    return {
      ...spanOf(asked),
      weeks: weeks.map((week) => {
        const { open, overdue } = found.get(week.until) ?? { open: 0, overdue: 0 };
        return { ...spanOf(week), week: week.week, open, overdue: { count: overdue, opens: opensOf('overdueActions', input, week) } };
      }),
    };
  },

  ...counted,

  async report(ctx, { month, team }) {
    return { ...(await reportOf(ctx, { month, team })), wanted: ctx.actor.id !== null && (await wantedBy(ctx.db)).includes(ctx.actor.id) };
  },

  async wantReport(ctx, { wanted }) {
    await setWanted(ctx, wanted);
    return { wanted };
  },

  async records(ctx, { measure, outcome, atLeastMs, belowMs, title, limit, cursor, ...input }) {
    const [at, id] = keyOf(cursor, 2);
    const asked = await askedOf(ctx, input);
    const rows = await casesOf(ctx, measure, {
      ...asked,
      outcome,
      title: title ?? null,
      atLeastMs: atLeastMs ?? null,
      belowMs: belowMs ?? null,
      limit: limit + 1,
      before: at && id ? { at, id } : undefined,
    });
    const shown = rows.slice(0, limit);
    const refs = await refsOf(
      ctx.db,
      ctx.actor,
      shown.flatMap((row) => [row.record, row.service]),
    );
    const last = rows.length > limit ? shown.at(-1) : undefined;
    return {
      items: shown.flatMap((row) => {
        const record = refs.get(row.record);
        return record ? [{ record, at: row.at, service: refs.get(row.service ?? '') ?? null, severity: row.severity, tookMs: row.tookMs }] : [];
      }),
      cursor: last ? cursorOf([last.at, last.entry]) : null,
    };
  },
};
