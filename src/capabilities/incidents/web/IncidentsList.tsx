import { Siren } from 'lucide-react';
import { catalog } from '#capabilities/catalog/contract/index.ts';
import { useAddress } from '#web/address.ts';
import { api, usePages, useRead } from '#web/api.ts';
import { recordChoice, searchServices } from '#web/record/choices.tsx';
import { Choose } from '#web/record/Choose.tsx';
import { RecordList } from '#web/record/RecordList.tsx';
import { useMay, useMe } from '#web/session.ts';
import { Select } from '#web/ui/Field.tsx';
import { Link } from '#web/ui/Link.tsx';
import { useNow } from '#web/ui/now.ts';
import { Person } from '#web/ui/People.tsx';
import type { Column } from '#web/ui/Table.tsx';
import { Time } from '#web/ui/Time.tsx';
import { lengthOf, ms } from '#web/ui/time.ts';
import { severity as severities, type Incident } from '../contract.ts';
import { incidentsApi } from './api.ts';
import { personOf, SeverityMark, severityOptions } from './look.tsx';
import { words } from './words.ts';

const text = words.list;

function Lasted({ row }: { readonly row: Incident }) {
  const now = useNow('minute');
  return <>{lengthOf((row.resolvedAt ? ms(row.resolvedAt) : Math.max(now, ms(row.declaredAt))) - ms(row.declaredAt))}</>;
}

const columns: readonly Column<Incident>[] = [
  { id: 'severity', head: text.severity, width: 84, phone: 'state', cell: (row) => <SeverityMark severity={row.severity} /> },
  { id: 'id', head: text.id, width: 76, phone: 'id', cell: (row) => <span className="id">{row.number}</span> },
  {
    id: 'title',
    head: text.name,
    phone: 'title',
    cell: (row) => (
      <Link className="b el block" href={`/incidents/${row.number}`}>
        {row.title}
      </Link>
    ),
  },
  {
    id: 'stage',
    head: text.stage,
    width: 112,
    cell: (row) => (row.stage === 'resolved' ? <span className="mut">{words.stages.resolved}</span> : <span className="b">{words.stages[row.stage]}</span>),
  },
  { id: 'service', head: text.service, width: 132, phone: 'hide', cell: (row) => <span className="el block">{row.service?.title ?? '–'}</span> },
  {
    id: 'commander',
    head: text.commander,
    width: 164,
    phone: 'hide',
    cell: (row) => (row.roles.commander ? <Person person={personOf(row.roles.commander)} /> : <span className="dim">{words.nobody}</span>),
  },
  { id: 'declared', head: text.declared, width: 92, quiet: true, phone: 'hide', cell: (row) => <Time at={row.declaredAt} /> },
  { id: 'lasted', head: text.lasted, width: 96, numeric: true, phone: 'end', cell: (row) => <Lasted row={row} /> },
];

/** Further filters beside the saved ones; each is kept in the address. */
function Tools() {
  const { search, keep } = useAddress();
  const { service } = search;
  const named = useRead(api(catalog).get, { number: service ?? 'SVC-0' }, { enabled: Boolean(service) });
  const start = service && named.data ? recordChoice({ ...named.data.service, title: named.data.service.name }) : undefined;
  return (
    <>
      <Select
        aria-label={text.severity}
        none={words.anySeverity}
        options={severityOptions}
        value={search['severity'] ?? ''}
        onChange={(event) => keep({ severity: event.currentTarget.value })}
      />
      <Choose
        key={start?.id ?? ''}
        optional
        name="service"
        label={text.service}
        none={words.anyService}
        search={searchServices}
        start={start}
        onChoose={(choice) => keep({ service: choice?.id })}
      />
      <input
        className="inp findbox"
        type="search"
        aria-label={text.search}
        placeholder={text.search}
        defaultValue={search['q'] ?? ''}
        onChange={(event) => keep({ q: event.currentTarget.value })}
      />
    </>
  );
}

const liveFirst = (one: Incident, other: Incident) => Number(one.stage === 'resolved') - Number(other.stage === 'resolved');

export default function IncidentsList() {
  const { search, keep } = useAddress();
  const may = useMay('incidents.declare');
  const { person } = useMe();
  const show = search['show'] ?? '';
  const teams = (person?.teams ?? []).slice(0, 3);
  const team = teams.find(({ number }) => number === show)?.number;
  const severity = severities.safeParse(search['severity']).data;
  const { service, q } = search;
  const live = show === '' ? true : show === 'resolved' ? false : undefined;
  const list = usePages(
    incidentsApi.list,
    { limit: 100, ...(live !== undefined && { live }), ...(team && { team }), ...(severity && { severity: [severity] }), ...(service && { service }), ...(q && { q }) },
    { on: ['incident.'] },
  );
  const filters = [
    { id: '', label: text.live },
    { id: 'resolved', label: text.resolved },
    { id: 'all', label: text.all },
    ...teams.map(({ number, title }) => ({ id: number, label: title })),
  ];
  const calm = live && !severity && !service && !q;
  return (
    <div className="fixedtable">
      <RecordList
        title={text.title}
        filters={filters}
        filter={show}
        onFilter={(id) => keep({ show: id })}
        tools={<Tools />}
        actions={[
          { label: words.definitions.title, href: '/incidents/severities' },
          ...(may ? [{ label: text.declare, icon: Siren, variant: 'primary' as const, href: '/incidents/new' }] : []),
        ]}
        columns={columns}
        rows={list.rows.toSorted(liveFirst)}
        keyOf={(row) => row.id}
        hrefOf={(row) => `/incidents/${row.number}`}
        loading={list.loading}
        problem={list.problem}
        onRetry={list.again}
        onMore={list.onMore}
        empty={
          calm
            ? { icon: Siren, title: text.noLive, sentence: text.noLiveText, first: { label: text.everything, onAct: () => keep({ show: 'all' }) } }
            : {
                icon: Siren,
                title: text.emptyTitle,
                sentence: text.emptyText,
                first: { label: text.everything, onAct: () => keep({ show: 'all', severity: undefined, service: undefined, q: undefined }) },
              }
        }
      />
    </div>
  );
}
