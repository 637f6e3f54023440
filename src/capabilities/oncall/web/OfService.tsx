import { api, useRead } from '#web/api.ts';
import { AvatarStack, Person } from '#web/ui/People.tsx';
import { Link } from '#web/ui/Link.tsx';
import { StatusText } from '#web/ui/Status.tsx';
import { oncall } from '../contract.ts';
import { words } from './words.ts';

const useFirst = (number: string) => useRead(api(oncall).forService, { number }, { on: ['rota.', 'policy.'] }).data;

/** Who would be paged first for a service now. */
export function OnCallOf({ number }: { readonly number: string }) {
  const data = useFirst(number);
  const people = data?.first.map(({ id, title }) => ({ id, name: title })) ?? [];
  const [first, ...rest] = people;
  if (!data) return <span className="dim">–</span>;
  if (!first) return <StatusText state="critical">{words.nobody}</StatusText>;
  return rest.length ? <AvatarStack people={people} /> : <Person person={first} />;
}

/** The policy through which a service pages. */
export function PolicyOf({ number }: { readonly number: string }) {
  const policy = useFirst(number)?.policy;
  return policy ? (
    <Link className="l" href={`/policies/${policy.number}`}>
      {policy.name}
    </Link>
  ) : (
    <span className="dim">–</span>
  );
}
