import { Plus, Target } from 'lucide-react';
import { useAddress } from '#web/address.ts';
import { api, usePages } from '#web/api.ts';
import { RecordList } from '#web/record/RecordList.tsx';
import { useMay } from '#web/session.ts';
import { Link } from '#web/ui/Link.tsx';
import type { Column } from '#web/ui/Table.tsx';
import { slos, type Slo } from '../contract.ts';
import { percent } from '../rules/index.ts';
import { Budget, rate, share, SloState } from './look.tsx';
import '#web/styles/run.css';
import './slos.css';
import { words } from './words.ts';

const columns: readonly Column<Slo>[] = [
  { id: 'state', head: words.state, width: 104, phone: 'state', cell: (row) => <SloState slo={row} /> },
  { id: 'id', head: words.id, width: 66, phone: 'id', cell: (row) => <span className="id">{row.number}</span> },
  {
    id: 'name',
    head: words.name,
    phone: 'title',
    cell: (row) => (
      <Link className="b el block" href={`/slos/${row.number}`}>
        {row.name}
      </Link>
    ),
  },
  { id: 'service', head: words.service, width: 140, phone: 'hide', cell: (row) => <span className="el block">{row.service?.title ?? '–'}</span> },
  { id: 'objective', head: words.objective, width: 92, numeric: true, quiet: true, phone: 'hide', cell: (row) => percent(row.objective, 3) },
  { id: 'window', head: words.window, width: 80, numeric: true, quiet: true, phone: 'hide', cell: (row) => words.days(row.windowDays) },
  { id: 'achieved', head: words.achieved, width: 92, numeric: true, cell: (row) => share(row.achieved, 3) },
  { id: 'budget', head: words.budget, width: 170, phone: 'line', cell: (row) => <Budget left={row.budgetLeft} /> },
  { id: 'burn', head: words.burn, width: 80, numeric: true, phone: 'end', cell: (row) => rate(row.burn) },
];

const FILTERS: readonly { readonly id: string; readonly label: string; readonly state?: Slo['state'][] }[] = [
  { id: '', label: words.filters.all },
  { id: 'trouble', label: words.filters.trouble, state: ['critical', 'warning'] },
  { id: 'unknown', label: words.filters.unknown, state: ['unknown'] },
];

export default function SlosList() {
  const { search, keep } = useAddress();
  const may = useMay('slos.write');
  const filter = FILTERS.find(({ id }) => id === (search['show'] ?? '')) ?? FILTERS[0];
  const { q } = search;
  const list = usePages(api(slos).list, { limit: 100, ...(filter?.state && { state: filter.state }), ...(q && { q }) }, { on: ['slo.'] });
  const make = { label: words.make, icon: Plus, variant: 'primary' as const, href: '/slos/new' };
  const filtered = Boolean(filter?.id || q);
  return (
    <div className="fixedtable">
      <RecordList
        title={words.title}
        filters={FILTERS}
        filter={filter?.id ?? ''}
        onFilter={(id) => keep({ show: id })}
        tools={
          <input
            className="inp findbox"
            type="search"
            aria-label={words.search}
            placeholder={words.search}
            defaultValue={q ?? ''}
            onChange={(event) => keep({ q: event.currentTarget.value })}
          />
        }
        actions={may ? [make] : []}
        columns={columns}
        rows={list.rows}
        keyOf={(row) => row.id}
        hrefOf={(row) => `/slos/${row.number}`}
        loading={list.loading}
        problem={list.problem}
        onRetry={list.again}
        onMore={list.onMore}
        empty={
          filtered
            ? { icon: Target, title: words.noneTitle, sentence: words.noneText }
            : { icon: Target, title: words.emptyTitle, sentence: words.emptyText, ...(may && { first: make }) }
        }
      />
    </div>
  );
}
