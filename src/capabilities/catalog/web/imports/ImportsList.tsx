import { FolderInput, Plus } from 'lucide-react';
import { useAddress } from '#web/address.ts';
import { api, usePages } from '#web/api.ts';
import { RecordList } from '#web/record/RecordList.tsx';
import { useMay } from '#web/session.ts';
import { Link } from '#web/ui/Link.tsx';
import { useNow } from '#web/ui/now.ts';
import type { Column } from '#web/ui/Table.tsx';
import { Ago, In } from '#web/ui/Time.tsx';
import { ms } from '#web/ui/time.ts';
import { catalog, type ImportSource } from '../../contract/index.ts';
import { FormatCards } from './FormatCards.tsx';
import { words } from './words.ts';
import './imports.css';

const text = words.list;

/** The desk looks for what is due every five minutes. */
export function NextRead({ source: { archived, nextAt } }: { readonly source: ImportSource }) {
  const now = useNow('minute');
  if (archived || nextAt === null) return <span className="dim">{archived ? text.never : text.byHand}</span>;
  return ms(nextAt) > now ? <In at={nextAt} /> : <span>{text.soon}</span>;
}

export const WhereFrom = ({ source: { path } }: { readonly source: ImportSource }) => (path ? <code>{path}</code> : <span className="dim">{text.uploaded}</span>);

const columns: readonly Column<ImportSource>[] = [
  { id: 'id', head: 'Id', width: 68, phone: 'id', cell: (row) => <span className="id">{row.number}</span> },
  {
    id: 'name',
    head: text.name,
    width: 210,
    phone: 'title',
    cell: (row) => (
      <Link className="b" href={`/imports/${row.number}`}>
        {row.name}
      </Link>
    ),
  },
  {
    id: 'from',
    head: text.from,
    width: 190,
    phone: 'state',
    cell: (row) => (
      <>
        {words.formats[row.format].label}, <WhereFrom source={row} />
      </>
    ),
  },
  { id: 'outcome', head: text.outcome, quiet: true, cell: (row) => row.outcome || '–' },
  { id: 'last', head: text.last, width: 112, numeric: true, quiet: true, phone: 'end', cell: (row) => (row.readAt ? <Ago at={row.readAt} /> : text.never) },
  { id: 'records', head: text.records, width: 68, numeric: true, phone: 'hide', cell: (row) => row.records.toLocaleString('en-GB') },
  { id: 'stale', head: text.stale, width: 84, numeric: true, phone: 'hide', cell: (row) => <span title={text.staleHint}>{row.stale.toLocaleString('en-GB')}</span> },
  { id: 'next', head: text.next, width: 104, numeric: true, quiet: true, phone: 'hide', cell: (row) => <NextRead source={row} /> },
];

/** Shown while nothing is imported: what could be. */
function First({ may }: { readonly may: boolean }) {
  return (
    <div className="stack16">
      <div>
        <h1>{text.title}</h1>
        <p className="lead">{may ? text.emptyText : text.emptyViewer}</p>
      </div>
      {may ? <FormatCards /> : null}
    </div>
  );
}

export default function ImportsList() {
  const { search, keep } = useAddress();
  const may = useMay('catalog.import');
  const isRetired = search['show'] === 'retired';
  const list = usePages(api(catalog).imports, { limit: 100, archived: isRetired }, { on: ['import.'] });
  const rows = list.rows.filter(({ archived }) => archived === isRetired);
  if (!isRetired && !rows.length && !list.loading && !list.problem) return <First may={may} />;
  return (
    <div className="oneline">
      <RecordList
        title={text.title}
        sub={text.sub}
        filters={[
          { id: '', label: text.current },
          { id: 'retired', label: text.retired },
        ]}
        filter={isRetired ? 'retired' : ''}
        onFilter={(show) => keep({ show })}
        actions={may ? [{ label: text.add, icon: Plus, variant: 'primary', href: '/imports/new' }] : []}
        columns={columns}
        rows={rows}
        keyOf={(row) => row.id}
        hrefOf={(row) => `/imports/${row.number}`}
        loading={list.loading}
        problem={list.problem}
        onRetry={list.again}
        onMore={list.onMore}
        empty={{ icon: FolderInput, title: text.noneRetired, sentence: text.noneRetiredText }}
      />
    </div>
  );
}
