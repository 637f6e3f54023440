import { useCallback, useState } from 'react';
import { api, cache, send, useRead, useWrite } from '#web/api.ts';
import { RecordWaiting } from '#web/record/RecordWaiting.tsx';
import { useLiveEvents, type LiveEvent } from '#web/live.ts';
import { RecordForm } from '#web/record/RecordForm.tsx';
import { useMe } from '#web/session.ts';
import { Button } from '#web/ui/Button.tsx';
import { Field, Input, Select } from '#web/ui/Field.tsx';
import { Note, Section } from '#web/ui/Parts.tsx';
import { StatusText } from '#web/ui/Status.tsx';
import { Time } from '#web/ui/Time.tsx';
import { notify, type Contact } from '../contract.ts';
import { Rules } from './Rules.tsx';
import { words } from './words.ts';
import { fieldText } from '#web/record/field-text.ts';

const client = api(notify);
const ADDABLE = ['sms', 'voice', 'ntfy', 'gotify', 'telegram', 'matrix', 'slack', 'teams', 'mattermost', 'rocketchat', 'discord', 'webhook', 'email'] as const;
type Addable = (typeof ADDABLE)[number];

function Allow() {
  const [permission, setPermission] = useState(() => ('Notification' in window ? Notification.permission : 'denied'));
  if (permission === 'granted') return null;
  if (permission === 'denied') return <span className="why block">{words.denied}</span>;
  return (
    <Button size="small" onClick={() => void Notification.requestPermission().then(setPermission)}>
      {words.allow}
    </Button>
  );
}

function ContactLine({ contact }: { readonly contact: Contact }) {
  const test = useWrite(client.test);
  const remove = useWrite(client.removeContact);
  const problem = test.problem ?? remove.problem;
  return (
    <li>
      <span>
        <b className="b">{contact.label}</b> <span className="dim">{words.channels[contact.channel]}</span>
        <span className="why block">{contact.shown}</span>
        {contact.trouble ? (
          <StatusText state="warning">{contact.trouble}</StatusText>
        ) : contact.verifiedAt ? (
          <StatusText state="good">
            {words.verified} <Time at={contact.verifiedAt} form="full" />
          </StatusText>
        ) : (
          <StatusText state="unknown">{words.untested}</StatusText>
        )}
        {contact.channel === 'browser' ? <Allow /> : null}
        {problem ? (
          <Note live state="critical">
            {problem.sentence}
          </Note>
        ) : null}
      </span>
      <span className="end">
        {contact.builtIn ? null : (
          <Button size="small" variant="quiet" busy={remove.busy} onClick={() => remove.act({ id: contact.id })}>
            {words.remove}
          </Button>
        )}
        <Button size="small" busy={test.busy} onClick={() => test.act({ id: contact.id })}>
          {test.busy ? words.testing : words.test}
        </Button>
      </span>
    </li>
  );
}

function AddContact() {
  const [channel, setChannel] = useState<Addable>('ntfy');
  const [count, setCount] = useState(0);
  return (
    <Section title={words.add}>
      <RecordForm
        key={count}
        draftKey="contact"
        submit={words.add}
        onSubmit={(values) => send(client.addContact, { channel, label: fieldText(values, 'label'), address: fieldText(values, 'address') }, () => setCount(count + 1))}
      >
        <Field name="channel" label={words.channel}>
          <Select
            value={channel}
            options={ADDABLE.map((value) => ({ value, label: words.channels[value] }))}
            onChange={(event) => setChannel(ADDABLE.find((each) => each === event.currentTarget.value) ?? 'ntfy')}
          />
        </Field>
        <Field name="label" label={words.label}>
          <Input />
        </Field>
        <Field name="address" label={words.address} hint={words.hints[channel]}>
          <Input />
        </Field>
      </RecordForm>
    </Section>
  );
}

function Recent() {
  const { data } = useRead(client.mine, {});
  const state = { pending: 'info', sending: 'info', sent: 'good', failed: 'critical', cancelled: 'unknown', bundled: 'info' } as const;
  return (
    <Section title={words.recent}>
      {data?.items.length ? null : <p className="dim">{words.none}</p>}
      <ul className="plainrows">
        {data?.items.slice(0, 10).map((one) => (
          <li key={one.id}>
            <span>
              <b className="b">{one.title}</b>
              <span className="why block">
                {one.contact}. {one.result}
              </span>
            </span>
            <span className="end">
              <StatusText state={state[one.state]}>{words.states[one.state]}</StatusText> <Time at={one.at} />
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** How I am reached: contacts with a real test, rules, and what was sent lately. Results of tests arrive by the live stream. */
export default function ContactsPage() {
  const { person } = useMe();
  const { data, problem } = useRead(client.contacts, {});
  const mine = person?.id;
  useLiveEvents(
    useCallback(
      (event: LiveEvent) => {
        if (event.data['person'] === mine) void cache.invalidateQueries({ predicate: ({ queryKey }) => String(queryKey[0]).startsWith('notify.') });
      },
      [mine],
    ),
  );
  if (!data) return <RecordWaiting problem={problem} />;
  return (
    <div className="setsec">
      <h1>{words.title}</h1>
      <p className="lead">{words.sub}</p>
      {data.warning ? <Note state="warning">{data.warning}</Note> : null}
      <Section title={words.contacts} count={data.contacts.length}>
        <ul className="plainrows">
          {data.contacts.map((contact) => (
            <ContactLine key={contact.id} contact={contact} />
          ))}
        </ul>
      </Section>
      <Rules client={client} contacts={data.contacts} urgency="high" stored={data.rules.high} />
      <Rules client={client} contacts={data.contacts} urgency="low" stored={data.rules.low} />
      <AddContact />
      <Recent />
    </div>
  );
}
