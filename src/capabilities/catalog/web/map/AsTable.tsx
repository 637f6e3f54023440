import { useState } from 'react';
import { Button } from '#web/ui/Button.tsx';
import { Link } from '#web/ui/Link.tsx';
import { StatusText } from '#web/ui/Status.tsx';
import type { MapNode } from '../../contract/index.ts';
import { HealthText } from '../look.tsx';
import { words as catalogWords } from '../words.ts';
import { FateBadge } from './Fall.tsx';
import { groupSays, kindOf } from './look.ts';
import { hrefOf } from './Panel.tsx';
import type { MapData } from './use-layout.ts';
import { words } from './words.ts';

const text = words.table;
const STEP = 100;
const NAMES_MOST = 6;

/** All that the picture says, in lines. */
export function AsTable({ data, onOpenGroup }: { readonly data: MapData; readonly onOpenGroup: (key: string) => void }) {
  const [shown, setShown] = useState(STEP);
  const labels = new Map(data.groups.map(({ key, label }) => [key, label]));
  const names = new Map([...labels, ...data.nodes.map(({ number, name }) => [number, name] as const)]);
  const closed = data.groups.filter(({ isOpen }) => !isOpen);
  const [needs, users] = [Map.groupBy(data.edges, ({ to }) => to), Map.groupBy(data.edges, ({ from }) => from)];
  const namesOf = (ids: readonly string[]) =>
    ids
      .slice(0, NAMES_MOST)
      .map((id) => names.get(id) ?? id)
      .join(', ') + (ids.length > NAMES_MOST ? ` and ${ids.length - NAMES_MOST} more` : '');
  const near = (id: string) => (
    <>
      <td className="m">{namesOf((needs.get(id) ?? []).map(({ from }) => from))}</td>
      <td className="m">{namesOf((users.get(id) ?? []).map(({ to }) => to))}</td>
    </>
  );
  return (
    <div className="tblw maptable">
      <table className="flat" aria-label={text.label}>
        <thead>
          <tr>
            {[text.name, text.state, text.group, text.needs, text.usedBy].map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {closed.map((group) => (
            <tr key={group.key}>
              <td>
                <button type="button" className="textual" onClick={() => onOpenGroup(group.key)}>
                  {group.label}
                </button>
              </td>
              <td>
                {group.health === 'critical' || group.health === 'warning' ? (
                  <StatusText state={group.health}>{catalogWords.health[group.health]}</StatusText>
                ) : (
                  <span className="mut">{groupSays(group)}</span>
                )}
              </td>
              <td className="m">{words.records(group.nodeCount)}</td>
              {near(group.key)}
            </tr>
          ))}
          {data.nodes.slice(0, shown).map((node) => (
            <tr key={node.number}>
              <td>
                <Link className="b" href={hrefOf(node)}>
                  {node.name}
                </Link>{' '}
                <span className="dim s12">{kindOf(node)}</span>
              </td>
              <td>
                <Standing node={node} />
              </td>
              <td className="m">{labels.get(node.group)}</td>
              {near(node.number)}
            </tr>
          ))}
        </tbody>
      </table>
      {data.nodes.length > shown ? (
        <div className="listfoot">
          <Button size="small" variant="quiet" onClick={() => setShown(shown + STEP)}>{`Show ${Math.min(STEP, data.nodes.length - shown)} more`}</Button>
        </div>
      ) : null}
    </div>
  );
}

function Standing({ node }: { readonly node: MapNode }) {
  if (!node.falls) return node.kind === 'service' ? <HealthText health={node.health} /> : <span className="dim">–</span>;
  return (
    <>
      <FateBadge fate={node.falls} />
      {node.why ? <div className="mut s12">{node.why}</div> : null}
    </>
  );
}
