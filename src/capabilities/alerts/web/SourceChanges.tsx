import { api, useRead } from '#web/api.ts';
import { Link } from '#web/ui/Link.tsx';
import { Section } from '#web/ui/Parts.tsx';
import { Table, type Column } from '#web/ui/Table.tsx';
import { Time } from '#web/ui/Time.tsx';
import type { Out } from '#kernel/contract.ts';
import { alerts } from '../contract/index.ts';
import { words } from './words.ts';

type Change = Out<(typeof alerts)['verbs']['changes']>['items'][number];

const columns: readonly Column<Change>[] = [
  { id: 'at', head: 'Time', width: 108, quiet: true, phone: 'end', cell: (row) => <Time at={row.at} /> },
  {
    id: 'summary',
    head: 'Change',
    phone: 'title',
    cell: (row) =>
      row.links[0] ? (
        <a className="l" href={row.links[0].href} target="_blank" rel="noreferrer noopener">
          {row.summary}
        </a>
      ) : (
        row.summary
      ),
  },
  { id: 'origin', head: words.alert.origin, width: 140, quiet: true, phone: 'hide', cell: (row) => row.origin },
  {
    id: 'service',
    head: words.service,
    width: 140,
    cell: (row) =>
      row.service ? (
        <Link className="l" href={`/services/${row.service.number}`}>
          {row.service.title}
        </Link>
      ) : (
        <span className="dim">–</span>
      ),
  },
];

/** What deployment tools said through this source; nothing is shown while none did. */
export function SourceChanges({ number }: { readonly number: string }) {
  const { data } = useRead(api(alerts).changes, { source: number, limit: 20 }, { on: ['source.'] });
  if (!data?.items.length) return null;
  return (
    <Section title={words.source.changes} count={data.items.length}>
      <Table label={words.source.changes} columns={columns} rows={data.items} keyOf={(row) => row.id} blocks />
    </Section>
  );
}
