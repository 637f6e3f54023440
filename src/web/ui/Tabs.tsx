import type { ReactNode } from 'react';
import { Link } from './Link.tsx';

export interface Tab {
  readonly id: string;
  readonly label: string;
  readonly href: string;
  readonly count?: ReactNode;
}

/** Places of one record, each with its own address. */
export function Tabs({ label, tabs, current }: { readonly label: string; readonly tabs: readonly Tab[]; readonly current: string }) {
  return (
    <nav className="tabs" aria-label={label}>
      {tabs.map((tab) => (
        <Link key={tab.id} href={tab.href} aria-current={tab.id === current ? 'page' : undefined}>
          {tab.label}
          {tab.count === undefined ? null : <span className="n">{tab.count}</span>}
        </Link>
      ))}
    </nav>
  );
}

export interface Choice {
  readonly id: string;
  readonly label: string;
  readonly count?: number | undefined;
  /** Where the choice leads when it is kept in the address. */
  readonly href?: string;
}

type SegmentedProps = {
  readonly label: string;
  readonly choices: readonly Choice[];
  readonly current: string;
  readonly onChoose?: (id: string) => void;
};

/** One of a few: links when the choices have addresses, buttons otherwise. */
export function Segmented({ label, choices, current, onChoose }: SegmentedProps) {
  return (
    <div className="seg" role="group" aria-label={label}>
      {choices.map(({ id, href, label: word, count }) => {
        const text = count === undefined ? word : `${word} ${count}`;
        return href ? (
          <Link key={id} href={href} aria-current={id === current ? 'true' : undefined} onClick={() => onChoose?.(id)}>
            {text}
          </Link>
        ) : (
          <button key={id} type="button" aria-pressed={id === current} onClick={() => onChoose?.(id)}>
            {text}
          </button>
        );
      })}
    </div>
  );
}
