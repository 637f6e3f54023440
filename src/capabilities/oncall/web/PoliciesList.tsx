import { Plus, Waypoints } from 'lucide-react';
import { OnCallTabs } from '#web/OnCallTabs.tsx';
import { api, usePages } from '#web/api.ts';
import { RecordList } from '#web/record/RecordList.tsx';
import { useMay } from '#web/session.ts';
import { Link } from '#web/ui/Link.tsx';
import { Badge } from '#web/ui/Status.tsx';
import type { Column } from '#web/ui/Table.tsx';
import type { Out } from '#kernel/contract.ts';
import { oncall } from '../contract.ts';
import { words } from './words.ts';

const text = words.policy;
export type Policy = Out<(typeof oncall)['verbs']['policy']>['policy'];

const columns: readonly Column<Policy>[] = [
  { id: 'id', head: 'Id', width: 76, phone: 'id', cell: (row) => <span className="id">{row.number}</span> },
  {
    id: 'name',
    head: words.name,
    phone: 'title',
    cell: (row) => (
      <span className="row">
        <Link className="b" href={`/policies/${row.number}`}>
          {row.name}
        </Link>
        {row.isDefault ? <Badge>{text.standard}</Badge> : null}
      </span>
    ),
  },
  { id: 'first', head: text.first, cell: (row) => row.steps[0]?.targets.map(({ record }) => record.title).join(', ') },
  { id: 'steps', head: text.steps, width: 72, numeric: true, quiet: true, phone: 'hide', cell: (row) => row.steps.length },
  { id: 'services', head: text.covers, width: 260, quiet: true, cell: (row) => row.services.map(({ title }) => title).join(', ') || '–' },
];

export default function PoliciesList() {
  const may = useMay('oncall.plan');
  const list = usePages(api(oncall).policies, { limit: 100 }, { on: ['policy.'] });
  return (
    <div className="oneline">
      <OnCallTabs current="policies" />
      <RecordList
        title={text.title}
        sub={text.sub}
        actions={may ? [{ label: text.make, icon: Plus, variant: 'primary', href: '/policies/new' }] : []}
        columns={columns}
        rows={list.rows}
        keyOf={(row) => row.id}
        hrefOf={(row) => `/policies/${row.number}`}
        loading={list.loading}
        problem={list.problem}
        onRetry={list.again}
        onMore={list.onMore}
        empty={{ icon: Waypoints, title: text.emptyTitle, sentence: text.emptyText, ...(may && { first: { label: text.make, href: '/policies/new', variant: 'primary' } }) }}
      />
    </div>
  );
}
