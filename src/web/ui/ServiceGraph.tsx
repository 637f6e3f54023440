import { Box } from 'lucide-react';
import { useEffect, useId, useRef, useState } from 'react';
import { fit } from './fit.ts';
import type { Picture } from './Icon.tsx';
import { layered } from './layers.ts';
import { Link } from './Link.tsx';
import { StatusShape, StatusText, type State } from './Status.tsx';

export interface GraphNode {
  readonly id: string;
  readonly label: string;
  readonly sub?: string;
  /** Nothing is drawn for a node that is well, so that trouble stands out; `word` says the state. */
  readonly state?: Exclude<State, 'info'>;
  readonly word?: string;
  readonly href: string;
  readonly icon?: Picture;
  /** Left out of the picture, which would be too tall to read with it. */
  readonly isTableOnly?: boolean;
}

export interface GraphEdge {
  /** The provider. */
  readonly from: string;
  /** What uses it. */
  readonly to: string;
  readonly state?: 'critical' | 'warning' | 'unknown';
}

type GraphProps = {
  readonly label: string;
  readonly middle: string;
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  readonly heads?: readonly [string, string, string, string, string];
};

const HEADS = ['Platform', 'Depends on', 'This service', 'Used by', 'Felt by'] as const;
const WORDS = {
  critical: 'failing',
  warning: 'impaired',
  good: 'well',
  unknown: 'unknown',
} as const;
const EDGE = { critical: 'hit', warning: 'deg', unknown: 'unk' } as const;
const PITCH = 219;
const ROW = 66;
const BOX = { width: 147, height: 45 };

// Widths between the icon and the mark, or the border, by the sizes of the letters in the style sheet.
const ROOM = { name: 110 / 12.5, marked: 92 / 12.5, sub: 130 / 11 };
const wordOf = (node: GraphNode) => node.word ?? (node.state ? WORDS[node.state] : 'well');

function Node({ node, x, y, isMiddle }: { readonly node: GraphNode; readonly x: number; readonly y: number; readonly isMiddle: boolean }) {
  const Of = node.icon ?? Box;
  const marked = node.state && node.state !== 'good' ? node.state : undefined;
  const says = [node.label, node.sub].filter(Boolean).join(', ');
  return (
    <Link href={node.href} className={`nd ${node.state ?? ''}${isMiddle ? ' me' : ''}`}>
      <rect className="bx" x={x + 0.5} y={y + 0.5} {...BOX} rx="6">
        <title>{says}</title>
      </rect>
      <Of className="i" x={x + 10} y={y + 9} width={14} height={14} strokeWidth={1.75} aria-hidden />
      <text className="nm" x={x + 30} y={y + 20}>
        {fit(node.label, marked ? ROOM.marked : ROOM.name)}
      </text>{' '}
      <text className="sb" x={x + 10} y={y + 36}>
        {fit(node.sub ?? wordOf(node), ROOM.sub)}
      </text>
      {node.state ? <text className="unseen">{`, ${wordOf(node)}`}</text> : null}
      {marked ? <StatusShape state={marked} className="st-i" x={x + 126} y={y + 9} size={14} /> : null}
    </Link>
  );
}

