import { Box, Cpu, ShieldCheck, Zap } from 'lucide-react';
import type { Out } from '#kernel/contract.ts';
import { api, useRead } from '#web/api.ts';
import { pageOf } from '#web/record/page-of.ts';
import { RecordList } from '#web/record/RecordList.tsx';
import { Icon } from '#web/ui/Icon.tsx';
import { Link } from '#web/ui/Link.tsx';
import { StatusIcon } from '#web/ui/Status.tsx';
import type { Column } from '#web/ui/Table.tsx';
import { Time } from '#web/ui/Time.tsx';
import { catalog } from '../contract/index.ts';
import { FALL_STATES, type Fall } from './look.tsx';
import { words } from './words.ts';
import './record.css';

const text = words.singlePoints;
type Point = Out<(typeof catalog)['verbs']['singlePoints']>['items'][number];
type Ranked = Point & { readonly rank: number; readonly share: number };

const fallColumn = (fall: Fall): Column<Ranked> => ({
  id: fall,
  head: text[fall],
  width: 104,
  numeric: true,
  phone: fall === 'down' ? 'line' : 'hide',
  cell: (row) =>
    row[fall] ? (
      <span className="fallcount">
        <StatusIcon small state={FALL_STATES[fall]} word={words.falls[fall]} />
        <span>
          {row[fall]} <span className="phoneword">{words.falls[fall].toLowerCase()}</span>
        </span>
      </span>
    ) : (
      <span className="dim">–</span>
    ),
});

const columns: readonly Column<Ranked>[] = [
  { id: 'rank', head: text.rank, width: 52, quiet: true, phone: 'hide', cell: (row) => <span className="num">{row.rank}</span> },
  {
    id: 'name',
    head: words.name,
    phone: 'title',
    cell: (row) => (
      <span className="row">
        <Icon of={row.record.kind === 'service' ? Box : Cpu} size={14} />
        <Link className="b" href={pageOf(row.record)}>
          {row.record.title}
        </Link>
      </span>
    ),
  },
  { id: 'id', head: 'Id', width: 84, phone: 'id', cell: (row) => <span className="id">{row.record.number}</span> },
  {
    id: 'weight',
    head: text.weight,
    width: 190,
    phone: 'hide',
    cell: (row) => (
      <span className="weight">
        <i style={{ width: `${Math.max(2, row.share * 100)}%` }} aria-hidden="true" />
        <span className="num">{row.score.toLocaleString('en-GB')}</span>
      </span>
    ),
  },
  fallColumn('down'),
  fallColumn('degraded'),
  fallColumn('reduced'),
  {
    id: 'map',
    head: '',
    width: 112,
    phone: 'end',
    cell: (row) => (
      <Link className="l row whatif" href={`/catalog/map?failed=${row.record.number}`} aria-label={`${text.map}: ${row.record.title}`}>
        <Icon of={Zap} size={14} />
        {text.map}
      </Link>
    ),
  },
];

/** What the estate cannot lose, worst first. */
export default function SinglePointsPage() {
  const { data, loading, problem, again } = useRead(api(catalog).singlePoints, { limit: 200 }, { on: ['edge.', 'redundancy.', 'service.', 'component.'] });
  const most = data?.items[0]?.score ?? 1;
  // What only impairs others has no weight: it is on their pages.
  const rows = (data?.items ?? []).filter(({ down }) => down > 0).map((point, at): Ranked => ({ ...point, rank: at + 1, share: point.score / most }));
  return (
    <div className="oneline">
      <RecordList
        title={text.title}
        sub={
          data?.sweptAt && data.nodes ? (
            <>
              {text.swept(data.nodes)} at <Time at={data.sweptAt} form="clock" />
              {data.hiddenCount ? `; ${text.hidden(data.hiddenCount)}` : ''}
            </>
          ) : null
        }
        tools={<p className="lead">{text.score}</p>}
        columns={columns}
        rows={rows}
        keyOf={(row) => row.record.id}
        hrefOf={(row) => pageOf(row.record)}
        loading={loading}
        problem={problem}
        onRetry={again}
        empty={
          data?.nodes
            ? { icon: ShieldCheck, title: text.emptyTitle, sentence: text.emptyText, first: { label: text.openMap, href: '/catalog/map' } }
            : { icon: Box, title: text.nothingTitle, sentence: text.nothingText, first: { label: words.list.add, href: '/services/new' } }
        }
      />
    </div>
  );
}
