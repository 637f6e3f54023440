import { iso } from '#kernel/clock.ts';
import { cursorOf, keyOf } from '#kernel/cursor.ts';
import type { Actions, Read } from '#kernel/desk.ts';
import { invalidField } from '#kernel/problem.ts';
import { byNumber, refsOf } from '#kernel/records/index.ts';
import { actionsAt, casesOf, type Asked, type Case } from './cases.ts';
import type { Distribution, Measure, metrics, Opens } from './contract.ts';
import { refuseWindow, spreadOf, weeksIn, windowOf, type WeekSpan } from './rules.ts';

const CASES_MOST = 200_000;

interface Input {
  readonly from?: string | undefined;
  readonly until?: string | undefined;
  readonly service?: string | undefined;
  readonly team?: string | undefined;
  readonly severity?: readonly string[] | undefined;
}

export const actions: Actions<typeof metrics> = {
  timeToAcknowledge: (ctx, input) => distributions(ctx, 'timeToAcknowledge', input),
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

  async records(ctx, { measure, outcome, atLeastMs, belowMs, limit, cursor, ...input }) {
    const [at, id] = keyOf(cursor, 2);
    const asked = await askedOf(ctx, input);
    const rows = await casesOf(ctx, measure, {
      ...asked,
      outcome,
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

async function askedOf(ctx: Read, input: Input): Promise<Asked> {
  const window = windowOf(input, ctx.now);
  const refusal = refuseWindow(window);
  if (refusal) throw invalidField('from', refusal);
  const idOf = async (number: string | undefined) => (number === undefined ? null : (await byNumber(ctx.db, ctx.actor, number)).id);
  return { ...window, serviceId: await idOf(input.service), teamId: await idOf(input.team), severities: input.severity ?? null };
}

/** All cases of a window. A window with too many is refused: a figure of a part would be a wrong figure. */
async function gathered(ctx: Read, measure: Measure, input: Input): Promise<{ asked: Asked; all: readonly Case[]; weeks: readonly WeekSpan[] }> {
  const asked = await askedOf(ctx, input);
  const all = await casesOf(ctx, measure, { ...asked, outcome: 'all', atLeastMs: null, belowMs: null, limit: CASES_MOST + 1, before: undefined });
  if (all.length > CASES_MOST) throw invalidField('from', `There are more than ${CASES_MOST.toLocaleString('en')} in this window. Choose a shorter one.`);
  return { asked, all, weeks: weeksIn(asked.from, asked.until) };
}

function within(cases: readonly Case[], { from, until }: { from: number; until: number }): readonly Case[] {
  return cases.filter((one) => Date.parse(one.at) >= from && Date.parse(one.at) < until);
}

const spanOf = ({ from, until }: { from: number; until: number }) => ({ from: iso(from), until: iso(until) });

function opensOf(measure: Measure, input: Input, span: { from: number; until: number }): Opens {
  return {
    measure,
    ...spanOf(span),
    ...(input.service ? { service: input.service } : {}),
    ...(input.team ? { team: input.team } : {}),
    ...(input.severity ? { severity: [...input.severity] } : {}),
  };
}

async function distributions(ctx: Read, measure: Measure, input: Input) {
  const { asked, all, weeks } = await gathered(ctx, measure, input);
  const distribution = (cases: readonly Case[], span: { from: number; until: number }): Distribution => {
    const opens = opensOf(measure, input, span);
    const { buckets, ...figures } = spreadOf(cases.flatMap((one) => one.tookMs ?? []));
    return {
      ...figures,
      unanswered: cases.length - figures.count,
      opens: { ...opens, outcome: 'answered' },
      unansweredOpens: { ...opens, outcome: 'unanswered' },
      buckets: buckets.map((b) => ({ ...b, opens: { ...opens, outcome: 'answered' as const, atLeastMs: b.atLeastMs, ...(b.belowMs === null ? {} : { belowMs: b.belowMs }) } })),
    };
  };
  return {
    ...spanOf(asked),
    total: distribution(all, asked),
    weeks: weeks.map((week) => ({ ...spanOf(week), week: week.week, distribution: distribution(within(all, week), week) })),
  };
}
