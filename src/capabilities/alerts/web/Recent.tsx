import { useState } from 'react';
import { Button } from '#web/ui/Button.tsx';
import { Dialog } from '#web/ui/Dialog.tsx';
import { Section } from '#web/ui/Parts.tsx';
import { StatusText, type State } from '#web/ui/Status.tsx';
import { Table, type Column } from '#web/ui/Table.tsx';
import { Time } from '#web/ui/Time.tsx';
import type { Out } from '#kernel/contract.ts';
import type { alerts } from '../contract/index.ts';
import { words } from './words.ts';

const text = words.source;
type Message = Out<(typeof alerts)['verbs']['source']>['recent'][number];

const LOOK: Readonly<Record<string, readonly [State, string]>> = { done: ['good', 'Taken in'], failed: ['critical', 'Failed'], received: ['unknown', 'Waiting'] };
const lookOf = (state: string): readonly [State, string] => LOOK[state] ?? ['info', state];

function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}

/** What the source sent lately, as it came. */
export function Recent({ recent }: { readonly recent: readonly Message[] }) {
  const [open, setOpen] = useState<Message>();
  const columns: readonly Column<Message>[] = [
    { id: 'at', head: 'Time', width: 108, quiet: true, phone: 'end', cell: (row) => <Time at={row.at} form="seconds" /> },
    { id: 'format', head: 'Format', width: 130, phone: 'title', cell: (row) => row.format },
    {
      id: 'state',
      head: 'State',
      phone: 'state',
      cell: (row) => <StatusText state={row.error ? 'critical' : lookOf(row.state)[0]}>{row.error ?? lookOf(row.state)[1]}</StatusText>,
    },
    { id: 'signals', head: 'Signals', width: 72, numeric: true, quiet: true, phone: 'hide', cell: (row) => row.signals ?? '–' },
    {
      id: 'body',
      head: text.body,
      width: 110,
      cell: (row) => (
        <Button size="small" variant="quiet" onClick={() => setOpen(row)}>
          Show
        </Button>
      ),
    },
  ];
  return (
    <Section title={text.recent} {...(recent.length && { count: recent.length })}>
      {recent.length ? <Table label={text.recent} columns={columns} rows={recent} keyOf={(row) => row.id} blocks /> : <p className="dim s13">{text.noRecent}</p>}
      {open ? (
        <Dialog wide title={text.body} sub={<Time at={open.at} form="full" />} open onClose={() => setOpen(undefined)}>
          <pre className="rawbody" tabIndex={0}>
            {pretty(open.body)}
          </pre>
        </Dialog>
      ) : null}
    </Section>
  );
}
