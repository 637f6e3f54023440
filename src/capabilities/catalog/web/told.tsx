import type { Entry } from '#kernel/records/contract.ts';
import type { ReactNode } from 'react';
import { api, useRead } from '#web/api.ts';
import { Link } from '#web/ui/Link.tsx';
import { catalog } from '../contract/index.ts';
import { words } from './words.ts';

const text = words.told;

function needsOf({ group, minUp, unit }: Entry['data']): string | undefined {
  if (typeof group !== 'string') return undefined;
  return text.needs(group, typeof minUp === 'number' ? `${minUp}${unit === 'percent' ? ' %' : ''}` : undefined);
}

/** Tells entries about dependencies with the name of the record at the other end, where the graph still knows it. */
export function useTold(number: string): (entry: Entry) => ReactNode | undefined {
  const { data } = useRead(api(catalog).graph, { number, hops: 2 });
  const names = new Map(data?.nodes.map((node) => [node.number, node.name]));
  return (entry) => toldOf(entry, names);
}

function toldOf({ did, data, record }: Entry, names: ReadonlyMap<string, string>): ReactNode | undefined {
  if (did === 'redundancy.set') return needsOf(data);
  const { provider, consumer } = data;
  if (!did.startsWith('edge.') || typeof provider !== 'string' || typeof consumer !== 'string') return undefined;
  const isUses = consumer === record?.number;
  const other = isUses ? provider : consumer;
  const link = (
    <Link className="l" href={`/records/${other}`}>
      {names.get(other) ?? other}
    </Link>
  );
  const said = text.edges[did as keyof typeof text.edges];
  if (!said) return undefined;
  return isUses ? (
    <>
      {said.uses} {link}.
    </>
  ) : (
    <>
      {said.used} {link}.
    </>
  );
}
