import { useId, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { useZone } from '#web/ui/now.ts';
import { clockTime, dayName, fullTime, ms } from '#web/ui/time.ts';
import type { Latency } from '../contract/index.ts';
import { tookWords } from './look.tsx';
import { words } from './words.ts';

const text = words.page;
const WIDTH = 720;
const HEIGHT = 200;
const RIGHT = WIDTH - 64;
const TOP = 12;
const FLOOR = HEIGHT - 24;
const DAY = 86_400_000;

type Point = Latency['points'][number];
const timed = ({ p50, p95 }: Point): boolean => p50 !== null && p95 !== null;

/** Runs of points without a gap: a step without results breaks the line. */
function runsOf(points: readonly Point[], stepMs: number): readonly (readonly Point[])[] {
  const runs: Point[][] = [];
  for (const point of points) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    if (run && last && ms(point.at) - ms(last.at) <= stepMs) run.push(point);
    else runs.push([point]);
  }
  return runs;
}

/** p50 as a line, up to p95 as a band; outages shaded, maintenance and blindness hatched. A point is read by the pointer or the arrow keys. */
export function LatencyChart({ latency }: { readonly latency: Latency }) {
  const zone = useZone();
  const id = useId().replaceAll(/[^a-z0-9]/gi, '');
  const [place, setPlace] = useState<number>();
  const points = latency.points.filter(timed);
  const last = points.at(-1);
  if (!last) return <p className="dim s13">{text.noTimes}</p>;
  const stepMs = latency.stepSeconds * 1000;
  const [from, until] = [ms(latency.from), ms(latency.until)];
  const most = Math.max(...points.map(({ p95 }) => p95 ?? 0), 1) * 1.1;
  const at = Math.min(place ?? points.length - 1, points.length - 1);
  const read = points[at] ?? last;
  const x = (instant: number) => (Math.min(1, Math.max(0, (instant - from) / (until - from))) * RIGHT).toFixed(1);
  const middle = (point: Point) => ms(point.at) + stepMs / 2;
  const y = (value: number | null) => (FLOOR - ((value ?? 0) / most) * (FLOOR - TOP)).toFixed(1);
  const line = (run: readonly Point[], of: (point: Point) => number | null) => run.map((point) => `${x(middle(point))} ${y(of(point))}`).join('L');
  const when = (point: Point) => (until - from <= DAY * 8 ? fullTime(point.at, zone) : dayName(point.at, zone));
  const says = (point: Point) => `${when(point)}: p50 ${tookWords(point.p50)}, p95 ${tookWords(point.p95)}, p99 ${tookWords(point.p99)}${point.bad ? `, ${point.bad} failed` : ''}`;
  const band = (stretch: { readonly from: string; readonly until: string | null }) => {
    const [left, right] = [Number(x(ms(stretch.from))), Number(x(stretch.until === null ? until : ms(stretch.until)))];
    return { x: left, width: Math.max(2, right - left), y: TOP - 6, height: FLOOR - TOP + 6 };
  };
  function move(event: KeyboardEvent) {
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: points.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    setPlace(Math.min(points.length - 1, Math.max(0, to)));
  }
  function point(event: PointerEvent<HTMLDivElement>) {
    const box = event.currentTarget.getBoundingClientRect();
    const instant = from + ((event.clientX - box.left) / box.width) * (WIDTH / RIGHT) * (until - from);
    const distance = (one: Point) => Math.abs(middle(one) - instant);
    setPlace(points.reduce((best, one, i) => (distance(one) < distance(points[best] ?? one) ? i : best), 0));
  }
  const ticks = [from, (from + until) / 2, until].map((instant) => (until - from <= DAY * 1.5 ? clockTime(instant, zone) : dayName(instant, zone)));
  return (
    <div className="lread">
      <div
        role="slider"
        tabIndex={0}
        aria-label={text.readChart}
        aria-valuemin={0}
        aria-valuemax={points.length - 1}
        aria-valuenow={at}
        aria-valuetext={says(read)}
        onKeyDown={move}
        onPointerMove={point}
        onPointerDown={point}
        onPointerLeave={() => setPlace(undefined)}
      >
        <svg className="spark lchart" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={text.chart(tookWords(latency.p50), tookWords(latency.p95))}>
          <defs>
            <pattern id={`care${id}`} className="lcare" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
              <path d="M0 0V8" />
            </pattern>
            <pattern id={`blind${id}`} className="lblind" width="4" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)">
              <path d="M0 0V8" />
            </pattern>
          </defs>
          {latency.outages.map((one) => (
            <rect key={`o${one.from}`} className="lout" {...band(one)} />
          ))}
          {latency.maintenance.map((one) => (
            <rect key={`m${one.from}`} fill={`url(#care${id})`} {...band(one)} />
          ))}
          {latency.blind.map((one) => (
            <rect key={`b${one.from}`} fill={`url(#blind${id})`} {...band(one)} />
          ))}
          {runsOf(points, stepMs).map((run) => (
            <g key={run[0]?.at}>
              <path className="ar" d={`M${line(run, ({ p50 }) => p50)}L${line(run.toReversed(), ({ p95 }) => p95)}Z`} />
              <path className="ln" d={`M${line(run, ({ p50 }) => p50)}`} />
              {run.length === 1 && run[0] ? <circle className="ldot" cx={x(middle(run[0]))} cy={y(run[0].p50)} r="2" /> : null}
            </g>
          ))}
          <line className="gr" x1="0" x2={RIGHT} y1={FLOOR} y2={FLOOR} />
          <line className="lat" x1={x(middle(read))} x2={x(middle(read))} y1={TOP - 6} y2={FLOOR} />
          <circle className="ldot" cx={x(middle(read))} cy={y(read.p50)} r="3.5" />
          <text className="ax" x={WIDTH} y={TOP + 4} textAnchor="end">
            {tookWords(Math.round(most / 1.1))}
          </text>
          <text className="ax" x={WIDTH} y={FLOOR + 4} textAnchor="end">
            0
          </text>
          {ticks.map((tick, i) => (
            <text key={i} className="ax" x={(i / 2) * RIGHT} y={HEIGHT - 6} textAnchor={i === 0 ? 'start' : i === 2 ? 'end' : 'middle'}>
              {tick}
            </text>
          ))}
        </svg>
      </div>
      <p className="s12 num lsays">{says(read)}</p>
      <ul className="llegend s12 dim">
        <li className="k50">{text.middle}</li>
        <li className="k95">{text.most}</li>
        {latency.outages.length ? <li className="kout">{text.out}</li> : null}
        {latency.maintenance.length ? <li className="kcare">{text.cared}</li> : null}
        {latency.blind.length ? <li className="kblind">{text.blindly}</li> : null}
      </ul>
    </div>
  );
}
