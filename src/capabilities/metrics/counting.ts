import type { Actions } from '#kernel/desk.ts';
import { refsOf } from '#kernel/records/index.ts';
import { findingsOf } from './cases.ts';
import type { Measure, metrics, Opens } from './contract.ts';
import { gathered, opensOf, spanOf, type Input, type Seer } from './gathering.ts';

type Counting = Pick<Actions<typeof metrics>, 'incidentsBy' | 'repeats' | 'noisiest' | 'promises'>;
const NOISIEST = 20;

/** Figures that count: each with the list of what it counts. */
export const counted: Counting = {
  async incidentsBy(ctx, { by, ...input }) {
    const { asked, all } = await gathered(ctx, 'incidents', input);
    const opens = (more: Partial<Opens>): Opens => ({ ...opensOf('incidents', input, asked), ...more });
    const named = by === 'severity' || by === 'service' ? [] : await findingsOf(ctx, [...new Set(all.map((one) => one.record))]);
    if (by === 'severity')
      return { ...spanOf(asked), items: groups(all, (one) => one.severity ?? '').map(({ name, cases }) => ({ name, count: cases.length, opens: opens({ severity: [name] }) })) };
    if (by === 'service') {
      const refs = await refsOf(
        ctx.db,
        ctx.actor,
        all.map((one) => one.service),
      );
      const items = groups(all, (one) => one.service ?? '').flatMap(({ name, cases }) => {
        const service = refs.get(name);
        return service ? [{ name: service.title, count: cases.length, opens: opens({ service: service.number }) }] : [];
      });
      return { ...spanOf(asked), items };
    }
    const pairs = [...new Set(named.map((one) => `${one.incident} ${one[by]}`))].map((pair) => pair.slice(37));
    return { ...spanOf(asked), items: groups(pairs, (name) => name).map(({ name, cases }) => ({ name, count: cases.length, opens: opens({ [by]: name }) })) };
  },

  async repeats(ctx, input) {
    const { asked } = await gathered(ctx, 'incidents', input);
    return { ...spanOf(asked), named: await countOf(ctx, 'namedIncidents', input), repeated: await countOf(ctx, 'repeatedIncidents', input) };
  },

  async noisiest(ctx, input) {
    const { asked, all } = await gathered(ctx, 'timeToAcknowledge', input);
    const refs = await refsOf(ctx.db, ctx.actor, [...all.map((one) => one.record), ...all.map((one) => one.service)]);
    const loud = groups(all, (one) => `${one.service ?? ''} ${refs.get(one.record)?.title ?? ''}`).slice(0, NOISIEST);
    const items = loud.flatMap(({ cases }) => {
      const title = refs.get(cases[0]?.record ?? '')?.title;
      const service = refs.get(cases[0]?.service ?? '') ?? null;
      if (title === undefined || (service === null && cases[0]?.service)) return [];
      const opens = { ...opensOf('alerts', input, asked), title, ...(service && { service: service.number }) };
      return [{ title, service, count: cases.length, answered: cases.filter((one) => one.tookMs !== null).length, opens }];
    });
    return { ...spanOf(asked), items };
  },

  async promises(ctx, input) {
    const { asked } = await gathered(ctx, 'incidents', input);
    const pair = async (all: Measure, late: Measure) => ({ all: await countOf(ctx, all, input), late: await countOf(ctx, late, input) });
    return {
      ...spanOf(asked),
      updates: await pair('incidents', 'lateUpdates'),
      reviews: await pair('reviewsDue', 'reviewsLate'),
      actions: await pair('actionsDue', 'actionsLate'),
    };
  },
};

async function countOf(ctx: Seer, measure: Measure, input: Input): Promise<{ count: number; opens: Opens }> {
  const { asked, all } = await gathered(ctx, measure, input);
  return { count: all.length, opens: opensOf(measure, input, asked) };
}

/** The largest first; of equals, by name. */
function groups<T>(all: readonly T[], nameOf: (one: T) => string): readonly { name: string; cases: readonly T[] }[] {
  return [...Map.groupBy(all, nameOf)].map(([name, cases]) => ({ name, cases })).toSorted((a, b) => b.cases.length - a.cases.length || a.name.localeCompare(b.name));
}
