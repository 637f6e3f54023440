import { useState } from 'react';
import { Button } from '#web/ui/Button.tsx';
import { Field, Input } from '#web/ui/Field.tsx';
import { StatusText } from '#web/ui/Status.tsx';
import { refusePassword } from '../rules.ts';
import { words } from './words.ts';

interface PasswordFieldProps {
  readonly label?: string;
  /** What the password must not be built from. */
  readonly about: { readonly name: string; readonly email: string };
}

/** A new password; says while one types why it would be refused, by the rule the desk itself uses. */
export function PasswordField({ label = words.password, about }: PasswordFieldProps) {
  const [typed, setTyped] = useState('');
  const [shown, setShown] = useState(false);
  const why = typed ? refusePassword(typed, about) : undefined;
  const hint = !typed ? words.passwordHint : why ? <StatusText state="warning">{why}</StatusText> : <StatusText state="good">{words.passwordGood}</StatusText>;
  return (
    <Field name="password" label={label} hint={hint}>
      <span className="row">
        <Input type={shown ? 'text' : 'password'} autoComplete="new-password" required onInput={(event) => setTyped(event.currentTarget.value)} />
        <Button variant="quiet" size="small" aria-pressed={shown} onClick={() => setShown(!shown)}>
          {shown ? words.hide : words.show}
        </Button>
      </span>
    </Field>
  );
}
