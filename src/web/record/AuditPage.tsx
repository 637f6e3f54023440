import { ScrollText } from 'lucide-react';
import { records, type Entry } from '#kernel/records/contract.ts';
import { api, usePages, useRead } from '#web/api.ts';
import { Link } from '#web/ui/Link.tsx';
import { Note, Section } from '#web/ui/Parts.tsx';
import { Person } from '#web/ui/People.tsx';
import type { Column } from '#web/ui/Table.tsx';
import { Time } from '#web/ui/Time.tsx';
import { RecordList } from './RecordList.tsx';
import { words } from './words.ts';

const columns: readonly Column<Entry>[] = [
  { id: 'at', head: 'Time', width: 110, quiet: true, phone: 'end', cell: (row) => <Time at={row.at} /> },
  {
    id: 'who',
    head: 'Who',
    width: 200,
    phone: 'id',
    cell: (row) => (row.actor ? <Person person={{ id: row.actor.id, name: row.actor.title }} /> : <span className="dim">{words.desk}</span>),
  },
  { id: 'did', head: 'What', phone: 'title', cell: (row) => row.words },
  {
    id: 'record',
    head: 'Record',
    cell: (row) =>
      row.record ? (
        <Link className="b" href={`/records/${row.record.number}`}>
          {row.record.title} <span className="id">{row.record.number}</span>
        </Link>
      ) : (
        <span className="dim">–</span>
      ),
  },
  { id: 'via', head: 'By way of', width: 90, quiet: true, phone: 'hide', cell: (row) => row.via },
];

function Seals() {
  const { data } = useRead(api(records).seals, {});
  if (!data) return null;
  return (
    <Section title="Seals" count={`${data.sealedRows} ${words.sealed}, ${data.unsealedRows} ${words.waiting}`}>
      <div className="stack16">
        <Note state={!data.sound ? 'critical' : data.seals === 0 ? 'unknown' : 'good'}>{data.sentence}</Note>
        <Note state={data.protectedByPrivilege ? 'good' : 'warning'}>{data.protectedByPrivilege ? words.protectedLog : words.openLog}</Note>
      </div>
    </Section>
  );
}

/** The whole activity log and what its seals say; administrators only. */
export default function AuditPage() {
  const list = usePages(api(records).activity, { limit: 100 });
  return (
    <div className="stack16">
      <Seals />
      <RecordList
        title={words.auditTitle}
        sub={words.auditSub}
        columns={columns}
        rows={list.rows}
        keyOf={(row) => row.id}
        hrefOf={(row) => (row.record ? `/records/${row.record.number}` : '/settings/audit')}
        loading={list.loading}
        problem={list.problem}
        onRetry={list.again}
        onMore={list.onMore}
        empty={{ icon: ScrollText, title: 'Nothing has been done yet', sentence: 'Every write on this desk leaves a line here.' }}
      />
    </div>
  );
}
