import { MessagesSquare, Plus, RadioTower } from 'lucide-react';
import { api, usePages } from '#web/api.ts';
import { RecordList } from '#web/record/RecordList.tsx';
import { useMay } from '#web/session.ts';
import { Link } from '#web/ui/Link.tsx';
import type { Column } from '#web/ui/Table.tsx';
import { status, type StatusPage } from '../contract/index.ts';
import { ComponentStateText, PublishedBadge } from './look.tsx';
import { words } from './words.ts';

const columns: readonly Column<StatusPage>[] = [
  { id: 'state', head: words.state, width: 170, phone: 'state', cell: (row) => <ComponentStateText state={row.worst} /> },
  {
    id: 'name',
    head: words.name,
    phone: 'title',
    cell: (row) => (
      <Link className="b el block" href={`/status-pages/${row.number}`}>
        {row.title}
      </Link>
    ),
  },
  { id: 'address', head: words.address, width: 180, quiet: true, cell: (row) => <span className="el block mono s12">/status/{row.slug}</span> },
  { id: 'who', head: words.who, width: 190, quiet: true, cell: (row) => words.access[row.access] },
  { id: 'open', head: words.open, width: 80, numeric: true, phone: 'hide', cell: (row) => row.openPosts },
  { id: 'published', head: words.published, width: 100, phone: 'end', cell: (row) => <PublishedBadge page={row} /> },
];

/** Every status page of this desk. */
export default function PagesList() {
  const may = useMay('status.manage');
  const list = usePages(api(status).pages, { limit: 100 }, { on: ['statuspage.', 'statuspost.'] });
  const make = { label: words.make, icon: Plus, variant: 'primary' as const, href: '/status-pages/new' };
  return (
    <RecordList
      title={words.title}
      actions={[{ label: words.templates, icon: MessagesSquare, href: '/status-pages/templates' }, ...(may ? [make] : [])]}
      columns={columns}
      rows={list.rows}
      keyOf={(row) => row.id}
      hrefOf={(row) => `/status-pages/${row.number}`}
      loading={list.loading}
      problem={list.problem}
      onRetry={list.again}
      onMore={list.onMore}
      empty={{ icon: RadioTower, title: words.emptyTitle, sentence: words.emptyText, ...(may && { first: make }) }}
    />
  );
}
