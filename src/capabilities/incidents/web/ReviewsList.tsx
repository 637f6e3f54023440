import { BookOpenCheck, Tags } from 'lucide-react';
import { useAddress } from '#web/address.ts';
import { usePages } from '#web/api.ts';
import { RecordList } from '#web/record/RecordList.tsx';
import { Link } from '#web/ui/Link.tsx';
import { Person } from '#web/ui/People.tsx';
import { Badge, StatusText } from '#web/ui/Status.tsx';
import type { Column } from '#web/ui/Table.tsx';
import { Time } from '#web/ui/Time.tsx';
import type { Review } from '../contract.ts';
import '#web/styles/run.css';
import { incidentsApi } from './api.ts';
import { personOf, SeverityMark } from './look.tsx';
import { words } from './words.ts';

const text = words.reviews;

const columns: readonly Column<Review>[] = [
  { id: 'severity', head: text.severity, width: 84, phone: 'hide', cell: (row) => <SeverityMark severity={row.severity} /> },
  { id: 'id', head: words.list.id, width: 76, phone: 'id', cell: (row) => <span className="id">{row.number}</span> },
  {
    id: 'title',
    head: words.list.name,
    phone: 'title',
    cell: (row) => (
      <Link className="b el block" href={`/reviews/${row.number}`}>
        {row.title}
      </Link>
    ),
  },
  { id: 'state', head: text.state, width: 96, phone: 'state', cell: (row) => <Badge>{text.states[row.state]}</Badge> },
  { id: 'owner', head: text.owner, width: 168, cell: (row) => (row.owner ? <Person person={personOf(row.owner)} /> : <span className="dim">{text.nobody}</span>) },
  {
    id: 'actions',
    head: text.actions,
    width: 104,
    phone: 'hide',
    cell: (row) => (row.openActions + row.doneActions ? text.openOf(row.openActions, row.openActions + row.doneActions) : <span className="dim">{text.noActions}</span>),
  },
  {
    id: 'incident',
    head: text.incident,
    width: 88,
    phone: 'hide',
    cell: (row) =>
      row.incident ? (
        <Link className="id" href={`/incidents/${row.incident.number}`}>
          {row.incident.number}
        </Link>
      ) : null,
  },
  {
    id: 'due',
    head: text.due,
    width: 120,
    numeric: true,
    phone: 'end',
    cell: (row) =>
      row.overdue ? (
        <StatusText state="warning">
          <Time at={`${row.dueOn}T12:00:00Z`} form="day" />
        </StatusText>
      ) : row.finishedAt ? (
        <Time at={row.finishedAt} />
      ) : (
        <Time at={`${row.dueOn}T12:00:00Z`} form="day" />
      ),
  },
];

const FILTERS = [
  { id: '', label: text.open, ask: { state: ['draft', 'in review', 'reviewed'] } },
  { id: 'mine', label: text.mine, ask: { owner: 'me', state: ['draft', 'in review', 'reviewed'] } },
  { id: 'overdue', label: text.overdue, ask: { overdue: true } },
  { id: 'done', label: text.done, ask: { state: ['closed'] } },
  { id: 'all', label: text.all, ask: {} },
] as const;

export default function ReviewsList() {
  const { search, keep } = useAddress();
  const filter = FILTERS.find(({ id }) => id === (search['show'] ?? '')) ?? FILTERS[0];
  const { state, ...ask } = filter.ask as { readonly state?: readonly Review['state'][]; readonly owner?: 'me'; readonly overdue?: true };
  const list = usePages(incidentsApi.reviews, { limit: 100, ...ask, ...(state && { state: [...state] }) }, { on: ['review.', 'action.'] });
  return (
    <div className="fixedtable">
      <RecordList
        title={text.title}
        filters={FILTERS}
        filter={filter.id}
        onFilter={(id) => keep({ show: id })}
        actions={[{ label: words.review.factorsTitle, icon: Tags, href: '/reviews/factors' }]}
        columns={columns}
        rows={list.rows}
        keyOf={(row) => row.id}
        hrefOf={(row) => `/reviews/${row.number}`}
        loading={list.loading}
        problem={list.problem}
        onRetry={list.again}
        onMore={list.onMore}
        empty={{ icon: BookOpenCheck, title: text.emptyTitle, sentence: text.emptyText }}
      />
    </div>
  );
}
