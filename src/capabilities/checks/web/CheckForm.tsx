import { useState } from 'react';
import { api, send } from '#web/api.ts';
import { recordChoice, searchServices } from '#web/record/choices.tsx';
import { Choose } from '#web/record/Choose.tsx';
import { RecordForm } from '#web/record/RecordForm.tsx';
import { Field, Input } from '#web/ui/Field.tsx';
import { useGo } from '#web/ui/Link.tsx';
import { Segmented } from '#web/ui/Tabs.tsx';
import { checks, type Check } from '../contract.ts';
import { HeartbeatFields, heartbeatOf } from './HeartbeatFields.tsx';
import { HttpFields, httpOf } from './HttpFields.tsx';
import { words } from './words.ts';
import { fieldText } from '#web/record/field-text.ts';

const text = words.form;
type Kind = Check['probe']['kind'];
const KINDS: readonly { readonly id: Kind; readonly label: string }[] = [
  { id: 'http', label: text.http },
  { id: 'heartbeat', label: text.heartbeat },
];

interface CheckFieldsProps {
  readonly check?: Check;
  readonly onDone: (check: Check) => void;
  readonly onCancel: () => void;
}

/** Makes a check, or changes one when it is given; its kind stays what it was. */
export function CheckFields({ check, onDone, onCancel }: CheckFieldsProps) {
  const [kind, setKind] = useState<Kind>(check?.probe.kind ?? 'http');
  const { probe } = check ?? {};
  return (
    <RecordForm
      {...(!check && { title: text.title, sub: text.sub })}
      draftKey={check ? `edit ${check.number}` : 'check'}
      submit={check ? words.save : text.submit}
      onCancel={onCancel}
      onSubmit={async (values) => {
        const name = fieldText(values, 'name');
        const service = fieldText(values, 'service');
        const said = kind === 'http' ? httpOf(values) : heartbeatOf(values, probe?.kind === 'heartbeat' ? probe : undefined);
        const problem = check
          ? await send(api(checks).update, { number: check.number, version: check.version, name, service: service || null, probe: said }, onDone)
          : await send(api(checks).create, { name, probe: said, ...(service && { service }) }, onDone);
        return problem?.fields ? { ...problem, fields: problem.fields.map((each) => ({ ...each, field: each.field.replace(/^probe\./, '').replace(/^expects\./, '') })) } : problem;
      }}
    >
      {check ? null : <Segmented label={words.kind} choices={KINDS} current={kind} onChoose={(id) => setKind(id === 'heartbeat' ? 'heartbeat' : 'http')} />}
      <Field name="name" label={words.name} hint={kind === 'http' ? 'Like “Checkout page”.' : 'Like “Nightly backup of erp-db”.'}>
        <Input defaultValue={check?.name} required maxLength={200} />
      </Field>
      <Choose optional name="service" label={words.service} search={searchServices} start={check?.service ? recordChoice(check.service) : undefined} />
      {kind === 'http' ? <HttpFields {...(probe?.kind === 'http' && { probe })} /> : <HeartbeatFields {...(probe?.kind === 'heartbeat' && { probe })} />}
    </RecordForm>
  );
}

export default function CheckForm() {
  const go = useGo();
  return <CheckFields onCancel={() => go('/checks')} onDone={({ number }) => go(`/checks/${number}`)} />;
}
