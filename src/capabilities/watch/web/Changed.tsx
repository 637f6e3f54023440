import { useState } from 'react';
import type { Out } from '#kernel/contract.ts';
import { Link } from '#web/ui/Link.tsx';
import { useNow, useZone } from '#web/ui/now.ts';
import { Section, Skeleton } from '#web/ui/Parts.tsx';
import { Table, type Column } from '#web/ui/Table.tsx';
import { Time } from '#web/ui/Time.tsx';
import { zoneName } from '#web/ui/time.ts';
import type { watch } from '../contract.ts';
import { pageOf } from '#web/record/page-of.ts';
import { words } from './words.ts';

type Change = Out<(typeof watch)['verbs']['today']>['changed'][number];

const FEW = 8;
const sentence = (said: string) => said.charAt(0).toUpperCase() + said.slice(1);

const columnsIn = (zone: string): readonly Column<Change>[] => [
  { id: 'at', head: words.time(zone), width: 88, quiet: true, phone: 'end', cell: (row) => <Time at={row.at} /> },
  {
    id: 'what',
    head: words.what,
    phone: 'title',
    cell: ({ record }) =>
      record ? (
        <Link className="idline" href={pageOf(record)}>
          <span className="id">{record.number}</span>
          <span className="el">{record.title}</span>
        </Link>
      ) : null,
  },
  { id: 'how', head: words.how, width: 170, phone: 'id', cell: (row) => <span className="el block">{sentence(row.words)}</span> },
  {
    id: 'by',
    head: words.by,
    width: 118,
    phone: 'state',
    cell: (row) => <span className={row.actor ? 'el block' : 'el block dim'}>{row.actor?.title ?? words.vias[row.via] ?? row.via}</span>,
  },
];

/** What people and machines changed on the desk in a day, the latest first. */
export function Changed({ changed, more }: { readonly changed: readonly Change[] | undefined; readonly more: boolean }) {
  const [all, setAll] = useState(false);
  const zone = useZone();
  const now = useNow('minute');
  const many = (changed?.length ?? 0) > FEW;
  return (
    <Section
      title={words.changed}
      {...(changed?.length && { count: more ? `${changed.length}+` : changed.length })}
      end={
        many ? (
          <button type="button" className="textual" onClick={() => setAll(!all)}>
            {all ? words.showFew : words.showAll}
          </button>
        ) : null
      }
    >
      {changed?.length ? (
        <div className="fixedtable">
          <Table label={words.changed} columns={columnsIn(zoneName(now, zone))} rows={all ? changed : changed.slice(0, FEW)} keyOf={(row) => row.id} blocks />
        </div>
      ) : changed ? (
        <p className="dim s13">{words.nothingChanged}</p>
      ) : (
        <Skeleton width="60%" />
      )}
    </Section>
  );
}
