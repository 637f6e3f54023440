import type { Entry } from '#kernel/records/contract.ts';
import type { ReactNode } from 'react';
import { Link } from '#web/ui/Link.tsx';
import { words } from './words.ts';

const text = words.told;

function needsOf({ group, minUp, unit }: Entry['data']): string | undefined {
  if (typeof group !== 'string') return undefined;
  return text.needs(group, typeof minUp === 'number' ? `${minUp}${unit === 'percent' ? ' %' : ''}` : undefined);
}

/** An entry about a dependency with the record at its other end; the others say enough themselves. */
export function toldOf({ did, data, record }: Entry): ReactNode | undefined {
  if (did === 'redundancy.set') return needsOf(data);
  const { provider, consumer } = data;
  if (!did.startsWith('edge.') || typeof provider !== 'string' || typeof consumer !== 'string') return undefined;
  const isUses = consumer === record?.number;
  const other = isUses ? provider : consumer;
  const link = (
    <Link className="l" href={`/records/${other}`}>
      {other}
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
