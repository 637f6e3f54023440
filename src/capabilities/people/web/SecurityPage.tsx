import { useState } from 'react';
import { send, useRead, useWrite } from '#web/api.ts';
import { RecordForm } from '#web/record/RecordForm.tsx';
import { peopleApi, useMe } from '#web/session.ts';
import { Button } from '#web/ui/Button.tsx';
import { Field, Input } from '#web/ui/Field.tsx';
import { Note, Section } from '#web/ui/Parts.tsx';
import { Badge } from '#web/ui/Status.tsx';
import { Time } from '#web/ui/Time.tsx';

import { PasswordField } from './PasswordField.tsx';
import { SecondFactor } from './SecondFactor.tsx';
import { words } from './words.ts';
import { asTyped } from '#web/record/field-text.ts';

const text = words.security;

/** "Firefox on Linux", as far as the browser says. */
function browserOf(agent: string): string {
  const browser = /Edg\//.test(agent) ? 'Edge' : /Firefox\//.test(agent) ? 'Firefox' : /Chrome\//.test(agent) ? 'Chrome' : /Safari\//.test(agent) ? 'Safari' : 'A program';
  const system = /Android/.test(agent)
    ? 'Android'
    : /iPhone|iPad/.test(agent)
      ? 'iOS'
      : /Windows/.test(agent)
        ? 'Windows'
        : /Mac OS/.test(agent)
          ? 'macOS'
          : /Linux/.test(agent)
            ? 'Linux'
            : '';
  return system ? `${browser} on ${system}` : browser;
}

function Sessions() {
  const { data } = useRead(peopleApi.sessions, {});
  const end = useWrite(peopleApi.endSession);
  return (
    <Section title={text.sessions} count={data?.items.length}>
      {end.problem ? (
        <Note live state="critical">
          {end.problem.sentence}
        </Note>
      ) : null}
      <ul className="plainrows">
        {data?.items.map((session) => (
          <li key={session.id}>
            <span>
              <b className="b">{browserOf(session.agent)}</b> {session.current ? <Badge>{text.thisOne}</Badge> : null}
              <span className="why block">
                {session.address}, last seen <Time at={session.seenAt} form="full" />
              </span>
            </span>
            {session.current ? null : (
              <Button size="small" busy={end.busy} onClick={() => end.act({ id: session.id })}>
                {text.end}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}

export default function SecurityPage() {
  const { person } = useMe();
  const [changed, setChanged] = useState(0);
  return (
    <div className="setsec">
      <h1 className="sr">Security</h1>
      <Section title={text.password}>
        {changed ? (
          <Note live state="good">
            {text.changed}
          </Note>
        ) : null}
        <RecordForm
          key={changed}
          draftKey="password"
          submit={text.change}
          onSubmit={(values) => send(peopleApi.changePassword, { current: asTyped(values, 'current'), password: asTyped(values, 'password') }, () => setChanged(changed + 1))}
        >
          <Field name="current" label={text.current}>
            <Input type="password" autoComplete="current-password" />
          </Field>
          <PasswordField label={text.fresh} about={{ name: person?.name ?? '', email: person?.email ?? '' }} />
        </RecordForm>
      </Section>
      <SecondFactor />
      <Sessions />
    </div>
  );
}
