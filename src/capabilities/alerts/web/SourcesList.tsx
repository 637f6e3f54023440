import { Cable, Plus } from 'lucide-react';
import { api, usePages } from '#web/api.ts';
import { RecordList } from '#web/record/RecordList.tsx';
import { useMay } from '#web/session.ts';
import { Link } from '#web/ui/Link.tsx';
import type { Column } from '#web/ui/Table.tsx';
import { Ago } from '#web/ui/Time.tsx';
import { alerts } from '../contract/index.ts';
import { SourceHealth, type Source } from './SourceHealth.tsx';
import { words } from './words.ts';

const text = words.sources;
const columns: readonly Column<Source>[] = [
  { id: 'health', head: 'State', width: 150, phone: 'state', cell: (row) => <SourceHealth source={row} /> },
  { id: 'id', head: 'Id', width: 76, phone: 'id', cell: (row) => <span className="id">{row.number}</span> },
  {
    id: 'name',
    head: 'Name',
    phone: 'title',
    cell: (row) => (
      <Link className="b" href={`/sources/${row.number}`}>
        {row.name}
      </Link>
    ),
  },
  { id: 'about', head: words.about, quiet: true, phone: 'line', cell: (row) => row.about },
  { id: 'service', head: words.service, width: 116, phone: 'hide', cell: (row) => row.service?.title ?? <span className="dim">–</span> },
  { id: 'hours', head: text.perHour, width: 76, numeric: true, quiet: true, phone: 'hide', cell: (row) => row.hours.reduce((sum, count) => sum + count, 0) },
  { id: 'waiting', head: text.waiting, width: 72, numeric: true, quiet: true, phone: 'hide', cell: (row) => row.waiting },
  { id: 'failed', head: words.source.failed, width: 64, numeric: true, quiet: true, phone: 'hide', cell: (row) => row.failed },
  { id: 'last', head: words.source.last, width: 104, numeric: true, quiet: true, phone: 'end', cell: (row) => (row.lastSignalAt ? <Ago at={row.lastSignalAt} /> : words.never) },
];

export default function SourcesList() {
  const may = useMay('alerts.configure');
  const list = usePages(api(alerts).sources, { limit: 100 }, { on: ['source.'] });
  return (
    <div className="oneline">
      <RecordList
        title={text.title}
        sub={text.sub}
        actions={may ? [{ label: text.connect, icon: Plus, variant: 'primary', href: '/alerts/sources/new' }] : []}
        columns={columns}
        rows={list.rows}
        keyOf={(row) => row.id}
        hrefOf={(row) => `/sources/${row.number}`}
        loading={list.loading}
        problem={list.problem}
        onRetry={list.again}
        onMore={list.onMore}
        empty={{ icon: Cable, title: text.emptyTitle, sentence: text.emptyText, ...(may && { first: { label: text.connect, href: '/alerts/sources/new', variant: 'primary' } }) }}
      />
    </div>
  );
}
