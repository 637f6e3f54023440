import { Megaphone } from 'lucide-react';
import { useCallback, useState } from 'react';
import { api, cache, send, usePages, useWrite } from '#web/api.ts';
import { useLiveEvents, type LiveEvent } from '#web/live.ts';
import { fieldText } from '#web/record/field-text.ts';
import { RecordForm } from '#web/record/RecordForm.tsx';
import { useMe } from '#web/session.ts';
import { Button } from '#web/ui/Button.tsx';
import { Field, Input, Select } from '#web/ui/Field.tsx';
import { Empty, Note, Section } from '#web/ui/Parts.tsx';
import { StatusText } from '#web/ui/Status.tsx';
import { Time } from '#web/ui/Time.tsx';
import type { Out } from '#kernel/contract.ts';
import { notify } from '../contract.ts';
import { words } from './words.ts';
import './notify.css';

const client = api(notify);
const text = words.shared;
const SHAREABLE = ['slack', 'teams', 'mattermost', 'rocketchat', 'discord', 'telegram', 'matrix', 'ntfy', 'gotify', 'webhook', 'email'] as const;
type Shareable = (typeof SHAREABLE)[number];
type Channel = Out<typeof notify.verbs.channels>['items'][number];

function ChannelLine({ channel, mayChange }: { readonly channel: Channel; readonly mayChange: boolean }) {
  const test = useWrite(client.testChannel);
  const retire = useWrite(client.retireChannel);
  const problem = test.problem ?? retire.problem;
  return (
    <li>
      <span>
        <b className="b">{channel.name}</b> <span className="dim">{words.channels[channel.channel]}</span> <span className="id">{channel.number}</span>
        <span className="why block">
          {channel.shown}
          {channel.team ? ` · ${channel.team.title}` : ''}
        </span>
        {channel.trouble ? (
          <StatusText state="warning">{channel.trouble}</StatusText>
        ) : channel.verifiedAt ? (
          <StatusText state="good">
            {words.verified} <Time at={channel.verifiedAt} form="full" />
          </StatusText>
        ) : (
          <StatusText state="unknown">{words.untested}</StatusText>
        )}
        {problem ? (
          <Note live state="critical">
            {problem.sentence}
          </Note>
        ) : null}
      </span>
      {mayChange ? (
        <span className="end">
          <Button size="small" variant="quiet" busy={retire.busy} onClick={() => retire.act({ number: channel.number, version: channel.version })}>
            {text.retire}
          </Button>
          <Button size="small" busy={test.busy} onClick={() => test.act({ number: channel.number })}>
            {words.test}
          </Button>
        </span>
      ) : null}
    </li>
  );
}

function AddChannel() {
  const [channel, setChannel] = useState<Shareable>('slack');
  const [count, setCount] = useState(0);
  return (
    <Section title={text.add}>
      <RecordForm
        key={count}
        draftKey="channel"
        submit={text.add}
        onSubmit={(values) => send(client.createChannel, { name: fieldText(values, 'name'), channel, address: fieldText(values, 'address') }, () => setCount(count + 1))}
      >
        <Field name="channel" label={words.channel}>
          <Select
            value={channel}
            options={SHAREABLE.map((value) => ({ value, label: words.channels[value] }))}
            onChange={(event) => setChannel(SHAREABLE.find((each) => each === event.currentTarget.value) ?? 'slack')}
          />
        </Field>
        <Field name="name" label={words.label}>
          <Input />
        </Field>
        <Field name="address" label={words.address} hint={channel === 'email' ? text.mailbox : words.hints[channel]}>
          <Input />
        </Field>
      </RecordForm>
    </Section>
  );
}

/** Channels that several people read; an escalation may name them beside people. */
export default function ChannelsPage() {
  const { me } = useMe();
  const list = usePages(client.channels, { limit: 100 });
  useLiveEvents(
    useCallback((event: LiveEvent) => {
      if (event.did.startsWith('channel.')) void cache.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === client.channels.key });
    }, []),
  );
  const mayChange = me?.permissions.includes('notify.plan') ?? false;
  return (
    <div className="setsec">
      <h1>{text.title}</h1>
      <p className="lead">{text.sub}</p>
      {!list.loading && list.rows.length === 0 ? <Empty icon={Megaphone} title={text.none} sentence={text.sub} /> : null}
      <ul className="plainrows ways">
        {list.rows.map((channel) => (
          <ChannelLine key={channel.id} channel={channel} mayChange={mayChange} />
        ))}
      </ul>
      {list.onMore ? <Button onClick={list.onMore}>{text.more}</Button> : null}
      {mayChange ? <AddChannel /> : null}
    </div>
  );
}
