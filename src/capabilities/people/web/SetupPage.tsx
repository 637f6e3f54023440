import { useState } from 'react';
import { cache, send } from '#web/api.ts';
import { RecordForm } from '#web/record/RecordForm.tsx';
import { peopleApi, useMe } from '#web/session.ts';
import { Button } from '#web/ui/Button.tsx';
import { Field, Input } from '#web/ui/Field.tsx';
import { useGo } from '#web/ui/Link.tsx';
import { Note } from '#web/ui/Parts.tsx';
import { tokenInAddress } from './form.ts';
import { Gate } from './Gate.tsx';
import { PasswordField } from './PasswordField.tsx';
import { words } from './words.ts';
import { ZoneSelect } from './zones.tsx';
import { asTyped, fieldText } from '#web/record/field-text.ts';

const { setup } = words;

/** The first administrator, by the one-time link that the server prints. */
export default function SetupPage() {
  const go = useGo();
  const { me } = useMe();
  const [token] = useState(tokenInAddress);
  const [about, setAbout] = useState({ name: '', email: '' });
  const closed = me && !me.setupNeeded;
  return (
    <Gate>
      {closed ? (
        <Note
          state="info"
          end={
            <Button size="small" href="/sign-in">
              {setup.signIn}
            </Button>
          }
        >
          {setup.done}
        </Note>
      ) : !token ? (
        <div className="stack16">
          <h1>{setup.title}</h1>
          <Note state="warning">{setup.noToken}</Note>
        </div>
      ) : (
        <RecordForm
          title={setup.title}
          sub={setup.sub}
          draftKey="setup"
          submit={setup.submit}
          onSubmit={(values) =>
            send(
              peopleApi.setUp,
              {
                token,
                organisation: fieldText(values, 'organisation'),
                name: fieldText(values, 'name'),
                email: fieldText(values, 'email'),
                password: asTyped(values, 'password'),
                zone: fieldText(values, 'zone'),
              },
              () => {
                cache.clear();
                go('/start');
              },
            )
          }
        >
          <Field name="organisation" label={words.organisation} optional>
            <Input autoComplete="organization" />
          </Field>
          <Field name="name" label={words.name}>
            <Input autoComplete="name" required onInput={(event) => setAbout({ ...about, name: event.currentTarget.value })} />
          </Field>
          <Field name="email" label={words.email}>
            <Input type="email" autoComplete="username" required onInput={(event) => setAbout({ ...about, email: event.currentTarget.value })} />
          </Field>
          <PasswordField about={about} />
          <Field name="zone" label={words.zone} hint={words.zoneHint}>
            <ZoneSelect />
          </Field>
        </RecordForm>
      )}
    </Gate>
  );
}
