import { X } from 'lucide-react';
import { useRef, useState, type KeyboardEvent } from 'react';
import { Button } from '#web/ui/Button.tsx';
import { Field, useField } from '#web/ui/Field.tsx';

interface TagsFieldProps {
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  readonly start: readonly string[];
}

const parts = (text: string) =>
  text
    .toLowerCase()
    .split(/[\s,;]+/)
    .filter(Boolean);
/** What a form with a TagsField sends under its name. */
export const tagsOf = (text: string): string[] => [...new Set(parts(text))];

function Tags({ start, label }: Pick<TagsFieldProps, 'start' | 'label'>) {
  const { name, draft, attributes } = useField();
  const [tags, setTags] = useState(() => (draft === undefined ? [...start] : tagsOf(draft)));
  const [typed, setTyped] = useState('');
  const box = useRef<HTMLInputElement>(null);
  function add(text: string) {
    setTags((kept) => [...new Set([...kept, ...parts(text)])]);
    setTyped('');
  }
  function drop(tag: string) {
    setTags((kept) => kept.filter((each) => each !== tag));
    box.current?.focus();
  }
  function onKey(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey) return;
    if (event.key === 'Enter' && typed) event.preventDefault();
    if (event.key === 'Enter' && typed) add(typed);
    if (event.key === 'Backspace' && !typed && tags.length) drop(tags.at(-1)!);
  }
  return (
    <>
      {tags.length ? (
        <ul className="chiplist" aria-label={label}>
          {tags.map((tag) => (
            <li key={tag} className="tag">
              {tag}
              <Button variant="quiet" size="small" square icon={X} aria-label={`Take ${tag} away`} onClick={() => drop(tag)} />
            </li>
          ))}
        </ul>
      ) : null}
      <input
        ref={box}
        {...attributes}
        className="inp"
        value={typed}
        maxLength={80}
        spellCheck={false}
        autoCapitalize="none"
        onKeyDown={onKey}
        onBlur={() => typed && add(typed)}
        onChange={({ currentTarget: { value } }) => (/[\s,;]/.test(value) ? add(value) : setTyped(value))}
      />
      <input type="hidden" name={name} value={[...tags, ...parts(typed)].join(' ')} />
    </>
  );
}

/** Words, each its own chip: a blank, a comma or Enter ends one. */
export function TagsField({ name, label, hint, start }: TagsFieldProps) {
  return (
    <Field name={name} label={label} hint={hint} optional>
      <Tags start={start} label={label} />
    </Field>
  );
}
