import type { ReactNode } from 'react';

export type State = 'critical' | 'warning' | 'good' | 'info' | 'unknown';

const line = {
  fill: 'none',
  stroke: 'currentColor',
  strokeLinecap: 'round',
  strokeLinejoin: 'round',
} as const;

function Octagon() {
  return (
    <>
      <path d="M8 1.6h8L22.4 8v8L16 22.4H8L1.6 16V8z" fill="currentColor" />
      <path d="M12 6.8v6.4M12 17v.1" stroke="var(--surface)" strokeWidth="2.5" strokeLinecap="round" />
    </>
  );
}

const drawings: Readonly<Record<State, ReactNode>> = {
  critical: <Octagon />,
  warning: <path {...line} d="m21.73 18-8-14a2 2 0 0 0-3.48 0l-8 14A2 2 0 0 0 4 21h16a2 2 0 0 0 1.73-3M12 9v4M12 17h.01" />,
  good: (
    <g {...line}>
      <circle cx="12" cy="12" r="10" />
      <path d="m16 9-5.5 5.5L8 12" />
    </g>
  ),
  info: (
    <g {...line}>
      <circle cx="12" cy="12" r="10" />
      <path d="M12 16v-4M12 8h.01" />
    </g>
  ),
  unknown: (
    <g {...line}>
      <circle cx="12" cy="12" r="10" strokeDasharray="3.6 2.68" />
      <path d="M9.3 9.2a2.8 2.8 0 0 1 5.4 1c0 1.8-2.7 2.2-2.7 3.6M12 17v.1" />
    </g>
  ),
};

type ShapeProps = {
  readonly state: State;
  readonly className?: string;
  readonly x?: number;
  readonly y?: number;
  readonly size?: number;
};

/** The bare shape; only beside a word. Critical is the one filled shape. */
export function StatusShape({ state, className = 'i', size = 24, ...place }: ShapeProps) {
  return (
    <svg className={className} viewBox="0 0 24 24" width={size} height={size} strokeWidth={state === 'unknown' ? 1.9 : 1.75} {...place} aria-hidden="true">
      {drawings[state]}
    </svg>
  );
}

/** The shape with a word only a screen reader hears. */
export function StatusIcon({ state, word = state, small }: { readonly state: State; readonly word?: string; readonly small?: true }) {
  return (
    <span className={`ic ${state}`}>
      <StatusShape state={state} className={small ? 'i i14' : 'i'} />
      <span className="sr">{word}</span>
    </span>
  );
}

/** The shape and its words, coloured, without a box: states in tables and facts. */
export function StatusText({ state, children }: { readonly state: State; readonly children: ReactNode }) {
  return (
    <span className={`st ${state}`}>
      <StatusShape state={state} />
      {children}
    </span>
  );
}

/** A boxed word. With a state it carries the state's shape; without one it is neutral ("Tier 1", "Draft"). */
export function Badge({ state, icon, children }: { readonly state?: State | undefined; readonly icon?: ReactNode; readonly children: ReactNode }) {
  return (
    <span className={state ? `bdg ${state}` : 'bdg'}>
      {state ? <StatusShape state={state} /> : icon}
      {children}
    </span>
  );
}

export type SeverityLevel = 1 | 2 | 3 | 4;

/** SEV1 (worst) to SEV4: bars and the word carry the meaning, colour repeats it. */
export function Severity({ level }: { readonly level: SeverityLevel }) {
  return (
    <span className={`bdg sev sev${level}`}>
      <svg viewBox="0 0 11 10" aria-hidden="true">
        {[0, 1, 2, 3].map((bar) => (
          <rect key={bar} x={bar * 3} y={6 - bar * 2} width="2" height={4 + bar * 2} rx=".6" fill="currentColor" opacity={bar < 5 - level ? 1 : 0.28} />
        ))}
      </svg>
      SEV{level}
    </span>
  );
}

export function Tier({ level }: { readonly level: number }) {
  return <span className="bdg">Tier {level}</span>;
}
