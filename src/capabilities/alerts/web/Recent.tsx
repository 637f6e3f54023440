import { useState } from 'react';
import { Button } from '#web/ui/Button.tsx';
import { Dialog } from '#web/ui/Dialog.tsx';
import { api, useWrite } from '#web/api.ts';
import { Link } from '#web/ui/Link.tsx';
import { Note, Section } from '#web/ui/Parts.tsx';
import { StatusText, type State } from '#web/ui/Status.tsx';
import { Table, type Column } from '#web/ui/Table.tsx';
import { Time } from '#web/ui/Time.tsx';
import type { Out } from '#kernel/contract.ts';
import { alerts } from '../contract/index.ts';
import { words } from './words.ts';
import './recent.css';

const text = words.source;
type Message = Out<(typeof alerts)['verbs']['source']>['recent'][number];

const LOOK: Readonly<Record<string, readonly [State, string]>> = { done: ['good', 'Taken in'], failed: ['unknown', 'Not understood'], received: ['info', 'Waiting'] };
const lookOf = (state: string): readonly [State, string] => LOOK[state] ?? ['info', state];

function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}

interface RecentProps {
  readonly number: string;
  readonly recent: readonly Message[];
  /** How many messages could not be read, also older ones. */
  readonly failed: number;
  readonly refused: string | null;
}

/** What the source sent lately, as it came; any of it can be taken in again. */
export function Recent({ number, recent, failed, refused }: RecentProps) {
  const [open, setOpen] = useState<Message>();
  const [said, setSaid] = useState<string>();
  const replay = useWrite(api(alerts).replay, ({ sentence }) => setSaid(sentence));
  // Formats of their own need no mapping.
  const isMapped = recent.length === 0 || recent.some(({ format }) => format === 'events' || format === 'email');
  const columns: readonly Column<Message>[] = [
    { id: 'at', head: 'Time', width: 84, quiet: true, phone: 'end', cell: (row) => <Time at={row.at} form="seconds" /> },
    { id: 'format', head: 'Format', width: 104, phone: 'title', cell: (row) => row.format },
    {
      id: 'state',
      head: 'State',
      phone: 'state',
      cell: (row) => (
        <>
          <StatusText state={row.error && row.state === 'done' ? 'warning' : lookOf(row.state)[0]}>{lookOf(row.state)[1]}</StatusText>
          {row.error ? <span className="whynot">{row.error}</span> : null}
        </>
      ),
    },
    { id: 'signals', head: 'Signals', width: 72, numeric: true, quiet: true, phone: 'hide', cell: (row) => row.signals ?? '–' },
    {
      id: 'body',
      head: text.body,
      width: 140,
      cell: (row) => (
        <span className="row">
          <Button size="small" variant="quiet" onClick={() => setOpen(row)}>
            {text.show}
          </Button>
          <Button size="small" variant="quiet" refused={refused} busy={replay.busy} onClick={() => replay.act({ number, message: row.id })}>
            {text.replay}
          </Button>
        </span>
      ),
    },
  ];
  return (
    <Section
      title={text.recent}
      {...(recent.length && { count: recent.length })}
      end={
        <span className="row">
          {isMapped ? (
            <Link className="l s13" href={`/sources/${number}/mapping`}>
              {text.mapping}
            </Link>
          ) : null}
          {failed ? (
            <Button size="small" refused={refused} busy={replay.busy} onClick={() => replay.act({ number })}>
              {text.replayAll(failed)}
            </Button>
          ) : null}
        </span>
      }
    >
      {said || replay.problem ? (
        <div className="rnotes">
          <Note live state={replay.problem ? 'critical' : 'good'}>
            {replay.problem?.sentence ?? said}
          </Note>
        </div>
      ) : null}
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
