import { useState } from 'react';
import { send } from '#web/api.ts';
import { RecordForm } from '#web/record/RecordForm.tsx';
import { peopleApi, useMe } from '#web/session.ts';
import { ThemeToggle } from '#web/shell/ThemeToggle.tsx';
import { Field, Input } from '#web/ui/Field.tsx';
import { Note, Section, Skeleton } from '#web/ui/Parts.tsx';

import { words } from './words.ts';
import { ZoneSelect } from './zones.tsx';
import { fieldText } from '#web/record/field-text.ts';

export default function ProfilePage() {
  const { person } = useMe();
  const [saved, setSaved] = useState(false);
  if (!person) return <Skeleton width={240} />;
  return (
    <div className="setsec stack16">
      <RecordForm
        title={words.profile.title}
        sub={person.email}
        draftKey="profile"
        submit={words.save}
        onSubmit={(values) =>
          send(
            peopleApi.updateMe,
            { name: fieldText(values, 'name'), jobTitle: fieldText(values, 'jobTitle'), phone: fieldText(values, 'phone'), zone: fieldText(values, 'zone') },
            () => setSaved(true),
          )
        }
      >
        <Field name="name" label={words.name}>
          <Input defaultValue={person.name} autoComplete="name" />
        </Field>
        <Field name="jobTitle" label={words.jobTitle} optional>
          <Input defaultValue={person.jobTitle} autoComplete="organization-title" />
        </Field>
        <Field name="phone" label={words.phone} optional>
          <Input defaultValue={person.phone} type="tel" autoComplete="tel" />
        </Field>
        <Field name="zone" label={words.zone} hint={words.zoneHint}>
          <ZoneSelect chosen={person.zone} />
        </Field>
      </RecordForm>
      {saved ? (
        <Note live state="good">
          {words.saved}
        </Note>
      ) : null}
      <Section title={words.profile.theme}>
        <ThemeToggle />
      </Section>
    </div>
  );
}
