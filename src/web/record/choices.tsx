import { catalog } from '#capabilities/catalog/contract/index.ts';
import { people } from '#capabilities/people/contract.ts';
import { api } from '#web/api.ts';
import type { Choosable } from '#web/ui/Combobox.tsx';
import { Avatar } from '#web/ui/People.tsx';

const MOST = 12;
const asked = (q: string) => ({ limit: MOST, ...(q.trim() && { q: q.trim() }) });

interface Named {
  readonly id: string;
  readonly number: string;
  readonly title: string;
}

/** A person as a choice; the id of a choice is the record number. */
export const personChoice = ({ id, number, title }: Named): Choosable => ({ id: number, label: title, picture: <Avatar person={{ id, name: title }} /> });
export const recordChoice = ({ number, title }: Named): Choosable => ({ id: number, label: title, detail: number });

/** People who can be named, for a Combobox; without words the first of them. */
export async function searchPeople(q: string): Promise<readonly Choosable[]> {
  const { items } = await api(people).list({ ...asked(q), state: ['active', 'invited'] });
  return items.map((each) => ({ ...personChoice({ ...each, title: each.name }), ...(each.jobTitle && { detail: each.jobTitle }) }));
}

export async function searchTeams(q: string): Promise<readonly Choosable[]> {
  const { items } = await api(people).teams(asked(q));
  return items.map(({ number, name }) => ({ id: number, label: name, detail: 'team' }));
}

export async function searchServices(q: string): Promise<readonly Choosable[]> {
  const { items } = await api(catalog).list(asked(q));
  return items.map(({ number, name, tier }) => ({ id: number, label: name, detail: `tier ${tier}` }));
}

export async function searchComponents(q: string): Promise<readonly Choosable[]> {
  const { items } = await api(catalog).components(asked(q));
  return items.map(({ number, name, type }) => ({ id: number, label: name, detail: type }));
}

/** Services first, then components. */
export async function searchCatalog(q: string): Promise<readonly Choosable[]> {
  const [services, components] = await Promise.all([searchServices(q), searchComponents(q)]);
  return [...services, ...components].slice(0, 2 * MOST);
}
