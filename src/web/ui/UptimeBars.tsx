import type { ReactNode } from 'react';

export interface UptimeDay {
  readonly day: string;
  readonly state: 'good' | 'warning' | 'critical' | 'unknown';
  /** Told on hover and in the table: "43 min down". */
  readonly says?: string;
}

const LOOK = {
  good: ['g', 0.55],
  warning: ['w', 0.78],
  critical: ['c', 1],
  unknown: ['u', 0.55],
} as const;
const WORD = { good: 'good', warning: 'impaired', critical: 'down', unknown: 'no data' } as const;
const HEIGHT = 24;

type UptimeProps = {
  readonly label: string;
  readonly days: readonly UptimeDay[];
  readonly summary?: ReactNode;
  readonly from?: string;
  readonly until?: string;
};

/** One bar a day. Height tells the state too: good short, impaired taller, down full, no data hollow. */
export function UptimeBars({ label, days, summary, from, until = 'Today' }: UptimeProps) {
  return (
    <>
      <svg className="up" width="100%" height={HEIGHT} viewBox={`0 0 ${days.length * 7 - 2} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={label}>
        {days.map((day, at) => {
          const [look, share] = LOOK[day.state];
          const hollow = day.state === 'unknown' ? 0.5 : 0;
          const height = HEIGHT * share;
          return (
            <rect key={day.day} className={look} x={at * 7 + hollow} y={HEIGHT - height} width={5 - 2 * hollow} height={height - hollow} rx="1">
              <title>{`${day.day}: ${day.says ?? WORD[day.state]}`}</title>
            </rect>
          );
        })}
      </svg>
      {from ? (
        <div className="upax num">
          <span>{from}</span>
          <span>{summary}</span>
          <span>{until}</span>
        </div>
      ) : null}
    </>
  );
}

/** The same days as a table, only those that were not good. */
export function UptimeTable({ label, days }: { readonly label: string; readonly days: readonly UptimeDay[] }) {
  return (
    <table className="flat" aria-label={label}>
      <thead>
        <tr>
          <th scope="col">Day</th>
          <th scope="col">State</th>
          <th scope="col">What was seen</th>
        </tr>
      </thead>
      <tbody>
        {days
          .filter((day) => day.state !== 'good')
          .map((day) => (
            <tr key={day.day}>
              <td className="num nw">{day.day}</td>
              <td>{WORD[day.state]}</td>
              <td className="m">{day.says}</td>
            </tr>
          ))}
      </tbody>
    </table>
  );
}
