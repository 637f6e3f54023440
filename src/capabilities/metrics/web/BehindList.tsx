import { ChartColumn } from 'lucide-react';
import type { Out } from '#kernel/contract.ts';
import { useAddress } from '#web/address.ts';
import { api, usePages } from '#web/api.ts';
import { pageOf } from '#web/record/page-of.ts';
import { RecordList } from '#web/record/RecordList.tsx';
import { Link } from '#web/ui/Link.tsx';
import { useZone } from '#web/ui/now.ts';
import { Crumbs } from '#web/ui/Parts.tsx';
import type { Column } from '#web/ui/Table.tsx';
import { Time } from '#web/ui/Time.tsx';
import { dayName, lengthOf } from '#web/ui/time.ts';
import { metrics } from '../contract.ts';
import '#web/styles/metrics.css';
import { asksOf } from './opens.ts';
import { words } from './words.ts';

const text = words.list;
type Row = Out<(typeof metrics)['verbs']['records']>['items'][number];

const columns: readonly Column<Row>[] = [
  { id: 'at', head: text.at, width: 100, quiet: true, phone: 'end', cell: (row) => <Time at={row.at} /> },
  { id: 'id', head: text.id, width: 84, phone: 'id', cell: (row) => <span className="id">{row.record.number}</span> },
  {
    id: 'record',
    head: text.record,
    phone: 'title',
    cell: (row) => (
      <Link className="b" href={pageOf(row.record)}>
        {row.record.title}
      </Link>
    ),
  },
  { id: 'service', head: text.service, width: 180, cell: (row) => row.service?.title ?? <span className="dim">–</span> },
  { id: 'severity', head: text.severity, width: 90, phone: 'hide', cell: (row) => row.severity ?? <span className="dim">–</span> },
  {
    id: 'took',
    head: text.took,
    width: 110,
    numeric: true,
    phone: 'state',
    cell: (row) => (row.tookMs === null ? <span className="dim">{text.open}</span> : lengthOf(row.tookMs)),
  },
];

/** Exactly the records behind a figure of the metrics. */
export default function BehindList() {
  const { search } = useAddress();
  const zone = useZone();
  const asked = asksOf(search);
  const list = usePages(api(metrics).records, { measure: 'incidents', limit: 100, ...asked }, { enabled: Boolean(asked) });
  const range = asked?.from && asked.until ? `${dayName(asked.from, zone)} ${text.to} ${dayName(asked.until, zone)}` : '';
  const bounds = [asked?.atLeastMs ? `${text.atLeast} ${lengthOf(Number(asked.atLeastMs))}` : '', asked?.belowMs ? `${text.under} ${lengthOf(Number(asked.belowMs))}` : ''];
  const outcome = asked?.outcome === 'answered' ? text.answered : asked?.outcome === 'unanswered' ? text.unanswered : '';
  return (
    <>
      <Crumbs path={[{ label: text.back, href: '/lead/metrics' }, { label: asked ? words.measures[asked.measure] : '' }]} />
      <RecordList
        title={asked ? words.measures[asked.measure] : text.back}
        sub={[range, search['severity'], search['factor'], search['category'], search['title'], asked?.practice ? words.practice : '', outcome, ...bounds]
          .filter(Boolean)
          .join(' · ')}
        columns={asked?.measure.startsWith('timeTo') ? columns : columns.filter(({ id }) => id !== 'took')}
        rows={list.rows}
        keyOf={(row) => `${row.record.id} ${row.at}`}
        hrefOf={(row) => pageOf(row.record)}
        loading={list.loading}
        problem={list.problem}
        onRetry={list.again}
        onMore={list.onMore}
        empty={{ icon: ChartColumn, title: text.emptyTitle, sentence: text.emptyText, first: { label: text.back, href: '/lead/metrics' } }}
      />
    </>
  );
}
