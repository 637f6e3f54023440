import { iso } from '#kernel/clock.ts';
import type { Read, Write } from '#kernel/desk.ts';
import { invalidField } from '#kernel/problem.ts';
import { byNumber } from '#kernel/records/index.ts';
import { casesOf, type Asked, type Case } from './cases.ts';
import type { Distribution, Measure, Opens } from './contract.ts';
import { refuseWindow, spreadOf, weeksIn, windowOf, type WeekSpan } from './rules.ts';

const CASES_MOST = 200_000;

export type Seer = Pick<Read | Write, 'db' | 'actor' | 'now'>;

export interface Input {
  readonly from?: string | undefined;
  readonly until?: string | undefined;
  readonly service?: string | undefined;
  readonly team?: string | undefined;
  readonly severity?: readonly string[] | undefined;
  readonly factor?: string | undefined;
  readonly category?: string | undefined;
  readonly practice?: boolean | undefined;
}

export async function askedOf(ctx: Seer, input: Input): Promise<Asked> {
  const window = windowOf(input, ctx.now);
  const refusal = refuseWindow(window);
  if (refusal) throw invalidField('from', refusal);
  const idOf = async (number: string | undefined) => (number === undefined ? null : (await byNumber(ctx.db, ctx.actor, number)).id);
  return {
    ...window,
    serviceId: await idOf(input.service),
    teamId: await idOf(input.team),
    severities: input.severity ?? null,
    factor: input.factor ?? null,
    category: input.category ?? null,
    title: null,
    practice: input.practice ?? false,
  };
}

/** All cases of a window. A window with too many is refused: a figure of a part would be a wrong figure. */
export async function gathered(ctx: Seer, measure: Measure, input: Input): Promise<{ asked: Asked; all: readonly Case[]; weeks: readonly WeekSpan[] }> {
  const asked = await askedOf(ctx, input);
  const all = await casesOf(ctx, measure, { ...asked, outcome: 'all', atLeastMs: null, belowMs: null, limit: CASES_MOST + 1, before: undefined });
  if (all.length > CASES_MOST) throw invalidField('from', `There are more than ${CASES_MOST.toLocaleString('en')} in this window. Choose a shorter one.`);
  return { asked, all, weeks: weeksIn(asked.from, asked.until) };
}

export function within(cases: readonly Case[], { from, until }: { from: number; until: number }): readonly Case[] {
  return cases.filter((one) => Date.parse(one.at) >= from && Date.parse(one.at) < until);
}

export const spanOf = ({ from, until }: { from: number; until: number }) => ({ from: iso(from), until: iso(until) });

export function opensOf(measure: Measure, input: Input, span: { from: number; until: number }): Opens {
  return {
    measure,
    ...spanOf(span),
    ...(input.service ? { service: input.service } : {}),
    ...(input.team ? { team: input.team } : {}),
    ...(input.severity ? { severity: [...input.severity] } : {}),
    ...(input.factor ? { factor: input.factor } : {}),
    ...(input.category ? { category: input.category } : {}),
    ...(input.practice ? { practice: true } : {}),
  };
}

export async function distributions(ctx: Seer, measure: Measure, input: Input) {
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
