import type { Ref } from '#kernel/contract.ts';
import { Unreadable } from '#kernel/foreign.ts';
import { invalidField } from '#kernel/problem.ts';
import type { MovedRota, RotaMovePlan } from '../contract/moving.ts';
import * as store from '../store/index.ts';
import type { Found, FoundRota } from './found.ts';
import { readRotas } from './read.ts';
import { whoIsWho, type Seer } from './who.ts';

const MOST = 200;

/** What moving in would make, and for each new rota what it is made of; reads only. */
export async function planMove(ctx: Seer, source: string, said: Readonly<Record<string, string>>) {
  const found = read(source, ctx.now);
  if (found.rotas.length > MOST) throw invalidField('text', `It holds ${found.rotas.length} schedules. Move in at most ${MOST} at a time.`);
  const people = await whoIsWho(ctx, found.people, said);
  const there = new Map(
    (
      await store.rotasNamed(
        ctx.db,
        ctx.actor,
        found.rotas.map(({ name }) => name),
      )
    ).map((row) => [row.title.toLowerCase(), row]),
  );
  const names = new Map(found.people.map(({ key, name }) => [key, name]));
  const seen = new Set<string>();
  const planned = found.rotas.map((rota) => {
    const known = there.get(rota.name.toLowerCase());
    const line = { ...lineOf(rota, names), rota: known ? { id: known.id, kind: 'rota', number: known.number, title: known.title } : null };
    const because = known ? '' : refusalOf(rota, { people, names, isTwice: seen.has(rota.name.toLowerCase()) });
    seen.add(rota.name.toLowerCase());
    const becomes: MovedRota['becomes'] = known ? 'there' : because === '' ? 'new' : 'left';
    return { rota, line: { ...line, becomes, because } };
  });
  const count = (becomes: MovedRota['becomes']) => planned.filter(({ line }) => line.becomes === becomes).length;
  const plan: RotaMovePlan = {
    format: found.format,
    rotas: planned.map(({ line }) => line),
    people: found.people.map((one) => ({ ...one, person: people.get(one.key) ?? null })),
    counts: { new: count('new'), there: count('there'), left: count('left') },
  };
  return { plan, people, making: planned.filter(({ line }) => line.becomes === 'new').map(({ rota }) => rota) };
}

function read(source: string, now: number): Found {
  try {
    return readRotas(source, now);
  } catch (error) {
    if (error instanceof Unreadable) throw invalidField('text', error.message);
    throw error;
  }
}

function lineOf(rota: FoundRota, names: ReadonlyMap<string, string>): Omit<MovedRota, 'becomes' | 'because' | 'rota'> {
  const named = (groups: readonly (readonly string[])[]) => groups.map((group) => group.map((key) => names.get(key) ?? key).join(' and ') || 'Nobody');
  return {
    name: rota.name,
    zone: rota.zone,
    layers: rota.layers.map(({ name, people }) => ({ name, people: named(people) })),
    overrides: rota.overrides.length,
    notes: [...rota.notes],
  };
}

interface Around {
  readonly people: ReadonlyMap<string, Ref>;
  readonly names: ReadonlyMap<string, string>;
  readonly isTwice: boolean;
}

/** Why a rota cannot be made, as a sentence; empty when it can. */
function refusalOf(rota: FoundRota, { people, names, isTwice }: Around): string {
  if (rota.name === '') return 'It has no name.';
  if (isTwice) return 'It stands twice in the file, with the same name.';
  if (rota.layers.length === 0) return 'Nothing of it can be taken over.';
  const keys = new Set([...rota.layers.flatMap((layer) => layer.people.flat()), ...rota.overrides.map(({ person }) => person)]);
  const unknown = [...keys].filter((key) => !people.has(key)).map((key) => names.get(key) ?? key);
  return unknown.length === 0
    ? ''
    : `Say who ${unknown.slice(0, 3).join(', ')}${unknown.length > 3 ? ` and ${unknown.length - 3} more` : ''} ${unknown.length === 1 ? 'is' : 'are'} here, or invite them first.`;
}
