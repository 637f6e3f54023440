interface Axis {
  readonly at: number;
  readonly text: string;
}

type SparklineProps = {
  /** What it shows, for who cannot see it: "Connections of erp-db over 60 minutes, threshold 190, now 198". */
  readonly label: string;
  readonly values: readonly number[];
  readonly threshold?: number;
  readonly thresholdLabel?: string;
  /** Texts under the line, spread from left to right. */
  readonly ticks?: readonly string[];
  readonly width?: number;
  readonly height?: number;
};

/** A line with its area, an optional limit, and the last value written out. The axis starts at 0. */
export function Sparkline({ label, values, threshold, thresholdLabel, ticks = [], width = 316, height = 112 }: SparklineProps) {
  const last = values.at(-1);
  if (last === undefined) return null;
  const floor = height - (ticks.length ? 20 : 4);
  const right = width - 44;
  const most = Math.max(...values, threshold ?? 0) * 1.08 || 1;
  const x = (index: number) => (values.length < 2 ? right : (index / (values.length - 1)) * right);
  const y = (value: number) => floor - (value / most) * (floor - 12);
  const path = values.map((value, index) => `${index ? 'L' : 'M'}${x(index).toFixed(1)} ${y(value).toFixed(1)}`).join('');
  const axes: readonly Axis[] = ticks.map((text, index) => ({
    text,
    at: ticks.length < 2 ? 0 : (index / (ticks.length - 1)) * right,
  }));
  const lastY = y(last);
  return (
    <svg className="spark" width="100%" viewBox={`0 0 ${width} ${height}`} style={{ maxWidth: width }} role="img" aria-label={label}>
      <path className="ar" d={`${path}L${right} ${floor}L0 ${floor}Z`} />
      <line className="gr" x1="0" x2={right} y1={floor} y2={floor} />
      {threshold === undefined ? null : <line className="th" x1="0" x2={right} y1={y(threshold)} y2={y(threshold)} />}
      <path className="ln" d={path} />
      <circle cx={right} cy={lastY} r="3" fill="var(--accent)" />
      {threshold === undefined ? null : (
        <text className="thl" x="0" y={y(threshold) - 5}>
          {thresholdLabel ?? `limit ${threshold}`}
        </text>
      )}
      <text className="ax" x={right + 8} y={lastY + 4} style={{ fontWeight: 620, fill: 'var(--text)' }}>
        {last}
      </text>
      {floor - lastY > 16 ? (
        <text className="ax" x={right + 8} y={floor + 4}>
          0
        </text>
      ) : null}
      {axes.map((tick, index) => (
        <text key={`${tick.text}${index}`} className="ax" x={tick.at} y={height - 4} textAnchor={index === 0 ? 'start' : index === axes.length - 1 ? 'end' : 'middle'}>
          {tick.text}
        </text>
      ))}
    </svg>
  );
}
