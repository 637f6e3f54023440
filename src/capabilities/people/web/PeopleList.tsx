import { UserPlus, Users } from 'lucide-react';
import { useAddress } from '#web/address.ts';
import { usePages } from '#web/api.ts';
import { RecordList } from '#web/record/RecordList.tsx';
import { peopleApi, useMay } from '#web/session.ts';
import { Link } from '#web/ui/Link.tsx';
import { Person as PersonMark } from '#web/ui/People.tsx';
import { Badge } from '#web/ui/Status.tsx';
import type { Column } from '#web/ui/Table.tsx';
import type { Person } from '../contract.ts';
import { words } from './words.ts';

const columns: readonly Column<Person>[] = [
  {
    id: 'name',
    head: 'Name',
    phone: 'title',
    cell: (row) => (
      <Link className="b" href={`/people/${row.number}`}>
        <PersonMark person={row} />
      </Link>
    ),
  },
  { id: 'title', head: 'Job title', quiet: true, cell: (row) => row.jobTitle },
  { id: 'teams', head: 'Teams', cell: (row) => row.teams.map((team) => team.title).join(', ') },
  { id: 'email', head: 'E-mail', quiet: true, cell: (row) => row.email },
  { id: 'role', head: 'Role', width: 110, cell: (row) => words.roleShort[row.role] },
  { id: 'state', head: 'State', width: 96, phone: 'state', cell: (row) => (row.state === 'active' ? words.states.active : <Badge>{words.states[row.state]}</Badge>) },
];

const FILTERS = [
  { id: '', label: 'Current', states: ['active', 'invited'] },
  { id: 'invited', label: 'Invited', states: ['invited'] },
  { id: 'left', label: 'Left', states: ['left'] },
] as const;

export default function PeopleList() {
  const { search, keep } = useAddress();
  const may = useMay('people.manage');
  const filter = FILTERS.find(({ id }) => id === (search['show'] ?? '')) ?? FILTERS[0];
  const list = usePages(peopleApi.list, { limit: 100, state: [...filter.states], ...(search['q'] && { q: search['q'] }) });
  return (
    <RecordList
      title={words.people.title}
      filters={FILTERS}
      filter={filter.id}
      onFilter={(id) => keep({ show: id })}
      tools={
        <input
          className="inp findbox"
          type="search"
          aria-label={words.people.search}
          placeholder={words.people.search}
          defaultValue={search['q'] ?? ''}
          onChange={(event) => keep({ q: event.currentTarget.value })}
        />
      }
      actions={may ? [{ label: words.people.invite, icon: UserPlus, variant: 'primary', href: '/people/invite' }] : []}
      columns={columns}
      rows={list.rows}
      keyOf={(row) => row.id}
      hrefOf={(row) => `/people/${row.number}`}
      loading={list.loading}
      problem={list.problem}
      onRetry={list.again}
      onMore={list.onMore}
      empty={{ icon: Users, title: words.people.emptyTitle, sentence: words.people.emptyText, ...(may && { first: { label: words.people.invite, href: '/people/invite' } }) }}
    />
  );
}
