import { useState } from 'react';
import { api, useRead } from '#web/api.ts';
import { Link } from '#web/ui/Link.tsx';
import { Section, Skeleton } from '#web/ui/Parts.tsx';
import { Table, type Column } from '#web/ui/Table.tsx';
import { Segmented } from '#web/ui/Tabs.tsx';
import { Time } from '#web/ui/Time.tsx';
import { useZone } from '#web/ui/now.ts';
import { fullTime, lengthOf } from '#web/ui/time.ts';
import type { Out } from '#kernel/contract.ts';
import { checks, type Check, type Latency } from '../contract/index.ts';
import { WINDOWS } from '../rules/index.ts';
import { LatencyChart } from './LatencyChart.tsx';
import { percent, tookWords } from './look.tsx';
import { words } from './words.ts';

const text = words.page;
const MINUTE = 60_000;
const CHOICES = WINDOWS.map((id) => ({ id, label: text.windows[id] }));

function LatencyTable({ latency }: { readonly latency: Latency }) {
  const zone = useZone();
  return (
    <table className="flat" aria-label={text.response}>
      <thead>
        <tr>
          {[text.time, 'p50', 'p95', 'p99', text.results].map((head) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {latency.points.map((point) => (
          <tr key={point.at}>
            <td className="num nw">{fullTime(point.at, zone)}</td>
            <td className="num">{tookWords(point.p50)}</td>
            <td className="num">{tookWords(point.p95)}</td>
            <td className="num">{tookWords(point.p99)}</td>
            <td className="num">{point.bad ? `${point.count}, ${point.bad} failed` : point.count}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The course of response times over a window. */
export function ResponseTimes({ number }: { readonly number: string }) {
  const [name, setName] = useState<(typeof WINDOWS)[number]>('day');
  const [table, setTable] = useState(false);
  const { data } = useRead(api(checks).latency, { number, window: name }, { on: ['check.'] });
  const said = data?.p50 === null || !data ? undefined : `p50 ${tookWords(data.p50)} · p95 ${tookWords(data.p95)} · p99 ${tookWords(data.p99)}`;
  return (
    <Section
      title={text.response}
      {...(said && { count: said })}
      end={
        <button type="button" className="l textual" aria-pressed={table} onClick={() => setTable(!table)}>
          {table ? text.less : text.more}
        </button>
      }
    >
      <div className="stack8">
        <Segmented label={text.window} choices={CHOICES} current={name} onChoose={(id) => setName(WINDOWS.find((one) => one === id) ?? 'day')} />
        {data ? <LatencyChart key={name} latency={data} /> : <Skeleton width="100%" />}
        {data && table ? <LatencyTable latency={data} /> : null}
      </div>
    </Section>
  );
}

type Report = Out<(typeof checks)['verbs']['report']>;

const outageColumns: readonly Column<Report['outages'][number]>[] = [
  { id: 'from', head: text.began, width: 190, phone: 'title', cell: (row) => <Time at={row.from} form="full" /> },
  { id: 'lasted', head: text.lasted, width: 120, numeric: true, phone: 'end', cell: (row) => `${lengthOf(row.minutes * MINUTE)}${row.until === null ? `, ${text.still}` : ''}` },
  { id: 'reason', head: text.reason, quiet: true, cell: (row) => `${row.reason || '–'}${row.counts ? '' : `, ${text.uncounted}`}` },
];
const monthColumns: readonly Column<Report['months'][number]>[] = [
  { id: 'month', head: text.monthHead, width: 110, phone: 'title', cell: (row) => <span className="num">{row.month}</span> },
  { id: 'share', head: text.share, width: 110, numeric: true, phone: 'end', cell: (row) => percent(row.share) },
  { id: 'down', head: text.down, width: 110, numeric: true, cell: (row) => lengthOf(row.downMinutes * MINUTE) },
  { id: 'outages', head: text.outages, numeric: true, quiet: true, cell: (row) => (row.outages === 1 ? '1 outage' : `${row.outages} outages`) },
];
const MOST = 10;

/** When it was down and why, and the downtime of each month. */
export function Outages({ check }: { readonly check: Check }) {
  const zone = useZone();
  const { data } = useRead(api(checks).report, { number: check.number, zone }, { on: ['check.'] });
  if (!data) return <Skeleton width="60%" />;
  const { outages, months } = data;
  return (
    <>
      <Section
        title={text.outages}
        {...(outages.length && { count: outages.length })}
        end={
          <Link className="l" href={`/alerts?q=${encodeURIComponent(check.name)}`}>
            {text.alerts}
          </Link>
        }
      >
        {outages.length ? (
          <Table label={text.outages} columns={outageColumns} rows={outages.slice(0, MOST)} keyOf={(row) => row.from} blocks />
        ) : (
          <p className="dim s13">{text.noOutages}</p>
        )}
      </Section>
      <Section title={text.months}>
        <Table label={text.months} columns={monthColumns} rows={months} keyOf={(row) => row.month} blocks />
      </Section>
    </>
  );
}
