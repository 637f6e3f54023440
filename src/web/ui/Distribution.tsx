import { useState } from 'react';
import { Button } from './Button.tsx';

export interface Bin {
  readonly label: string;
  readonly count: number;
}

type DistributionProps = {
  readonly label: string;
  readonly bins: readonly Bin[];
  /** The bin to point out, by its label. */
  readonly highlight?: string;
};

const WIDTH = 320;
const HEIGHT = 72;

/** How often each range occurred, as bars; the same as a table on request. */
export function Distribution({ label, bins, highlight }: DistributionProps) {
  const [asTable, setAsTable] = useState(false);
  const most = Math.max(1, ...bins.map((bin) => bin.count));
  const step = WIDTH / Math.max(1, bins.length);
  return (
    <figure>
      {asTable ? (
        <table className="flat" aria-label={label}>
          <tbody>
            {bins.map((bin) => (
              <tr key={bin.label}>
                <th scope="row">{bin.label}</th>
                <td className="r num">{bin.count}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : (
        <svg className="dist" style={{ maxWidth: WIDTH }} viewBox={`0 0 ${WIDTH} ${HEIGHT + 16}`} role="img" aria-label={label}>
          {bins.map((bin, at) => {
            const height = (bin.count / most) * (HEIGHT - 4);
            return (
              <rect key={bin.label} className={bin.label === highlight ? 'bar hi' : 'bar'} x={at * step + 1} y={HEIGHT - height} width={step - 2} height={height} rx="1">
                <title>{`${bin.label}: ${bin.count}`}</title>
              </rect>
            );
          })}
          <line x1="0" x2={WIDTH} y1={HEIGHT} y2={HEIGHT} />
          <text className="ax" x="0" y={HEIGHT + 14}>
            {bins[0]?.label}
          </text>
          <text className="ax" x={WIDTH} y={HEIGHT + 14} textAnchor="end">
            {bins.at(-1)?.label}
          </text>
        </svg>
      )}
      <Button variant="quiet" size="small" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
        {asTable ? 'As picture' : 'As table'}
      </Button>
    </figure>
  );
}

type StripProps = {
  readonly label: string;
  readonly p5: number;
  readonly p50: number;
  readonly p95: number;
  readonly most: number;
  readonly say: (value: number) => string;
};

/** The range nine of ten fall into, with the middle one: p5, p50, p95 on an axis from 0 to `most`. */
export function PercentileStrip({ label, p5, p50, p95, most, say }: StripProps) {
  const x = (value: number) => (value / most) * (WIDTH - 2) + 1;
  return (
    <svg className="dist" style={{ maxWidth: WIDTH }} viewBox={`0 0 ${WIDTH} 44`} role="img" aria-label={`${label}: 5 % ${say(p5)}, middle ${say(p50)}, 95 % ${say(p95)}`}>
      <line x1="0" x2={WIDTH} y1="14" y2="14" />
      <rect className="box" x={x(p5)} y="6" width={Math.max(2, x(p95) - x(p5))} height="16" rx="3" />
      <line className="mid" x1={x(p50)} x2={x(p50)} y1="4" y2="24" />
      <text className="ax" x={x(p5)} y="38">
        {say(p5)}
      </text>
      <text className="ax" x={x(p50)} y="38" textAnchor="middle" style={{ fontWeight: 620, fill: 'var(--text)' }}>
        {say(p50)}
      </text>
      <text className="ax" x={x(p95)} y="38" textAnchor="end">
        {say(p95)}
      </text>
    </svg>
  );
}
