import { useState } from 'react';
import { api, send } from '#web/api.ts';
import { fieldText } from '#web/record/field-text.ts';
import { RecordForm } from '#web/record/RecordForm.tsx';
import { Field, Input, Select } from '#web/ui/Field.tsx';
import { Section } from '#web/ui/Parts.tsx';
import { notify } from '../contract.ts';
import { words } from './words.ts';

const ADDABLE = ['sms', 'voice', 'ntfy', 'gotify', 'telegram', 'matrix', 'slack', 'teams', 'mattermost', 'rocketchat', 'discord', 'webhook', 'email'] as const;
type Addable = (typeof ADDABLE)[number];

export function AddContact() {
  const [channel, setChannel] = useState<Addable>('sms');
  const [count, setCount] = useState(0);
  return (
    <Section title={words.add}>
      <RecordForm
        key={count}
        draftKey="contact"
        submit={words.add}
        onSubmit={(values) => send(api(notify).addContact, { channel, label: fieldText(values, 'label'), address: fieldText(values, 'address') }, () => setCount(count + 1))}
      >
        <Field name="channel" label={words.channel}>
          <Select
            value={channel}
            options={ADDABLE.map((value) => ({ value, label: words.channels[value] }))}
            onChange={(event) => setChannel(ADDABLE.find((each) => each === event.currentTarget.value) ?? 'sms')}
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
