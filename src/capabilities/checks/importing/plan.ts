import { serviceSlugs, servicesByIds } from '#capabilities/catalog/index.ts';
import type { Read } from '#kernel/desk.ts';
import { invalidField, Problem } from '#kernel/problem.ts';
import { refsOf } from '#kernel/records/index.ts';
import type { MoveLine, MovePlan } from '../contract/index.ts';
import { ProbeConfig, targetOf } from '../probes/index.ts';
import { takeProbe } from '../settings.ts';
import * as store from '../store/index.ts';
import { Unreadable } from '#kernel/foreign.ts';
import { type Item, type Moving } from './item.ts';
import { readMoving } from './read.ts';

const MOST = 1000;

interface Service {
  readonly id: string;
  readonly number: string;
  readonly teamId: string | null;
}

/** One line of the plan, and what a new check is made of. */
export interface Planned {
  readonly line: MoveLine;
  readonly making: { readonly probe: ProbeConfig; readonly service: Service | null; readonly paused: boolean } | undefined;
}

/** What moving in would make; reads only. */
export async function planMove(ctx: Read, source: string): Promise<{ readonly planned: readonly Planned[]; readonly plan: MovePlan }> {
  const moving = movingOf(source);
  if (moving.items.length > MOST) throw invalidField('text', `It names ${moving.items.length} checks. Move in at most ${MOST} at a time: split the file.`);
  const [services, there] = [
    await servicesOf(ctx, moving.items),
    await store.byOrigins(
      ctx.db,
      moving.items.map(({ key }) => key),
    ),
  ];
  const refs = await refsOf(ctx.db, ctx.actor, [...there.values(), ...[...services.values()].map(({ id }) => id)]);
  const seen = new Set<string>();
  const planned = moving.items.map((item): Planned => {
    const service = item.group === null ? undefined : services.get(item.group.toLowerCase());
    const known = there.get(item.key);
    const isTwice = seen.has(item.key);
    seen.add(item.key);
    const head = {
      key: item.key,
      name: item.name,
      kind: item.kind,
      target: '',
      service: refs.get(service?.id ?? '') ?? null,
      check: null,
      notes: notesOf(item, service !== undefined),
      because: '',
    };
    if (isTwice) return { line: { ...head, becomes: 'left', because: 'It stands twice in the file, with the same name.' }, making: undefined };
    if (known !== undefined) return { line: { ...head, becomes: 'there', check: refs.get(known) ?? null, notes: [] }, making: undefined };
    const taken = takenOf(ctx, item);
    if ('because' in taken) return { line: { ...head, becomes: 'left', because: taken.because }, making: undefined };
    return { line: { ...head, becomes: 'new', target: targetOf(taken.probe) }, making: { probe: taken.probe, service: service ?? null, paused: item.paused } };
  });
  const count = (what: MoveLine['becomes']) => planned.filter(({ line }) => line.becomes === what).length;
  return {
    planned,
    plan: { format: moving.format, lines: planned.map(({ line }) => line), left: [...moving.left], counts: { new: count('new'), there: count('there'), left: count('left') } },
  };
}

function movingOf(source: string): Moving {
  try {
    return readMoving(source);
  } catch (error) {
    if (error instanceof Unreadable) throw invalidField('text', error.message);
    throw error;
  }
}

function notesOf({ notes, group, paused }: Item, isBound: boolean): string[] {
  return [
    ...notes,
    ...(paused ? ['It is paused there, so it will be here.'] : []),
    ...(group !== null && !isBound ? [`There is no service “${group}”: it is bound to none.`] : []),
  ];
}

/** Settings as the form would send them, or the sentence by which the form would be refused. */
function takenOf(ctx: Read, { probe, because }: Item): { readonly probe: ProbeConfig } | { readonly because: string } {
  if (probe === undefined) return { because };
  const read = ProbeConfig.safeParse(probe);
  if (!read.success) {
    const [issue] = read.error.issues;
    return { because: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not valid'}` };
  }
  try {
    return { probe: takeProbe(ctx, read.data) };
  } catch (error) {
    if (error instanceof Problem) return { because: error.sentence };
    throw error;
  }
}

/** Services that the viewer sees, by the names and short names that groups have. */
async function servicesOf(ctx: Read, items: readonly Item[]): Promise<ReadonlyMap<string, Service>> {
  const wanted = new Set(items.flatMap(({ group }) => (group === null ? [] : [group.toLowerCase()])));
  if (wanted.size === 0) return new Map();
  const named = (await serviceSlugs(ctx.db)).filter(({ name, slug }) => wanted.has(name.toLowerCase()) || wanted.has(slug));
  const seen = await servicesByIds(
    ctx.db,
    ctx.actor,
    named.map(({ id }) => id),
  );
  return new Map(named.filter(({ id }) => seen.has(id)).flatMap((one) => [[one.slug, one] as const, [one.name.toLowerCase(), one] as const]));
}
