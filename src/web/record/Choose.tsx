import { X } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#web/ui/Button.tsx';
import { Combobox, type Choosable } from '#web/ui/Combobox.tsx';
import { Field } from '#web/ui/Field.tsx';

type ChooseProps = {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly none?: string;
  readonly optional?: true;
  readonly start?: Choosable | undefined;
  readonly search: (words: string) => Promise<readonly Choosable[]>;
  readonly onChoose?: (choice: Choosable | undefined) => void;
};

/** A Combobox with its own memory inside a form: sends the record number under the field's name, '' when nothing is chosen. */
export function Choose({ name, label, hint, none, optional, start, search, onChoose }: ChooseProps) {
  const [chosen, setChosen] = useState(start);
  function choose(choice: Choosable | undefined) {
    setChosen(choice);
    onChoose?.(choice);
  }
  return (
    <Field name={name} label={label} {...(hint && { hint })} {...(optional && { optional })}>
      <span className="choose">
        <Combobox label={label} chosen={chosen} search={search} onChoose={choose} {...(none && { none })} />
        {optional && chosen ? <Button variant="quiet" square icon={X} aria-label={`Clear ${label}`} onClick={() => choose(undefined)} /> : null}
      </span>
    </Field>
  );
}
