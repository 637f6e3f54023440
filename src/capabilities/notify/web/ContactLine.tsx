import { useState } from 'react';
import { api, useWrite } from '#web/api.ts';
import { Button } from '#web/ui/Button.tsx';
import { Input } from '#web/ui/Field.tsx';
import { Note } from '#web/ui/Parts.tsx';
import { StatusText } from '#web/ui/Status.tsx';
import { Time } from '#web/ui/Time.tsx';
import { notify, type Contact } from '../contract.ts';
import { Hours } from './Hours.tsx';
import { words } from './words.ts';

const client = api(notify);

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

function State({ contact }: { readonly contact: Contact }) {
  if (contact.trouble) return <StatusText state="warning">{contact.trouble}</StatusText>;
  if (contact.failed)
    return (
      <StatusText state="critical">
        {words.failed} <Time at={contact.failed.at} form="full" />. {contact.failed.why}
      </StatusText>
    );
  if (!contact.verifiedAt) return <StatusText state="unknown">{words.untested}</StatusText>;
  return (
    <StatusText state="good">
      {words.verified} <Time at={contact.verifiedAt} form="full" />
    </StatusText>
  );
}

function TypeCode({ id }: { readonly id: string }) {
  const [code, setCode] = useState('');
  const verify = useWrite(client.verifyContact);
  return (
    <form
      className="inlineform"
      onSubmit={(event) => {
        event.preventDefault();
        verify.act({ id, code });
      }}
    >
      <Input
        aria-label={words.code}
        placeholder={words.code}
        inputMode="numeric"
        autoComplete="one-time-code"
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
      />
      <Button type="submit" variant="primary" busy={verify.busy}>
        {words.confirm}
      </Button>
      {verify.problem ? (
        <Note live state="critical">
          {verify.problem.sentence}
        </Note>
      ) : null}
    </form>
  );
}

/** One contact: how it stands, a test that really sends, the code of a phone, and when it may be used. */
export function ContactLine({ contact }: { readonly contact: Contact }) {
  const test = useWrite(client.test);
  const remove = useWrite(client.removeContact);
  const hours = useWrite(client.setHours);
  const [open, setOpen] = useState(false);
  const problem = test.problem ?? remove.problem;
  const phone = contact.channel === 'sms' || contact.channel === 'voice';
  return (
    <li>
      <span>
        <b className="b">{contact.label}</b> <span className="dim">{words.channels[contact.channel]}</span>
        <span className="why block">{contact.shown}</span>
        <State contact={contact} />
        {contact.hours.length > 0 ? <span className="why block">{words.hoursOf(contact.hours.map(words.window).join('; '))}</span> : null}
        {contact.channel === 'browser' ? <Allow /> : null}
        {problem ? (
          <Note live state="critical">
            {problem.sentence}
          </Note>
        ) : null}
      </span>
      <span className="end">
        <Button size="small" variant="quiet" aria-expanded={open} onClick={() => setOpen(!open)}>
          {words.hours}
        </Button>
        {contact.builtIn ? null : (
          <Button size="small" variant="quiet" busy={remove.busy} onClick={() => remove.act({ id: contact.id })}>
            {words.remove}
          </Button>
        )}
        <Button size="small" busy={test.busy} onClick={() => test.act({ id: contact.id })}>
          {test.busy ? words.testing : phone && !contact.verifiedAt ? words.sendCode : words.test}
        </Button>
      </span>
      {contact.awaitsCode ? (
        <span className="contactform">
          <TypeCode id={contact.id} />
        </span>
      ) : null}
      {open ? (
        <span className="contactform">
          <span className="why block">{words.hoursHint}</span>
          <Hours
            label={words.hours}
            stored={contact.hours}
            first={{ days: ['mo', 'tu', 'we', 'th', 'fr'], from: '08:00', until: '18:00' }}
            busy={hours.busy}
            problem={hours.problem}
            onSave={(all) => hours.act({ id: contact.id, hours: all })}
          />
        </span>
      ) : null}
    </li>
  );
}
