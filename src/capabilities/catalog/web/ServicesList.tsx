import { Boxes, Plus } from 'lucide-react';
import { useAddress } from '#web/address.ts';
import { api, usePages } from '#web/api.ts';
import { OnCallOf } from '#web/panels.tsx';
import { RecordList } from '#web/record/RecordList.tsx';
import { useMay } from '#web/session.ts';
import { Link } from '#web/ui/Link.tsx';
import { Badge, Tier } from '#web/ui/Status.tsx';
import type { Column } from '#web/ui/Table.tsx';
import { catalog, type Service } from '../contract/index.ts';
import { Facets, useFacets } from './Facets.tsx';
import { Tags } from './facts.tsx';
import { HealthText } from './look.tsx';
import { words } from './words.ts';

const text = words.list;

const columns: readonly Column<Service>[] = [
  { id: 'state', head: words.state, width: 124, phone: 'state', cell: (row) => <HealthText health={row.health} /> },
  { id: 'id', head: 'Id', width: 76, phone: 'id', cell: (row) => <span className="id">{row.number}</span> },
  {
    id: 'name',
    head: words.name,
    phone: 'title',
    sortable: true,
    cell: (row) => (
      <span className="row">
        <Link className="b" href={`/services/${row.number}`}>
          {row.name}
        </Link>
        {row.lifecycle === 'live' ? null : <Badge>{words.lifecycles[row.lifecycle]}</Badge>}
      </span>
    ),
  },
  { id: 'tier', head: words.tier, width: 80, sortable: true, phone: 'hide', cell: (row) => <Tier level={row.tier} /> },
  { id: 'team', head: words.owner, width: 160, cell: (row) => row.team?.title ?? <span className="dim">–</span> },
  { id: 'oncall', head: text.onCall, width: 190, cell: (row) => <OnCallOf number={row.number} /> },
  { id: 'tags', head: words.tags, width: 150, quiet: true, phone: 'hide', cell: (row) => <Tags tags={row.tags} list="/services" /> },
  { id: 'users', head: text.users, width: 88, numeric: true, quiet: true, phone: 'hide', cell: (row) => row.usersAffected?.toLocaleString('en-GB') ?? '–' },
];

const FILTERS = [
  { id: '', label: 'All' },
  { id: '1', label: 'Tier 1' },
  { id: '2', label: 'Tier 2' },
  { id: '3', label: 'Tier 3 and 4' },
] as const;

export default function ServicesList() {
  const { search, keep } = useAddress();
  const may = useMay('catalog.write');
  const show = String(search['show'] ?? '');
  const { ask, isAny } = useFacets();
  const byTier = search['sort'] === 'tier';
  const tier = show === '3' ? [3, 4] : show === '1' || show === '2' ? [Number(show)] : undefined;
  const list = usePages(api(catalog).list, { limit: 50, sort: byTier ? 'tier' : 'name', ...(tier && { tier }), ...ask }, { on: ['alert.', 'check.', 'incident.'] });
  const first = { label: text.add, href: '/services/new', variant: 'primary' as const };
  return (
    <div className="oneline">
      <RecordList
        title={text.title}
        filters={FILTERS}
        filter={show}
        onFilter={(id) => keep({ show: id })}
        tools={<Facets />}
        actions={may ? [{ ...first, icon: Plus }] : []}
        columns={columns}
        rows={list.rows}
        keyOf={(row) => row.id}
        hrefOf={(row) => `/services/${row.number}`}
        sort={{ by: byTier ? 'tier' : 'name', down: false }}
        onSort={({ by }) => keep({ sort: by === 'tier' ? 'tier' : undefined })}
        loading={list.loading}
        problem={list.problem}
        onRetry={list.again}
        onMore={list.onMore}
        empty={
          show || isAny ? { icon: Boxes, title: text.noneTitle, sentence: text.noneText } : { icon: Boxes, title: text.emptyTitle, sentence: text.emptyText, ...(may && { first }) }
        }
      />
    </div>
  );
}
