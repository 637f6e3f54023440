import { ArrowDown, ArrowUp, UserPlus, X } from 'lucide-react';
import { useState } from 'react';
import { searchPeople } from '#web/record/choices.tsx';
import { Button } from '#web/ui/Button.tsx';
import { Combobox, type Choosable } from '#web/ui/Combobox.tsx';
import { Field } from '#web/ui/Field.tsx';
import { useTelling } from '#web/ui/telling.ts';
import { JOINT } from './layer-values.ts';
import { words } from './words.ts';

const text = words.layer;
type Group = readonly Choosable[];
const namesOf = (group: Group) => group.map(({ label }) => label).join(', ') || words.nobody;

interface PeopleInTurnProps {
  readonly start?: readonly Group[];
  /** Told of everybody who was chosen, by whoever must name them. */
  readonly onChoose?: (person: Choosable) => void;
}

/** Groups in the order of their shifts; sends their numbers under "inTurn": groups by commas, people on call together by the joint. */
export function PeopleInTurn({ start = [], onChoose }: PeopleInTurnProps) {
  const [groups, setGroups] = useState(start);
  const [asked, setAsked] = useState<number>();
  const value = groups.map((group) => (group.length === 1 ? group[0]?.id : group.map(({ id }) => id).join(JOINT) || JOINT)).join(',');
  const sent = useTelling(value);
  function move(at: number, by: number) {
    const next = [...groups];
    const [one] = next.splice(at, 1);
    if (one) next.splice(at + by, 0, one);
    setGroups(next);
  }
  function add(one: Choosable | undefined, to?: number) {
    setAsked(undefined);
    if (!one) return;
    onChoose?.(one);
    setGroups(to === undefined ? [...groups, [one]] : groups.map((group, at) => (at === to && !group.some(({ id }) => id === one.id) ? [...group, one] : group)));
  }
  const without = (at: number, id: string) => setGroups(groups.flatMap((group, index) => (index === at ? leftOf(group, id) : [group])));
  return (
    <Field name="people" label={text.people} {...(!groups.length && { hint: text.none })}>
      {groups.length ? (
        <ol className="ordered turns">
          {groups.map((group, at) => (
            <li key={`${namesOf(group)} ${at}`}>
              <span className="rank num">{at + 1}</span>
              <span className="grow members">
                {group.length ? null : <span className="dim">{words.nobody}</span>}
                {group.map((one) => (
                  <span key={one.id} className="member">
                    {one.picture}
                    <span className="el">{one.label}</span>
                    {group.length > 1 ? <Button square size="small" variant="quiet" icon={X} aria-label={`${text.out} ${one.label}`} onClick={() => without(at, one.id)} /> : null}
                  </span>
                ))}
                {asked === at ? <Combobox label={text.beside(namesOf(group))} none={text.addPerson} search={searchPeople} onChoose={(one) => add(one, at)} /> : null}
              </span>
              <Button
                square
                size="small"
                variant="quiet"
                icon={UserPlus}
                aria-label={text.beside(namesOf(group))}
                aria-expanded={asked === at}
                onClick={() => setAsked(asked === at ? undefined : at)}
              />
              <Button
                square
                size="small"
                variant="quiet"
                icon={ArrowUp}
                aria-label={`${text.up} ${namesOf(group)}`}
                {...(at === 0 && { refused: 'Is the first.' })}
                onClick={() => move(at, -1)}
              />
              <Button
                square
                size="small"
                variant="quiet"
                icon={ArrowDown}
                aria-label={`${text.down} ${namesOf(group)}`}
                {...(at === groups.length - 1 && { refused: 'Is the last.' })}
                onClick={() => move(at, 1)}
              />
              <Button
                square
                size="small"
                variant="quiet"
                icon={X}
                aria-label={`${text.out} ${namesOf(group)}`}
                onClick={() => setGroups(groups.filter((_, index) => index !== at))}
              />
            </li>
          ))}
        </ol>
      ) : null}
      <input ref={sent} type="hidden" name="inTurn" value={value} />
      <Combobox label={text.addPerson} none={text.addPerson} search={searchPeople} onChoose={(one) => add(one)} />
    </Field>
  );
}

function leftOf(group: Group, id: string): Group[] {
  const left = group.filter((one) => one.id !== id);
  return left.length ? [left] : [];
}
