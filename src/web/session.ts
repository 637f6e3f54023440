import { people } from '#capabilities/people/contract.ts';
import { api, useRead } from './api.ts';

export const peopleApi = api(people);

/** Who is signed in and what they may do; read once and kept fresh by the live stream. */
export function useMe() {
  const { data, loading, problem, again } = useRead(peopleApi.me, {});
  return { me: data, person: data?.person ?? undefined, loading, problem, again };
}

/** Whether the viewer has a permission; while that is not known, no. */
export function useMay(can: string): boolean {
  return useMe().me?.permissions.includes(can) ?? false;
}

/** A path of this app to return to after signing in; anything else is ignored. */
export function returnPath(search: string): string {
  const to = new URLSearchParams(search).get('to') ?? '/';
  return /^\/(?![/\\])/.test(to) ? to : '/';
}
