import { ms } from '#kernel/clock.ts';
import type { Ref } from '#kernel/contract.ts';
import type { Actions, Write } from '#kernel/desk.ts';
import { invalidField } from '#kernel/problem.ts';
import type { rotas } from '../contract/index.ts';
import { planMove } from '../importing/plan.ts';
import { planShifts } from '../importing/shift-plan.ts';
import { localAt } from '../rules/sentences.ts';
import type { FoundRota } from '../importing/found.ts';
import { layerActions, type LayerInput } from './layers.ts';
import { overrideActions } from './overrides.ts';
import { rotaActions } from './rotas.ts';
import { rotaRow } from './shown.ts';
import { temporaryActions } from './temporary.ts';

/** Rotas of another system, first as a plan, then made by the same verbs as any. */
export const movingActions: Pick<Actions<typeof rotas>, 'planMove' | 'moveIn' | 'planShifts' | 'takeShifts'> = {
  planMove: async (ctx, { text, people }) => (await planMove(ctx, text, people)).plan,

  planShifts: async (ctx, { number, ...asked }) => planShifts(ctx, (await rotaRow(ctx, number)).zone, asked),

  async takeShifts(ctx, { number, ...asked }) {
    const { zone } = await rotaRow(ctx, number);
    const plan = await planShifts(ctx, zone, asked);
    if (plan.because !== null || plan.from === null || plan.until === null) throw invalidField('text', plan.because ?? 'No shift lies ahead.');
    const local = (at: string) => localAt(zone, ms(at));
    const shifts = plan.shifts.map(({ from, until, person }) => ({ person: person?.number ?? '', from: local(from), until: local(until) }));
    return temporaryActions.setTemporary(ctx, { number, from: local(plan.from), until: local(plan.until), shifts, note: 'From a calendar' });
  },

  async moveIn(ctx, { text, people: said }) {
    const { plan, people, making } = await planMove(ctx, text, said);
    const made: Ref[] = [];
    for (const rota of making) made.push(await make(ctx, rota, (key) => people.get(key)?.number ?? ''));
    if (made.length === 0) ctx.unchanged();
    return { plan, made };
  },
};

async function make(ctx: Write, found: FoundRota, numberOf: (key: string) => string): Promise<Ref> {
  const [first, ...others] = found.layers.map(({ zone, from, until, people, hours, ...layer }): LayerInput => ({
    ...layer,
    people: people.map((group) => group.map(numberOf)),
    hours: [...hours],
    shadow: false,
    onHolidays: 'as usual',
    ...(zone !== null && { zone }),
    ...(from !== null && { from }),
    ...(until !== null && { until }),
  }));
  if (!first) throw new Error(`${found.name} has no layer`);
  let rota = await rotaActions.create(ctx, { name: found.name, about: found.about.slice(0, 500), zone: found.zone, layer: first });
  for (const layer of others) rota = await layerActions.addLayer(ctx, { number: rota.number, version: rota.version, ...layer });
  for (const { person, from, until } of found.overrides) {
    await overrideActions.override(ctx, { number: rota.number, kind: 'replace', person: numberOf(person), instead: null, from, until, layerId: null, note: 'Brought along' });
  }
  return { id: rota.id, kind: 'rota', number: rota.number, title: rota.name };
}
