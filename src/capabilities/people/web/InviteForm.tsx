import { useState } from 'react';
import { send, useRead } from '#web/api.ts';
import { RecordForm } from '#web/record/RecordForm.tsx';
import { peopleApi } from '#web/session.ts';
import { Button } from '#web/ui/Button.tsx';
import { Field, Input, Select } from '#web/ui/Field.tsx';
import { useGo } from '#web/ui/Link.tsx';
import type { Person } from '../contract.ts';
import { ROLE_OPTIONS, roleOf } from './form.ts';
import { Secret } from './Secret.tsx';
import { words } from './words.ts';
import { fieldText } from '#web/record/field-text.ts';

const { invite } = words;

export default function InviteForm() {
  const go = useGo();
  const { data: teams } = useRead(peopleApi.teams, { limit: 200 });
  const [done, setDone] = useState<{ readonly person: Person; readonly link: string }>();
  if (done)
    return (
      <div className="formpage">
        <div>
          <h1>{invite.done(done.person.name)}</h1>
          <p className="lead">{invite.link}</p>
        </div>
        <Secret label={invite.link} value={done.link} />
        <div className="end">
          <Button variant="primary" href={`/people/${done.person.number}`}>
            {invite.open}
          </Button>
          <Button variant="quiet" onClick={() => setDone(undefined)}>
            {invite.another}
          </Button>
        </div>
      </div>
    );
  return (
    <RecordForm
      title={invite.title}
      sub={invite.sub}
      draftKey="invite"
      submit={invite.submit}
      onCancel={() => go('/people')}
      onSubmit={(values) => {
        const team = fieldText(values, 'team');
        const input = {
          name: fieldText(values, 'name'),
          email: fieldText(values, 'email'),
          role: roleOf(fieldText(values, 'role')),
          jobTitle: fieldText(values, 'jobTitle'),
          ...(team && { team }),
        };
        return send(peopleApi.invite, input, setDone);
      }}
    >
      <Field name="name" label={words.name}>
        <Input autoComplete="off" required />
      </Field>
      <Field name="email" label={words.email}>
        <Input type="email" autoComplete="off" required />
      </Field>
      <Field name="role" label={words.role}>
        <Select defaultValue="responder" options={ROLE_OPTIONS} />
      </Field>
      <Field name="team" label={words.team} optional>
        <Select none="None" options={(teams?.items ?? []).map(({ number, name }) => ({ value: number, label: name }))} />
      </Field>
      <Field name="jobTitle" label={words.jobTitle} optional>
        <Input />
      </Field>
    </RecordForm>
  );
}
