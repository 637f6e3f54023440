import qrcode from 'qrcode-generator';
import { useMemo, useState } from 'react';
import { send } from '#web/api.ts';
import { RecordForm } from '#web/record/RecordForm.tsx';
import { peopleApi, useMe } from '#web/session.ts';
import { Button } from '#web/ui/Button.tsx';
import { Field, Input } from '#web/ui/Field.tsx';
import { Note, Section } from '#web/ui/Parts.tsx';

import { Secret } from './Secret.tsx';
import { words } from './words.ts';
import { asTyped, fieldText } from '#web/record/field-text.ts';

const text = words.security;
type Step =
  | { readonly at: 'rest' | 'ask' | 'remove' }
  | { readonly at: 'scan'; readonly uri: string; readonly secret: string }
  | { readonly at: 'codes'; readonly codes: readonly string[] };

function Qr({ uri }: { readonly uri: string }) {
  const { path, size } = useMemo(() => {
    const code = qrcode(0, 'M');
    code.addData(uri);
    code.make();
    const side = code.getModuleCount();
    const rows = Array.from({ length: side }, (_, row) => Array.from({ length: side }, (__, column) => (code.isDark(row, column) ? `M${column} ${row}h1v1h-1z` : '')).join(''));
    return { path: rows.join(''), size: side };
  }, [uri]);
  return (
    <svg className="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={text.scan} shapeRendering="crispEdges">
      <path d={path} fill="#000" />
    </svg>
  );
}

const current = (
  <Field name="password" label={text.current}>
    <Input type="password" autoComplete="current-password" />
  </Field>
);

const code = (
  <Field name="code" label={words.signIn.code}>
    <Input inputMode="numeric" autoComplete="one-time-code" />
  </Field>
);

/** Turns a second factor on (password, scan, first code, recovery codes) and off. */
export function SecondFactor() {
  const { person } = useMe();
  const [step, setStep] = useState<Step>({ at: 'rest' });
  const rest = () => setStep({ at: 'rest' });
  return (
    <Section title={text.factor}>
      {step.at === 'rest' ? (
        <Note
          state={person?.secondFactor ? 'good' : 'warning'}
          end={
            <Button size="small" onClick={() => setStep({ at: person?.secondFactor ? 'remove' : 'ask' })}>
              {person?.secondFactor ? text.turnOff : text.begin}
            </Button>
          }
        >
          {person?.secondFactor ? text.factorOn : text.factorOff}
        </Note>
      ) : null}
      {step.at === 'ask' ? (
        <RecordForm
          draftKey="factor"
          submit={text.begin}
          onCancel={rest}
          onSubmit={(values) => send(peopleApi.beginSecondFactor, { password: asTyped(values, 'password') }, (answer) => setStep({ at: 'scan', ...answer }))}
        >
          {current}
        </RecordForm>
      ) : null}
      {step.at === 'scan' ? (
        <div className="stack16">
          <p>{text.scan}</p>
          <Qr uri={step.uri} />
          <Secret label={text.factor} value={step.secret} />
          <RecordForm
            draftKey="factor-code"
            submit={text.confirm}
            onCancel={rest}
            onSubmit={(values) => send(peopleApi.confirmSecondFactor, { code: fieldText(values, 'code') }, (answer) => setStep({ at: 'codes', codes: answer.recoveryCodes }))}
          >
            {code}
          </RecordForm>
        </div>
      ) : null}
      {step.at === 'codes' ? (
        <div className="stack16">
          <div>
            <b className="b">{text.codesTitle}</b>
            <p className="lead">{text.codesText}</p>
          </div>
          <ul className="codes">
            {step.codes.map((each) => (
              <li key={each}>{each}</li>
            ))}
          </ul>
          <div>
            <Button variant="primary" onClick={rest}>
              {text.kept}
            </Button>
          </div>
        </div>
      ) : null}
      {step.at === 'remove' ? (
        <RecordForm
          danger
          draftKey="factor-off"
          submit={text.turnOff}
          onCancel={rest}
          onSubmit={(values) => send(peopleApi.removeSecondFactor, { password: asTyped(values, 'password'), code: fieldText(values, 'code') }, rest)}
        >
          {current}
          {code}
        </RecordForm>
      ) : null}
    </Section>
  );
}
