import { useZone } from '#web/ui/now.ts';
import { dayName, ms } from '#web/ui/time.ts';
import { share, type Detail } from './look.tsx';
import { words } from './words.ts';

const text = words.page;
const WIDTH = 720;
const HEIGHT = 190;
const RIGHT = WIDTH - 72;
const TOP = 14;
const FLOOR = HEIGHT - 24;

interface BudgetChartProps {
  readonly points: Detail['points'];
  readonly days: number;
}

/** The course of the error budget: whole at the start of the window, and what is left of it now. Below the line it is overspent. */
export function BudgetChart({ points, days }: BudgetChartProps) {
  const zone = useZone();
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last || points.length < 2) return <p className="dim s13">{text.none}</p>;
  // Far below nothing is as bad as a little below, so the picture is cut there.
  const lowest = Math.max(-1, Math.min(0, ...points.map(({ left }) => left)));
  const [from, until] = [ms(first.at), ms(last.at)];
  const x = (at: string) => ((ms(at) - from) / (until - from)) * RIGHT;
  const y = (left: number) => TOP + ((1 - Math.max(lowest, left)) / (1 - lowest)) * (FLOOR - TOP);
  const line = points.map(({ at, left }, i) => `${i ? `H${x(at).toFixed(1)}V${y(left).toFixed(1)}` : `M0 ${y(left).toFixed(1)}`}`).join('');
  const middle = new Date((from + until) / 2).toISOString();
  return (
    <svg className="spark schart" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={text.chartLabel(share(last.left, 0), days)}>
      <path className="ar" d={`${line}V${y(0)}H0Z`} />
      <line className="gr" x1="0" x2={RIGHT} y1={y(1)} y2={y(1)} />
      <line className="th" x1="0" x2={RIGHT} y1={y(0)} y2={y(0)} />
      <path className="ln" d={line} />
      <circle cx={RIGHT} cy={y(last.left)} r="3" fill="var(--accent)" />
      <text className="ax" x={RIGHT + 8} y={y(1) + 4}>
        {y(last.left) - y(1) > 14 ? text.whole : ''}
      </text>
      <text className="ax schnow" x={RIGHT + 8} y={y(last.left) + 4}>
        {share(last.left, 0)}
      </text>
      <text className="thl" x={RIGHT + 8} y={y(0) + 4}>
        {Math.abs(y(0) - y(last.left)) > 14 ? text.gone : ''}
      </text>
      <text className="ax" x="0" y={HEIGHT - 4}>
        {dayName(first.at, zone)}
      </text>
      <text className="ax" x={RIGHT / 2} y={HEIGHT - 4} textAnchor="middle">
        {dayName(middle, zone)}
      </text>
      <text className="ax" x={RIGHT} y={HEIGHT - 4} textAnchor="end">
        {text.now}
      </text>
    </svg>
  );
}
