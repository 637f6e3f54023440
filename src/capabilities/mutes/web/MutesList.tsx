import { BellOff, CalendarDays, Plus } from 'lucide-react';
import { useAddress } from '#web/address.ts';
import { api, usePages } from '#web/api.ts';
import { RecordList } from '#web/record/RecordList.tsx';
import { useMay } from '#web/session.ts';
import { Link } from '#web/ui/Link.tsx';
import { Person } from '#web/ui/People.tsx';
import type { Column } from '#web/ui/Table.tsx';
import { mutes, type Mute } from '../contract.ts';
import { MuteState, NextTurn, WhenText } from './look.tsx';
import '#web/styles/run.css';
import './mutes.css';
import { words } from './words.ts';

const columns: readonly Column<Mute>[] = [
  { id: 'state', head: words.state, width: 92, phone: 'state', cell: (row) => <MuteState mute={row} /> },
  { id: 'id', head: words.id, width: 66, phone: 'id', cell: (row) => <span className="id">{row.number}</span> },
  {
    id: 'reason',
    head: words.reason,
    phone: 'title',
    cell: (row) => (
      <Link className="b el block" href={`/mutes/${row.number}`}>
        {row.reason}
        {row.kind === 'maintenance' ? <span className="dim"> · {words.kinds.maintenance.toLowerCase()}</span> : null}
      </Link>
    ),
  },
  { id: 'what', head: words.what, width: 150, quiet: true, cell: (row) => <span className="el block mono s12">{row.matchers.join(' or ')}</span> },
  {
    id: 'when',
    head: words.when,
    width: 180,
    quiet: true,
    cell: (row) => (
      <span className="el block">
        <WhenText mute={row} />
      </span>
    ),
  },
  {
    id: 'by',
    head: words.by,
    width: 130,
    phone: 'hide',
    cell: (row) => (row.by ? <Person person={{ id: row.by.id, name: row.by.title }} /> : <span className="dim">{words.nobody}</span>),
  },
  { id: 'ends', head: words.ends, width: 146, numeric: true, phone: 'end', cell: (row) => <NextTurn mute={row} /> },
];

type Ask = { readonly state?: Mute['state'][]; readonly kind?: Mute['kind'][] };
const IN_FORCE: Mute['state'][] = ['active', 'coming', 'waiting'];
const FILTERS: readonly { readonly id: string; readonly label: string; readonly ask: Ask }[] = [
  { id: '', label: words.filters.inForce, ask: { state: IN_FORCE } },
  { id: 'active', label: words.filters.active, ask: { state: ['active'] } },
  { id: 'maintenance', label: words.filters.maintenance, ask: { state: IN_FORCE, kind: ['maintenance'] } },
  { id: 'over', label: words.filters.over, ask: { state: ['over'] } },
  { id: 'all', label: words.filters.all, ask: {} },
];

export default function MutesList() {
  const { search, keep } = useAddress();
  const may = useMay('mutes.write');
  const filter = FILTERS.find(({ id }) => id === (search['show'] ?? '')) ?? FILTERS[0];
  const { q } = search;
  const list = usePages(api(mutes).list, { limit: 100, ...filter?.ask, ...(q && { q }) }, { on: ['mute.'] });
  const make = { label: words.make, icon: Plus, variant: 'primary' as const, href: '/mutes/new' };
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
        actions={[{ label: words.calendar, icon: CalendarDays, href: '/mutes/calendar' }, ...(may ? [make] : [])]}
        columns={columns}
        rows={list.rows}
        keyOf={(row) => row.id}
        hrefOf={(row) => `/mutes/${row.number}`}
        loading={list.loading}
        problem={list.problem}
        onRetry={list.again}
        onMore={list.onMore}
        empty={{ icon: BellOff, title: filter?.id === 'over' || q ? words.emptyOver : words.emptyTitle, sentence: words.emptyText, ...(may && { first: make }) }}
      />
    </div>
  );
}
