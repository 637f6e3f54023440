import { useState } from 'react';
import { cache, send, useRead } from '#web/api.ts';
import { RecordForm } from '#web/record/RecordForm.tsx';
import { peopleApi } from '#web/session.ts';
import { Field, Input } from '#web/ui/Field.tsx';
import { useGo } from '#web/ui/Link.tsx';
import { Note, Skeleton } from '#web/ui/Parts.tsx';
import { tokenInAddress } from './form.ts';
import { Gate } from './Gate.tsx';
import { PasswordField } from './PasswordField.tsx';
import { words } from './words.ts';
import { ZoneSelect } from './zones.tsx';
import { asTyped, fieldText } from '#web/record/field-text.ts';

const { welcome } = words;

/** Accepts an invitation or sets a new password, by a one-time link. */
export default function WelcomePage() {
  const go = useGo();
  const [token] = useState(tokenInAddress);
  const { data, problem } = useRead(peopleApi.peekLink, { token }, { enabled: Boolean(token) });
  const invited = data?.purpose === 'invitation';
  const closed = token ? problem?.sentence : welcome.noToken;
  return (
    <Gate>
      {closed ? (
        <Note state="warning">{closed}</Note>
      ) : !data ? (
        <Skeleton width="60%" />
      ) : (
        <RecordForm
          title={invited ? welcome.invitation(data.name) : welcome.reset}
          sub={invited ? welcome.sub : welcome.resetSub(data.email)}
          draftKey="welcome"
          submit={invited ? welcome.join : data.purpose === 'demo' ? welcome.demo : welcome.set}
          onSubmit={(values) =>
            send(peopleApi.redeem, { token, password: asTyped(values, 'password'), ...(invited && { name: fieldText(values, 'name'), zone: fieldText(values, 'zone') }) }, () => {
              cache.clear();
              go('/');
            })
          }
        >
          {invited ? (
            <Field name="name" label={words.name}>
              <Input autoComplete="name" defaultValue={data.name} required />
            </Field>
          ) : null}
          <input type="hidden" name="username" autoComplete="username" value={data.email} readOnly />
          <PasswordField about={data} />
          {invited ? (
            <Field name="zone" label={words.zone} hint={words.zoneHint}>
              <ZoneSelect />
            </Field>
          ) : null}
        </RecordForm>
      )}
    </Gate>
  );
}
