import { ChevronsUpDown, Shield, Zap } from 'lucide-react';
import { memo } from 'react';
import { fit } from '#web/ui/fit.ts';
import { StatusShape } from '#web/ui/Status.tsx';
import type { Picture } from '#web/ui/Icon.tsx';
import { BOX_WIDTH, type Box } from './layout/index.ts';
import type { Look } from './look.ts';

interface ThingProps {
  readonly box: Box;
  readonly look: Look;
  readonly icon: Picture;
  readonly isGroup: boolean;
  readonly isSelected: boolean;
  readonly isHub: boolean;
  /** Neither marked nor falling while something is. */
  readonly isQuiet: boolean;
  /** The one that the tab key reaches; arrows lead on from there. */
  readonly isEntry: boolean;
}

/** Widths by the size of the letters: beside the icons where all is shown, and alone where the picture is smaller and the letters grow against it. */
const ROOM = { name: 135 / 12.5, marked: 112 / 12.5, middle: 8.1, beginning: 6.9, sub: 152 / 11 };

/** One record, or one closed group, in the picture. */
export const Thing = memo(function Thing({ box, look, icon: Of, isGroup, isSelected, isHub, isQuiet, isEntry }: ThingProps) {
  const { x, y, height } = box;
  const { name, sub, tone, shape, says } = look;
  const middle = height / 2;
  return (
    <g
      className={`th ${tone}${isHub ? ' hub' : ''}${isSelected ? ' me' : ''}${isQuiet ? ' quiet' : ''}${isGroup ? ' grp' : ''}`}
      transform={`translate(${x} ${y})`}
      data-thing={look.id}
      role="button"
      tabIndex={isEntry ? 0 : -1}
      aria-pressed={isSelected}
    >
      {/* Its name: the words in the picture are cut. */}
      <title>{says}</title>
      {isGroup ? <path className="deck" d={`M5 ${height + 3.5}H${BOX_WIDTH - 2}M${BOX_WIDTH + 3.5} 5V${height - 2}`} /> : null}
      <rect className="bx" x="0.5" y="0.5" width={BOX_WIDTH - 1} height={height - 1} rx="6" />
      {tone === 'failed' ? <rect className="ht" x="1" y="1" width={BOX_WIDTH - 2} height={height - 2} rx="5.5" fill="url(#map-hatch)" /> : null}
      <Of className="i" x={9} y={middle - 14} width={14} height={14} strokeWidth={1.75} aria-hidden />
      <g aria-hidden="true">
        <text className="nm" x={29} y={middle - 2.5}>
          {fit(name, shape || isGroup ? ROOM.marked : ROOM.name)}
        </text>
        <text className="sb" x={9} y={middle + 12}>
          {fit(sub, ROOM.sub)}
        </text>
        {(['middle', 'beginning'] as const).map((size) => (
          <text key={size} className={`big ${size}`} x={BOX_WIDTH / 2} y={middle} textAnchor="middle" dominantBaseline="central">
            {fit(name, ROOM[size])}
          </text>
        ))}
      </g>
      <Mark shape={shape ?? (isGroup ? 'deck' : undefined)} />
    </g>
  );
});

/** Its middle is the origin, so that it can grow where the picture is small. */
const ICON = { x: -7, y: -7, width: 14, height: 14 };

function Mark({ shape }: { readonly shape: Look['shape'] | 'deck' }) {
  if (!shape) return null;
  return (
    <g transform={`translate(${BOX_WIDTH - 15} 12)`} aria-hidden="true">
      <g className={shape === 'deck' ? 'mark dim' : 'mark'}>
        {shape === 'bolt' ? (
          <Zap {...ICON} strokeWidth={2} fill="currentColor" />
        ) : shape === 'shield' ? (
          <Shield {...ICON} strokeWidth={2} />
        ) : shape === 'deck' ? (
          <ChevronsUpDown {...ICON} strokeWidth={1.75} />
        ) : (
          <StatusShape state={shape} x={ICON.x} y={ICON.y} size={14} className="" />
        )}
      </g>
    </g>
  );
}
