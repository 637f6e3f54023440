import { memo } from 'react';
import type { MapEdge } from '../../contract/index.ts';
import type { Tone } from './look.ts';
import type { Arranged } from './use-layout.ts';

const BEND = 0.5;
const TIP = 5;

/** Straight beside the columns, bent between them; what leads back inside a circle comes in from the right. */
function pathOf({ points, isBack }: { readonly points: readonly number[]; readonly isBack: boolean }): string {
  let said = `M${points[0]} ${points[1]}`;
  if (isBack) {
    const [x1, y1, x2, y2] = points as [number, number, number, number];
    const swing = x1 === x2 ? 44 : Math.min(0, (x2 - x1) / 2);
    return `${said}C${x1 + swing} ${y1} ${x2 + Math.abs(swing)} ${y2} ${x2 + TIP} ${y2}`;
  }
  for (let i = 2; i < points.length; i += 4) {
    const [px, py, x, y] = [points[i - 2]!, points[i - 1]!, points[i]!, points[i + 1]!];
    const bend = px + (x - px) * BEND;
    const isLast = i + 2 >= points.length;
    said += `C${bend} ${py} ${bend} ${y} ${isLast ? x - TIP : x} ${y}`;
    if (!isLast) said += `H${points[i + 2]}`;
  }
  return said;
}

interface LinesProps {
  readonly edges: readonly MapEdge[];
  readonly routes: Arranged['routes'];
  readonly tones: ReadonlyMap<string, Tone>;
  /** Drawn above the others and marked: those of the thing pointed at, or the way of a failure. */
  readonly lit?: true;
  /** So many that they are drawn fainter, lest they hide what they connect. */
  readonly faint?: boolean;
}

const RANK: Readonly<Record<Tone, number>> = { '': 0, deg: 1, hit: 2 };

export const Lines = memo(function Lines({ edges, routes, tones, lit, faint }: LinesProps) {
  const toneOf = ({ from, to }: MapEdge) => tones.get(`${from} ${to}`) ?? '';
  const drawn = edges.toSorted((a, b) => RANK[toneOf(a)] - RANK[toneOf(b)]);
  return (
    <g className={`lines${lit ? ' lit' : ''}${faint ? ' faint' : ''}`} aria-hidden="true">
      {drawn.map((edge) => {
        const route = routes.get(`${edge.from} ${edge.to}`);
        if (!route) return null;
        const tone = toneOf(edge);
        const tip = lit || tone || route.isBack ? `url(#map-tip-${tone || (lit ? 'lit' : 'plain')})` : undefined;
        return (
          <path
            key={`${edge.from} ${edge.to}`}
            className={`ln ${edge.impact} ${tone}${route.isBack ? ' back' : ''}`}
            d={pathOf(route)}
            markerEnd={tip}
            {...(edge.count > 1 && { style: { strokeWidth: 1 + Math.log2(edge.count) / 4 } })}
          />
        );
      })}
    </g>
  );
});

/** Arrow heads, and the hatching of what is marked failed. */
export function Patterns() {
  return (
    <defs>
      {(['plain', 'lit', 'deg', 'hit'] as const).map((tone) => (
        <marker key={tone} id={`map-tip-${tone}`} viewBox="0 0 8 8" refX="5" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto">
          <path d="M1 1l6 3-6 3z" className={`tip-${tone}`} />
        </marker>
      ))}
      <pattern id="map-hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <path d="M0 0V7" className="hatch" />
      </pattern>
    </defs>
  );
}
