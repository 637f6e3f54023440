import { Plus, Server } from 'lucide-react';
import { useAddress } from '#web/address.ts';
import { api, usePages } from '#web/api.ts';
import { RecordList } from '#web/record/RecordList.tsx';
import { useMay } from '#web/session.ts';
import { Select } from '#web/ui/Field.tsx';
import { Icon } from '#web/ui/Icon.tsx';
import { Link } from '#web/ui/Link.tsx';
import { Badge } from '#web/ui/Status.tsx';
import type { Column } from '#web/ui/Table.tsx';
import { catalog, COMPONENT_TYPES, type Component } from '../contract/index.ts';
import { Facets, useFacets } from './Facets.tsx';
import { Tags } from './facts.tsx';
import { pictureOf, typeWord } from './look.tsx';
import { words } from './words.ts';

const text = words.components;
export const typeOptions = COMPONENT_TYPES.map((value) => ({ value, label: typeWord(value) }));

const columns: readonly Column<Component>[] = [
  { id: 'id', head: 'Id', width: 84, phone: 'id', cell: (row) => <span className="id">{row.number}</span> },
  {
    id: 'name',
    head: words.name,
    phone: 'title',
    cell: (row) => (
      <span className="row">
        <Icon of={pictureOf(row.type)} size={14} />
        <Link className="b" href={`/components/${row.number}`}>
          {row.name}
        </Link>
        {row.lifecycle === 'live' ? null : <Badge>{words.lifecycles[row.lifecycle]}</Badge>}
      </span>
    ),
  },
  { id: 'type', head: words.type, width: 130, cell: (row) => typeWord(row.type) },
  { id: 'summary', head: words.summary, quiet: true, phone: 'hide', cell: (row) => row.summary },
  { id: 'address', head: words.address, width: 140, quiet: true, phone: 'hide', cell: (row) => row.address },
  { id: 'tags', head: words.tags, width: 150, quiet: true, phone: 'hide', cell: (row) => <Tags tags={row.tags} list="/components" /> },
  { id: 'team', head: words.owner, width: 160, cell: (row) => row.team?.title ?? <span className="dim">–</span> },
];

export default function ComponentsList() {
  const { search, keep } = useAddress();
  const may = useMay('catalog.write');
  const { ask, isAny } = useFacets();
  const type = COMPONENT_TYPES.find((each) => each === search['type']);
  const list = usePages(api(catalog).components, { limit: 100, ...(type && { type: [type] }), ...ask });
  const first = { label: text.add, href: '/components/new', variant: 'primary' as const };
  return (
    <div className="oneline">
      <RecordList
        title={text.title}
        tools={
          <Facets>
            <Select aria-label={words.type} none={text.every} options={typeOptions} value={type ?? ''} onChange={(event) => keep({ type: event.currentTarget.value })} />
          </Facets>
        }
        actions={may ? [{ ...first, icon: Plus }] : []}
        columns={columns}
        rows={list.rows}
        keyOf={(row) => row.id}
        hrefOf={(row) => `/components/${row.number}`}
        loading={list.loading}
        problem={list.problem}
        onRetry={list.again}
        onMore={list.onMore}
        empty={
          isAny || type
            ? { icon: Server, title: text.noneTitle, sentence: text.noneText }
            : { icon: Server, title: text.emptyTitle, sentence: text.emptyText, ...(may && { first }) }
        }
      />
    </div>
  );
}
