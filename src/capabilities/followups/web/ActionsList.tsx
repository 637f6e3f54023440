import { ListChecks, Plus } from 'lucide-react';
import { useAddress } from '#web/address.ts';
import { api, usePages } from '#web/api.ts';
import { RecordList } from '#web/record/RecordList.tsx';
import { useMay, useMe } from '#web/session.ts';
import { Link } from '#web/ui/Link.tsx';
import { Person } from '#web/ui/People.tsx';
import type { Column } from '#web/ui/Table.tsx';
import { Segmented } from '#web/ui/Tabs.tsx';
import { followups, type FollowUp } from '../contract.ts';
import '#web/styles/run.css';
import { Due, StateMark } from './look.tsx';
import { words } from './words.ts';

const columns: readonly Column<FollowUp>[] = [
  { id: 'id', head: words.id, width: 76, phone: 'id', cell: (row) => <span className="id">{row.number}</span> },
  {
    id: 'title',
    head: words.name,
    phone: 'title',
    cell: (row) => (
      <Link className="b el block" href={`/actions/${row.number}`}>
        {row.title}
      </Link>
    ),
  },
  {
    id: 'about',
    head: words.about,
    width: 190,
    cell: (row) =>
      row.about ? (
        <Link className="idline" href={`/records/${row.about.number}`}>
          <span className="id">{row.about.number}</span>
          <span className="el">{row.about.title}</span>
        </Link>
      ) : (
        <span className="dim">–</span>
      ),
  },
  {
    id: 'owner',
    head: words.owner,
    width: 168,
    cell: (row) => (row.owner ? <Person person={{ id: row.owner.id, name: row.owner.title }} /> : <span className="dim">{words.nobody}</span>),
  },
  { id: 'kind', head: words.kind, width: 84, quiet: true, phone: 'hide', cell: (row) => words.kinds[row.kind] },
  { id: 'priority', head: words.priority, width: 76, quiet: true, phone: 'hide', cell: (row) => words.priorities[row.priority] },
  { id: 'state', head: words.state, width: 84, phone: 'state', cell: (row) => <StateMark action={row} /> },
  { id: 'due', head: words.due, width: 116, numeric: true, phone: 'end', cell: (row) => <Due action={row} /> },
];

export default function ActionsList() {
  const { search, keep } = useAddress();
  const may = useMay('followups.write');
  const { person } = useMe();
  const show = search['show'] ?? '';
  const { q } = search;
  const teams = (person?.teams ?? []).slice(0, 3);
  const team = teams.find(({ number }) => number === show)?.number;
  const ask =
    show === ''
      ? { owner: 'me' as const, state: ['open' as const] }
      : show === 'overdue'
        ? { overdue: true }
        : show === 'open'
          ? { state: ['open' as const] }
          : team
            ? { team, state: ['open' as const] }
            : {};
  const list = usePages(api(followups).list, { limit: 100, ...ask, ...(q && { q }) }, { on: ['action.'] });
  const first = may ? { first: { label: words.make, href: '/actions/new' } } : {};
  return (
    <div className="fixedtable">
      <RecordList
        title={words.title}
        filters={[
          { id: '', label: words.mine },
          ...teams.map(({ number, title }) => ({ id: number, label: title })),
          { id: 'overdue', label: words.overdue },
          { id: 'open', label: words.open },
          { id: 'all', label: words.all },
        ]}
        filter={show}
        onFilter={(id) => keep({ show: id })}
        tools={
          <>
            <Segmented
              label={words.view}
              current="list"
              choices={[
                { id: 'list', label: words.asList, href: '/actions' },
                { id: 'state', label: words.byState, href: '/actions/board' },
                { id: 'owner', label: words.byOwner, href: '/actions/board?by=owner' },
              ]}
            />
            <input
              className="inp findbox"
              type="search"
              aria-label={words.search}
              placeholder={words.search}
              defaultValue={q ?? ''}
              onChange={(event) => keep({ q: event.currentTarget.value })}
            />
          </>
        }
        actions={may ? [{ label: words.make, icon: Plus, variant: 'primary', href: '/actions/new' }] : []}
        columns={columns}
        rows={list.rows}
        keyOf={(row) => row.id}
        hrefOf={(row) => `/actions/${row.number}`}
        loading={list.loading}
        problem={list.problem}
        onRetry={list.again}
        onMore={list.onMore}
        empty={
          show === 'overdue' && !q
            ? { icon: ListChecks, title: words.emptyOverdue, sentence: words.emptyOverdueText }
            : { icon: ListChecks, title: show === '' && !q ? words.emptyMine : words.emptyTitle, sentence: words.emptyText, ...first }
        }
      />
    </div>
  );
}
