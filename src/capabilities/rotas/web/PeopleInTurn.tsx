import { ArrowDown, ArrowUp, X } from 'lucide-react';
import { useState } from 'react';
import { searchPeople } from '#web/record/choices.tsx';
import { Button } from '#web/ui/Button.tsx';
import { Combobox, type Choosable } from '#web/ui/Combobox.tsx';
import { Field } from '#web/ui/Field.tsx';
import { words } from './words.ts';

const text = words.layer;

/** People in the order of their shifts; sends their numbers under "inTurn", separated by commas. */
export function PeopleInTurn({ start = [] }: { readonly start?: readonly Choosable[] }) {
  const [people, setPeople] = useState(start);
  function move(at: number, by: number) {
    const next = [...people];
    const [one] = next.splice(at, 1);
    if (one) next.splice(at + by, 0, one);
    setPeople(next);
  }
  return (
    <Field name="people" label={text.people} {...(!people.length && { hint: text.none })}>
      {people.length ? (
        <ol className="ordered">
          {people.map((one, at) => (
            <li key={`${one.id} ${at}`}>
              <span className="rank num">{at + 1}</span>
              {one.picture}
              <span className="grow el">{one.label}</span>
              <Button
                square
                size="small"
                variant="quiet"
                icon={ArrowUp}
                aria-label={`${text.up} ${one.label}`}
                {...(at === 0 && { refused: 'Is the first.' })}
                onClick={() => move(at, -1)}
              />
              <Button
                square
                size="small"
                variant="quiet"
                icon={ArrowDown}
                aria-label={`${text.down} ${one.label}`}
                {...(at === people.length - 1 && { refused: 'Is the last.' })}
                onClick={() => move(at, 1)}
              />
              <Button square size="small" variant="quiet" icon={X} aria-label={`${text.out} ${one.label}`} onClick={() => setPeople(people.filter((_, index) => index !== at))} />
            </li>
          ))}
        </ol>
      ) : null}
      <input type="hidden" name="inTurn" value={people.map(({ id }) => id).join(',')} />
      <Combobox label={text.addPerson} none={text.addPerson} search={searchPeople} onChoose={(one) => one && setPeople([...people, one])} />
    </Field>
  );
}
