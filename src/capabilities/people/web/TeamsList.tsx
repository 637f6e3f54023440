import { Plus, Users } from 'lucide-react';
import { usePages } from '#web/api.ts';
import { RecordList } from '#web/record/RecordList.tsx';
import { peopleApi, useMay } from '#web/session.ts';
import { Link } from '#web/ui/Link.tsx';
import { AvatarStack } from '#web/ui/People.tsx';
import type { Column } from '#web/ui/Table.tsx';
import type { Team } from '../contract.ts';
import { words } from './words.ts';

const text = words.teams;
const personOf = ({ id, title }: Team['members'][number]) => ({ id, name: title });

const columns: readonly Column<Team>[] = [
  {
    id: 'name',
    head: 'Team',
    width: 220,
    phone: 'title',
    cell: (row) => (
      <Link className="b" href={`/teams/${row.number}`}>
        {row.name}
      </Link>
    ),
  },
  { id: 'about', head: text.about, quiet: true, cell: (row) => row.about },
  {
    id: 'lead',
    head: text.lead,
    width: 180,
    cell: (row) =>
      row.members
        .filter((one) => one.leads)
        .map((one) => one.title)
        .join(', '),
  },
  { id: 'members', head: text.members, width: 140, cell: (row) => (row.members.length ? <AvatarStack people={row.members.map(personOf)} /> : <span className="dim">nobody</span>) },
];

export default function TeamsList() {
  const may = useMay('people.manageTeams');
  const list = usePages(peopleApi.teams, { limit: 100 });
  return (
    <RecordList
      title={text.title}
      actions={may ? [{ label: text.create, icon: Plus, variant: 'primary', href: '/teams/new' }] : []}
      columns={columns}
      rows={list.rows}
      keyOf={(row) => row.id}
      hrefOf={(row) => `/teams/${row.number}`}
      loading={list.loading}
      problem={list.problem}
      onRetry={list.again}
      onMore={list.onMore}
      empty={{ icon: Users, title: text.emptyTitle, sentence: text.emptyText, ...(may && { first: { label: text.create, href: '/teams/new' } }) }}
    />
  );
}
