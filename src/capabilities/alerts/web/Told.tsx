import { Bell, Mail, MessageSquare, Monitor, Phone, Smartphone, Webhook } from 'lucide-react';
import { notify, type Notification } from '#capabilities/notify/contract.ts';
import { api, useRead } from '#web/api.ts';
import { useMe } from '#web/session.ts';
import { Icon } from '#web/ui/Icon.tsx';
import { useZone } from '#web/ui/now.ts';
import { Section, Skeleton } from '#web/ui/Parts.tsx';
import { Person } from '#web/ui/People.tsx';
import { StatusText } from '#web/ui/Status.tsx';
import { Table, type Column } from '#web/ui/Table.tsx';
import { Time } from '#web/ui/Time.tsx';
import { zoneName } from '#web/ui/time.ts';
import { words } from './words.ts';

const CHANNELS = {
  email: ['Mail', Mail],
  browser: ['Browser', Monitor],
  push: ['Push', Bell],
  sms: ['SMS', Smartphone],
  voice: ['Call', Phone],
  slack: ['Slack', MessageSquare],
  teams: ['Teams', MessageSquare],
  mattermost: ['Mattermost', MessageSquare],
  rocketchat: ['Rocket.Chat', MessageSquare],
  discord: ['Discord', MessageSquare],
  telegram: ['Telegram', MessageSquare],
  matrix: ['Matrix', MessageSquare],
  ntfy: ['ntfy', Bell],
  gotify: ['Gotify', Bell],
  webhook: ['Webhook', Webhook],
} as const;
const STATES = {
  pending: ['unknown', 'Waiting'],
  sending: ['info', 'Being sent'],
  sent: ['good', 'Sent'],
  failed: ['critical', 'Failed'],
  cancelled: ['unknown', 'Not needed any more'],
  bundled: ['info', 'Told with others'],
} as const;
const took = (length: number | null) => (length === null ? '–' : length < 10_000 ? `${(length / 1000).toFixed(1)} s` : `${Math.round(length / 1000)} s`);

/** Every message that went out about this alert, oldest first; `as`: the alert that told of it. */
export function Told({ number, as }: { readonly number: string; readonly as?: string }) {
  const zone = useZone();
  const { person: me } = useMe();
  const { data } = useRead(api(notify).sentAbout, { number }, { on: ['page.', 'notice.', 'browser.'] });
  const rows = data?.items.toSorted((one, other) => one.at.localeCompare(other.at)) ?? [];
  const columns: readonly Column<Notification>[] = [
    { id: 'at', head: 'Time', width: 84, quiet: true, phone: 'end', cell: (row) => <Time at={row.at} form="seconds" /> },
    {
      id: 'who',
      head: 'Who',
      width: 190,
      phone: 'title',
      cell: (row) =>
        row.person ? (
          <Person person={{ id: row.person.id, name: row.person.title }} you={row.person.id === me?.id} />
        ) : (
          <span className="dim">{row.purpose === 'post' ? row.contact : '–'}</span>
        ),
    },
    {
      id: 'channel',
      head: 'Channel',
      width: 100,
      cell: (row) => {
        const [label, picture] = CHANNELS[row.channel];
        return (
          <span className="row nw">
            <Icon of={picture} size={14} />
            {label}
          </span>
        );
      },
    },
    {
      id: 'result',
      head: 'Result',
      phone: 'state',
      cell: (row) => {
        const [state, word] = STATES[row.state];
        // Whether a browser was open is not known, so a message to it is never shown as delivered.
        const known = row.state === 'sent' && row.channel === 'browser' ? 'unknown' : state;
        return <StatusText state={known}>{[row.result || word, row.receipt && `${row.receipt}.`].filter(Boolean).join(' ')}</StatusText>;
      },
    },
    { id: 'took', head: 'Took', width: 64, numeric: true, quiet: true, phone: 'hide', cell: (row) => took(row.tookMs) },
  ];
  return (
    <Section
      title={words.alert.told}
      {...(rows.length && { count: rows.length === 1 ? '1 try' : `${rows.length} tries` })}
      end={rows.length ? <span className="dim s12">{zoneName(Date.now(), zone)}</span> : null}
    >
      {as ? <p className="dim s13">{words.alert.toldAs(as)}</p> : null}
      {data ? (
        rows.length ? (
          <div className="told">
            <Table label={words.alert.told} columns={columns} rows={rows} keyOf={(row) => row.id} blocks />
          </div>
        ) : (
          <p className="dim s13">{words.alert.toldNone}</p>
        )
      ) : (
        <Skeleton width="60%" />
      )}
    </Section>
  );
}
