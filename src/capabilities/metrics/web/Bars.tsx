import type { CSSProperties } from 'react';
import { Link } from '#web/ui/Link.tsx';

export interface Part {
  readonly count: number;
  /** 1 is the strongest shade; 4 the palest. */
  readonly shade: 1 | 2 | 3 | 4;
  readonly href: string;
  /** "SEV2: 3 incidents, week of 2 Nov", read out and shown on hover. */
  readonly label: string;
}

export interface Bar {
  readonly id: string;
  readonly parts: readonly Part[];
  /** Under the bar; most have none. */
  readonly tick?: string;
}

interface BarsProps {
  readonly label: string;
  readonly bars: readonly Bar[];
  /** The count that fills the height, when several pictures share one scale. */
  readonly most?: number;
  readonly small?: true;
}

const totalOf = (bar: Bar) => bar.parts.reduce((sum, { count }) => sum + count, 0);
const share = (count: number, most: number) => ({ '--h': count / most }) as CSSProperties;

/**
 * Counts side by side; every part opens the list of what it counts. The axis starts at 0. Parts may be too small to be
 * targets of their own (WCAG 2.5.8), so the picture is for the pointer and the figure's table has the same links.
 */
export function Bars({ label, bars, most, small }: BarsProps) {
  const top = Math.max(1, most ?? 0, ...bars.map(totalOf));
  return (
    <div className={small ? 'bars small' : 'bars'} role="group" aria-label={label}>
      {small ? null : <span className="top num">{top}</span>}
      <ol aria-hidden="true">
        {bars.map((bar) => (
          <li key={bar.id}>
            <div className="col">
              {bar.parts.map((part) =>
                part.count ? <Link key={part.label} className={`part s${part.shade}`} style={share(part.count, top)} href={part.href} title={part.label} tabIndex={-1} /> : null,
              )}
            </div>
            {bar.tick ? <span className="tick num">{bar.tick}</span> : null}
          </li>
        ))}
      </ol>
    </div>
  );
}
