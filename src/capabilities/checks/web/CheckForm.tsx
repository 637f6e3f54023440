import { useAddress } from '#web/address.ts';
import { api, send } from '#web/api.ts';
import { recordChoice, searchServices } from '#web/record/choices.tsx';
import { Choose } from '#web/record/Choose.tsx';
import { RecordForm } from '#web/record/RecordForm.tsx';
import { Field, Input } from '#web/ui/Field.tsx';
import { Link, useGo } from '#web/ui/Link.tsx';
import { checks, type Check } from '../contract/index.ts';
import { HeartbeatFields, heartbeatOf } from './HeartbeatFields.tsx';
import { KindGrid } from './KindGrid.tsx';
import { kindOf } from './kinds.ts';
import { ParentsField, parentsOf } from './ParentsField.tsx';
import type { Kind } from './specs.ts';
import { probeOf } from './probe-values.ts';
import { ProbeFields } from './ProbeFields.tsx';
import { TryIt } from './TryIt.tsx';
import { words } from './words.ts';
import { fieldText } from '#web/record/field-text.ts';

const text = words.form;

interface CheckFieldsProps {
  readonly kind: Kind;
  readonly check?: Check;
  readonly onDone: (check: Check) => void;
  readonly onCancel: () => void;
}

/** Makes a check, or changes one when it is given; its kind stays what it was. */
export function CheckFields({ kind, check, onDone, onCancel }: CheckFieldsProps) {
  const { probe } = check ?? {};
  const said = (values: FormData) =>
    // The server checks what was typed and names the field that is wrong.
    (kind.id === 'heartbeat' ? heartbeatOf(values, probe?.kind === 'heartbeat' ? probe : undefined) : probeOf(kind.id, values, probe)) as Check['probe'];
  return (
    <RecordForm
      {...(!check && {
        title: text.titleOf(kind.label),
        sub: (
          <>
            {kind.line}{' '}
            <Link className="l" href="/checks/new">
              {text.other}
            </Link>
          </>
        ),
      })}
      draftKey={check ? `edit ${check.number}` : `check ${kind.id}`}
      submit={check ? words.save : text.submit}
      onCancel={onCancel}
      onSubmit={async (values) => {
        const name = fieldText(values, 'name');
        const service = fieldText(values, 'service');
        const parents = parentsOf(fieldText(values, 'parents'));
        const problem = check
          ? await send(api(checks).update, { number: check.number, version: check.version, name, service: service || null, probe: said(values), parents }, onDone)
          : await send(api(checks).create, { name, probe: said(values), parents, ...(service && { service }) }, onDone);
        return problem?.fields ? { ...problem, fields: problem.fields.map((each) => ({ ...each, field: each.field.replace(/^probe\./, '').replace(/^expects\./, '') })) } : problem;
      }}
    >
      <Field name="name" label={words.name} hint={`Like “${kind.example}”.`}>
        <Input defaultValue={check?.name} required maxLength={200} />
      </Field>
      <Choose optional name="service" label={words.service} search={searchServices} start={check?.service ? recordChoice(check.service) : undefined} />
      <ParentsField check={check} />
      {kind.id === 'heartbeat' ? (
        <HeartbeatFields {...(probe?.kind === 'heartbeat' && { probe })} />
      ) : (
        <>
          <ProbeFields kind={kind.id} probe={probe} />
          <TryIt number={check?.number} probeOf={said} />
        </>
      )}
    </RecordForm>
  );
}

/** First what to look at, then what that needs. */
export default function CheckForm() {
  const go = useGo();
  const { search } = useAddress();
  const kind = kindOf(search['kind']);
  if (kind) return <CheckFields key={kind.id} kind={kind} onCancel={() => go('/checks/new')} onDone={({ number }) => go(`/checks/${number}`)} />;
  return (
    <div className="stack16">
      <div>
        <h1>{text.title}</h1>
        <p className="lead">{text.sub}</p>
      </div>
      <KindGrid />
      <p className="dim s13">
        {text.moveIn}{' '}
        <Link className="l" href="/checks/move-in">
          {words.moveIn.link}
        </Link>
      </p>
    </div>
  );
}