function Picture({ label, middle, nodes, edges, heads = HEADS }: GraphProps) {
  const mark = useId();
  const frame = useRef<HTMLDivElement>(null);
  const placed = layered(
    middle,
    nodes.map((node) => node.id),
    edges,
  );
  const columns = [...new Set(placed.map((place) => place.column))].sort((one, other) => one - other);
  const tallest = Math.max(...placed.map((place) => place.row)) * 2 + 1;
  const height = 24 + tallest * ROW - (ROW - BOX.height) + 4;
  const width = (columns.length - 1) * PITCH + BOX.width + 1;
  const at = new Map(placed.map((place) => [place.id, { x: columns.indexOf(place.column) * PITCH, y: 26 + (place.row + (tallest - 1) / 2) * ROW }]));
  const drawn = edges.toSorted((one, other) => Number(Boolean(one.state)) - Number(Boolean(other.state)));
  // Where not all of it has room, what the picture is about is seen first.
  useEffect(() => {
    const [box, node] = [frame.current, frame.current?.querySelector('.nd.me')?.getBoundingClientRect()];
    if (box && node) box.scrollLeft += node.left + node.width / 2 - box.getBoundingClientRect().left - box.clientWidth / 2;
  }, [middle]);
  return (
    <div className="gphw" ref={frame}>
      <svg className="gph" viewBox={`0 0 ${width} ${height}`} style={{ maxWidth: width, minWidth: Math.min(width, 860) }} role="group" aria-label={label}>
        <defs>
          {(['line-control', 'critical-solid', 'warning-solid', 'unknown-solid'] as const).map((colour) => (
            <marker key={colour} id={`${mark}${colour}`} viewBox="0 0 8 8" refX="6" refY="4" markerWidth="7" markerHeight="7" markerUnits="userSpaceOnUse" orient="auto">
              <path d="M1 1l6 3-6 3z" fill={`var(--${colour})`} />
            </marker>
          ))}
        </defs>
        {columns.map((column, index) => (
          <text key={column} className="col" x={index * PITCH} y="12">
            {heads[column + 2]}
          </text>
        ))}
        {drawn.map((edge) => {
          const start = at.get(edge.from);
          const end = at.get(edge.to);
          if (!start || !end || end.x <= start.x) return null;
          const [x1, y1, x2, y2] = [start.x + 148, start.y + 23, end.x - 5, end.y + 23];
          const bend = (x1 + x2 + 5) / 2;
          const colour = edge.state ? `${edge.state}-solid` : 'line-control';
          return (
            <path
              key={`${edge.from} ${edge.to}`}
              className={`e ${edge.state ? EDGE[edge.state] : ''}`}
              d={`M${x1} ${y1}C${bend} ${y1} ${bend} ${y2} ${x2} ${y2}`}
              markerEnd={`url(#${mark}${colour})`}
            />
          );
        })}
        {nodes.map((node) => {
          const place = at.get(node.id);
          return place ? <Node key={node.id} node={node} {...place} isMiddle={node.id === middle} /> : null;
        })}
      </svg>
    </div>
  );
}

function AsTable({ label, middle, nodes, edges, heads = HEADS }: GraphProps) {
  const named = new Map(nodes.map((node) => [node.id, node]));
  const placed = layered(middle, [...named.keys()], edges).toSorted((one, other) => one.column - other.column);
  return (
    <div className="tblw">
      <table className="flat" aria-label={label}>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Place</th>
            <th scope="col">State</th>
            <th scope="col">Depends on</th>
          </tr>
        </thead>
        <tbody>
          {placed.map(({ id, column }) => {
            const node = named.get(id);
            if (!node) return null;
            const providers = edges
              .filter((edge) => edge.to === id)
              .map((edge) => `${named.get(edge.from)?.label ?? edge.from}${edge.state === 'unknown' ? ' (not confirmed)' : ''}`);
            return (
              <tr key={id}>
                <td>
                  <Link href={node.href} className="b">
                    {node.label}
                  </Link>
                </td>
                <td className="m">{heads[column + 2]}</td>
                <td>{node.state ? <StatusText state={node.state}>{node.sub ?? wordOf(node)}</StatusText> : <span className="mut">{node.sub ?? 'well'}</span>}</td>
                <td className="m">{providers.join(', ')}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function Legend() {
  return (
    <div className="legend" style={{ marginTop: 12 }}>
      <StatusText state="critical">Failing</StatusText>
      <StatusText state="warning">Impaired</StatusText>
      <StatusText state="unknown">Unknown: not seen for 30 days</StatusText>
      {(['hit', 'unk'] as const).map((kind) => (
        <span key={kind}>
          <svg width="26" height="8" className="gph" aria-hidden="true">
            <path className={`e ${kind}`} d="M0 4h26" />
          </svg>
          {kind === 'hit' ? 'Failure passes on' : 'Edge not confirmed'}
        </span>
      ))}
    </div>
  );
}

function drawnOf({ nodes, edges }: GraphProps): Pick<GraphProps, 'nodes' | 'edges'> {
  const left = new Set(nodes.filter((node) => node.isTableOnly).map(({ id }) => id));
  return { nodes: nodes.filter(({ id }) => !left.has(id)), edges: edges.filter(({ from, to }) => !left.has(from) && !left.has(to)) };
}

/** What a service depends on and who uses it, two steps each way; the same as a table on request. */
export function ServiceGraph(props: GraphProps) {
  const [asTable, setAsTable] = useState(false);
  return (
    <>
      {asTable ? <AsTable {...props} /> : <Picture {...props} {...drawnOf(props)} />}
      <div className="row" style={{ flexWrap: 'wrap' }}>
        {asTable ? null : <Legend />}
        <span className="grow" />
        <button type="button" className="l textual" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
          {asTable ? 'As picture' : 'As table'}
        </button>
      </div>
    </>
  );
}
