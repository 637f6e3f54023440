import { peopleByAddress, peopleByName } from '#capabilities/people/index.ts';
import type { Ref } from '#kernel/contract.ts';
import type { Read, Write } from '#kernel/desk.ts';
import { invalidField } from '#kernel/problem.ts';
import { byNumber, refsOf } from '#kernel/records/index.ts';
import type { FoundPerson } from './found.ts';

export type Seer = Pick<Read | Write, 'db' | 'actor' | 'now'>;

/** Who the people of a file are here: by what was said, else by the address, else by a name that only one person has. */
export async function whoIsWho(ctx: Seer, people: readonly FoundPerson[], said: Readonly<Record<string, string>>): Promise<ReadonlyMap<string, Ref>> {
  const byAddress = await peopleByAddress(
    ctx.db,
    people.flatMap(({ email }) => email ?? []),
  );
  const byName = await peopleByName(
    ctx.db,
    people.filter(({ email }) => email === null).map(({ name }) => name),
  );
  const refs = await refsOf(ctx.db, ctx.actor, [...byAddress.values(), ...byName.values()]);
  const who = new Map<string, Ref>();
  for (const { key, email, name } of people) {
    const number = Object.hasOwn(said, key) ? said[key] : undefined;
    const ref = number === undefined ? refs.get((email === null ? byName.get(name.toLowerCase()) : byAddress.get(email)) ?? '') : await byNumber(ctx.db, ctx.actor, number);
    if (ref && ref.kind !== 'person') throw invalidField('people', `${ref.number} is not a person. Name people, such as PER-1.`);
    if (ref) who.set(key, { id: ref.id, kind: ref.kind, number: ref.number, title: ref.title });
  }
  return who;
}
