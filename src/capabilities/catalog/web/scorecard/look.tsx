import type { CSSProperties } from 'react';
import { Link } from '#web/ui/Link.tsx';
import type { ScoreRule } from '../../contract/index.ts';
import { isBare, LEVELS, type Level } from '../../rules/index.ts';
import { valueText, words } from './words.ts';
import './scorecard.css';

/** A stripe for each level, as on a sleeve. */
function Stripes({ level }: { readonly level: Level }) {
  const rank = LEVELS.indexOf(level);
  return (
    <svg className="stripes" viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
      {[2, 1, 0].map((stripe) => (
        <rect key={stripe} x="0.5" y={9 - stripe * 4} width="11" height="2.5" rx="1" className={stripe < rank ? 'has' : ''} />
      ))}
    </svg>
  );
}

/** The level by its stripes and its name, or by other words. */
export function LevelText({ level, children }: { readonly level: Level; readonly children?: string }) {
  return (
    <span className="level">
      <Stripes level={level} />
      {children ?? words.levels[level]}
    </span>
  );
}

export type Counts = Readonly<Record<Level, number>>;

interface LevelBarProps {
  readonly counts: Counts;
  readonly label: string;
  readonly hrefOf: (level: Level) => string;
}

/** How many are at each level, Gold first, side by side. For the pointer only: the figures beside it are the same, as links. */
export function LevelBar({ counts, label, hrefOf }: LevelBarProps) {
  return (
    <span className="lvbar" aria-hidden="true" title={label}>
      {LEVELS.toReversed().map((level) =>
        counts[level] ? (
          <Link
            key={level}
            className={level}
            style={{ '--n': counts[level] } as CSSProperties}
            href={hrefOf(level)}
            title={`${words.levels[level]}: ${counts[level]}`}
            tabIndex={-1}
          />
        ) : null,
      )}
    </span>
  );
}

/** What a rule asks, in words: "Checks that watch it: at least 1". */
export function Asked({ rule }: { readonly rule: ScoreRule }) {
  if (rule.label === null) return words.unknownFact;
  const value = isBare(rule.operator) ? '' : valueText(rule.value);
  return `${rule.label}: ${[words.asked[rule.operator], value].filter(Boolean).join(' ')}`;
}
