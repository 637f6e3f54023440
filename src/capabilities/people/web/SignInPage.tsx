import { useState } from 'react';
import { cache, send } from '#web/api.ts';
import { RecordForm } from '#web/record/RecordForm.tsx';
import { peopleApi, returnPath } from '#web/session.ts';
import { Field, Input } from '#web/ui/Field.tsx';
import { useGo } from '#web/ui/Link.tsx';

import { Gate } from './Gate.tsx';
import { words } from './words.ts';
import { asTyped, fieldText } from '#web/record/field-text.ts';

const { signIn } = words;
interface Known {
  readonly email: string;
  readonly password: string;
}

/** E-mail and password, then the code when a second factor is on. */
export default function SignInPage() {
  const go = useGo();
  const [known, setKnown] = useState<Known>();
  const enter = (input: Known & { readonly code?: string }) =>
    send(peopleApi.signIn, input, (answer) => {
      if ('needsCode' in answer) return setKnown(input);
      cache.clear();
      go(returnPath(window.location.search));
    });
  return (
    <Gate>
      {known ? (
        <RecordForm
          key="code"
          title={signIn.codeTitle}
          sub={signIn.codeSub}
          draftKey="sign-in-code"
          submit={signIn.codeSubmit}
          onCancel={() => setKnown(undefined)}
          onSubmit={(values) => enter({ ...known, code: fieldText(values, 'code') })}
        >
          <Field name="code" label={signIn.code}>
            <Input inputMode="numeric" autoComplete="one-time-code" autoFocus required />
          </Field>
        </RecordForm>
      ) : (
        <div className="stack16">
          <RecordForm
            key="password"
            title={signIn.title}
            draftKey="sign-in"
            submit={signIn.submit}
            onSubmit={(values) => enter({ email: fieldText(values, 'email'), password: asTyped(values, 'password') })}
          >
            <Field name="email" label={words.email}>
              <Input type="email" autoComplete="username" autoFocus required />
            </Field>
            <Field name="password" label={words.password}>
              <Input type="password" autoComplete="current-password" required />
            </Field>
          </RecordForm>
          <p className="dim s12">{signIn.forgotten}</p>
        </div>
      )}
    </Gate>
  );
}
