import { Activity, Plus } from 'lucide-react';
import { useState } from 'react';
import { useAddress } from '#web/address.ts';
import { api, usePages } from '#web/api.ts';
import { RecordList } from '#web/record/RecordList.tsx';
import { useMay } from '#web/session.ts';
import { Link } from '#web/ui/Link.tsx';
import type { Column } from '#web/ui/Table.tsx';
import { Ago } from '#web/ui/Time.tsx';
import { checks, type Check, type CheckLine, type ProbeKind } from '../contract/index.ts';
import { GuardDialog, GuardNote, useGuard } from './Guard.tsx';
import { ALL_KINDS, kindLabel } from './kinds.ts';
import { CheckState, MiniUptime, tookWords } from './look.tsx';
import { words } from './words.ts';
import './checks.css';

const text = words.list;

const columns: readonly Column<CheckLine>[] = [
  { id: 'state', head: words.state, width: 118, phone: 'state', cell: (row) => <CheckState check={row} /> },
  { id: 'id', head: 'Id', width: 68, phone: 'id', cell: (row) => <span className="id">{row.number}</span> },
  {
    id: 'name',
    head: words.name,
    phone: 'title',
    cell: (row) => (
      <Link className="b" href={`/checks/${row.number}`}>
        {row.name}
      </Link>
    ),
  },
  { id: 'words', head: 'How it stands', width: 180, quiet: true, cell: (row) => row.words },
  { id: 'service', head: words.service, width: 124, phone: 'hide', cell: (row) => row.service?.title ?? <span className="dim">–</span> },
  { id: 'kind', head: words.kind, width: 88, quiet: true, phone: 'hide', cell: (row) => kindLabel(row.probe.kind) },
  { id: 'uptime', head: words.uptime, width: 150, phone: 'hide', cell: (row) => (row.uptime ? <MiniUptime uptime={row.uptime} /> : null) },
  { id: 'took', head: 'Took', width: 64, numeric: true, quiet: true, phone: 'hide', cell: (row) => tookWords(row.tookMs) },
  { id: 'last', head: words.last, width: 84, numeric: true, quiet: true, phone: 'end', cell: (row) => (row.lastAt ? <Ago at={row.lastAt} /> : words.never) },
];

const PROBES = ALL_KINDS.filter((id) => id !== 'heartbeat');
const FILTERS: readonly { readonly id: string; readonly label: string; readonly state?: Check['state'][]; readonly kind?: ProbeKind[] }[] = [
  { id: '', label: 'All' },
  { id: 'trouble', label: 'In trouble', state: ['down', 'late', 'unreachable', 'unknown'] },
  { id: 'probes', label: words.list.probes, kind: PROBES },
  { id: 'heartbeat', label: 'Heartbeats', kind: ['heartbeat'] },
  { id: 'paused', label: 'Paused', state: ['paused'] },
  { id: 'maintenance', label: words.states.maintenance, state: ['maintenance'] },
];

export default function ChecksList() {
  const { search, keep } = useAddress();
  const may = useMay('checks.write');
  const mayGuard = useMay('checks.guard');
  const [guarding, setGuarding] = useState(false);
  // Until one is set, the note above the list asks for it.
  const guarded = Boolean(useGuard().data?.targets.length);
  const filter = FILTERS.find(({ id }) => id === (search['show'] ?? '')) ?? FILTERS[0];
  const q = search['q'] === undefined ? '' : String(search['q']);
  const list = usePages(
    api(checks).list,
    { limit: 50, uptime: true, ...(filter?.state && { state: filter.state }), ...(filter?.kind && { kind: filter.kind }), ...(q && { q }) },
    { on: ['check.'] },
  );
  const first = { label: text.make, href: '/checks/new', variant: 'primary' as const };
  const filtered = Boolean(filter?.id || q);
  return (
    <div className="oneline">
      <GuardNote onSet={mayGuard ? () => setGuarding(true) : undefined} any={list.rows.length > 0} />
      <RecordList
        title={text.title}
        filters={FILTERS}
        filter={filter?.id ?? ''}
        onFilter={(id) => keep({ show: id })}
        tools={
          <input
            className="inp findbox"
            type="search"
            aria-label={text.search}
            placeholder={text.search}
            defaultValue={q}
            onChange={(event) => keep({ q: event.currentTarget.value })}
          />
        }
        actions={
          may
            ? [
                ...(mayGuard && guarded ? [{ label: text.targets, onAct: () => setGuarding(true) }] : []),
                { label: words.moveIn.link, href: '/checks/move-in' },
                { ...first, icon: Plus },
              ]
            : []
        }
        columns={columns}
        rows={list.rows}
        keyOf={(row) => row.id}
        hrefOf={(row) => `/checks/${row.number}`}
        loading={list.loading}
        problem={list.problem}
        onRetry={list.again}
        onMore={list.onMore}
        empty={
          filtered
            ? { icon: Activity, title: text.noneTitle, sentence: text.noneText }
            : { icon: Activity, title: text.emptyTitle, sentence: text.emptyText, ...(may && { first }) }
        }
      />
      <GuardDialog open={guarding} onClose={() => setGuarding(false)} />
    </div>
  );
}
