import { Bell, Cable, Waypoints } from 'lucide-react';
import { catalog } from '#capabilities/catalog/contract/index.ts';
import { useAddress } from '#web/address.ts';
import { api, usePages, useRead } from '#web/api.ts';
import { recordChoice, searchServices } from '#web/record/choices.tsx';
import { Choose } from '#web/record/Choose.tsx';
import { RecordList } from '#web/record/RecordList.tsx';
import { useMay } from '#web/session.ts';
import { Select } from '#web/ui/Field.tsx';
import { Link } from '#web/ui/Link.tsx';
import { Tier } from '#web/ui/Status.tsx';
import type { Column } from '#web/ui/Table.tsx';
import { Ago } from '#web/ui/Time.tsx';
import { alerts, alertSeverity, type Alert } from '../contract/index.ts';
import { AlertState, severityOptions } from './look.tsx';
import { words } from './words.ts';

const text = words.list;

const columns: readonly Column<Alert>[] = [
  { id: 'state', head: 'State', width: 124, phone: 'state', cell: (row) => <AlertState alert={row} /> },
  { id: 'id', head: 'Id', width: 72, phone: 'id', cell: (row) => <span className="id">{row.number}</span> },
  {
    id: 'title',
    head: 'Title',
    phone: 'title',
    cell: (row) => (
      <Link className="b" href={`/alerts/${row.number}`}>
        {row.title}
      </Link>
    ),
  },
  {
    id: 'service',
    head: 'Service',
    width: 172,
    cell: (row) =>
      row.service ? (
        <span className="row">
          <span className="el1">{row.service.title}</span>
          {row.service.tier ? <Tier level={row.service.tier} /> : null}
        </span>
      ) : (
        <span className="dim">–</span>
      ),
  },
  { id: 'severity', head: 'Severity', width: 76, phone: 'hide', cell: (row) => words.severities[row.severity] },
  { id: 'source', head: 'Source', width: 124, quiet: true, phone: 'hide', cell: (row) => row.source?.title ?? words.desk },
  { id: 'signals', head: 'Signals', width: 68, numeric: true, quiet: true, phone: 'hide', cell: (row) => row.signalCount },
  { id: 'since', head: 'Since', width: 76, numeric: true, quiet: true, phone: 'end', cell: (row) => <Ago at={row.openedAt} /> },
];

const FILTERS = [
  { id: '', label: 'Firing', ask: { state: ['triggered'] } },
  { id: 'acknowledged', label: 'Acknowledged', ask: { state: ['acknowledged'] } },
  { id: 'resolved', label: 'Resolved', ask: { state: ['resolved'] } },
  { id: 'all', label: 'All', ask: {} },
  { id: 'mine', label: 'My teams', ask: { mine: true, state: ['triggered', 'acknowledged'] } },
] as const;

/** Further filters beside the saved ones; each is kept in the address. */
function Tools() {
  const { search, keep } = useAddress();
  const { data } = useRead(api(alerts).sources, { limit: 100 });
  const { service } = search;
  const named = useRead(api(catalog).get, { number: service ?? 'SVC-0' }, { enabled: Boolean(service) });
  const start = service && named.data ? recordChoice({ ...named.data.service, title: named.data.service.name }) : undefined;
  return (
    <>
      <Select
        aria-label={words.alert.severity}
        none={text.severity}
        options={severityOptions}
        value={search['severity'] ?? ''}
        onChange={(event) => keep({ severity: event.currentTarget.value })}
      />
      <Select
        aria-label={words.alert.source}
        none={text.source}
        options={(data?.items ?? []).map(({ number, name }) => ({ value: number, label: name }))}
        value={search['source'] ?? ''}
        onChange={(event) => keep({ source: event.currentTarget.value })}
      />
      <Choose
        key={start?.id ?? ''}
        optional
        name="service"
        label={words.service}
        none={text.anyService}
        search={searchServices}
        start={start}
        onChoose={(choice) => keep({ service: choice?.id })}
      />
    </>
  );
}

export default function AlertsList() {
  const { search, keep } = useAddress();
  const may = useMay('alerts.configure');
  const filter = FILTERS.find(({ id }) => id === (search['show'] ?? '')) ?? FILTERS[0];
  const severity = alertSeverity.safeParse(search['severity']).data;
  const { state, mine } = filter.ask as { readonly state?: readonly Alert['state'][]; readonly mine?: true };
  const { source, service } = search;
  const sources = useRead(api(alerts).sources, { limit: 1 });
  const list = usePages(
    api(alerts).list,
    {
      limit: 100,
      ...(state && { state: [...state] }),
      ...(mine && { mine }),
      ...(severity && { severity: [severity] }),
      ...(source && { source }),
      ...(service && { service }),
    },
    { on: ['alert.'] },
  );
  const unconnected = sources.data?.items.length === 0;
  return (
    <div className="oneline">
      <RecordList
        title={text.title}
        filters={FILTERS}
        filter={filter.id}
        onFilter={(id) => keep({ show: id })}
        tools={<Tools />}
        actions={[
          { label: text.bindings, icon: Waypoints, href: '/alerts/bindings' },
          { label: text.sources, icon: Cable, href: '/alerts/sources' },
        ]}
        columns={columns}
        rows={list.rows}
        keyOf={(row) => row.id}
        hrefOf={(row) => `/alerts/${row.number}`}
        loading={list.loading}
        problem={list.problem}
        onRetry={list.again}
        onMore={list.onMore}
        empty={
          unconnected
            ? {
                icon: Cable,
                title: text.firstTitle,
                sentence: text.firstText,
                ...(may && { first: { label: text.first, href: '/alerts/sources/new', variant: 'primary' as const } }),
              }
            : { icon: Bell, title: text.emptyTitle, sentence: text.emptyText }
        }
      />
    </div>
  );
}
