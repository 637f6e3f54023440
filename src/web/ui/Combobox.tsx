import { Command } from 'cmdk';
import { ChevronsUpDown, Search } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useEffect, useState, type ReactNode } from 'react';
import { useField } from './Field.tsx';
import { useTelling } from './telling.ts';
import { Icon } from './Icon.tsx';

export interface Choosable {
  readonly id: string;
  readonly label: string;
  readonly detail?: string;
  readonly picture?: ReactNode;
}

type ComboboxProps = {
  readonly label: string;
  readonly chosen?: Choosable | undefined;
  /** Answers what matches the words; called with '' when it opens. */
  readonly search: (words: string) => Promise<readonly Choosable[]>;
  readonly onChoose: (choice: Choosable | undefined) => void;
  readonly none?: string;
};

type Found = { readonly words: string; readonly choices: readonly Choosable[] } | undefined;

/** Picks one of many (a person, a service) by typing; sends the id under the field's name. */
export function Combobox({ label, chosen, search, onChoose, none = 'Choose' }: ComboboxProps) {
  const { name, attributes } = useField();
  const sent = useTelling(chosen?.id ?? '');
  const [open, setOpen] = useState(false);
  const [words, setWords] = useState('');
  const [found, setFound] = useState<Found>();
  const [marked, setMarked] = useState('');
  useEffect(() => {
    if (!open) return;
    let stale = false;
    const wait = setTimeout(
      async () => {
        const choices = await search(words).catch(() => []);
        if (stale) return;
        setFound({ words, choices });
        // What comes later than the typing is not marked by itself, and Enter would choose nothing.
        setMarked(choices[0]?.id ?? '');
      },
      words ? 120 : 0,
    );
    return () => {
      stale = true;
      clearTimeout(wait);
    };
  }, [open, words, search]);
  function choose(choice: Choosable) {
    onChoose(choice);
    setOpen(false);
    setWords('');
  }
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger asChild>
        <button type="button" {...attributes} className="inp combo" aria-haspopup="dialog">
          {chosen?.picture}
          <span className={chosen ? 'grow' : 'grow none'}>{chosen?.label ?? none}</span>
          <Icon of={ChevronsUpDown} size={14} />
        </button>
      </Popover.Trigger>
      <input ref={sent} type="hidden" name={name} value={chosen?.id ?? ''} />
      <Popover.Portal>
        <Popover.Content className="menu" align="start" sideOffset={4} aria-label={label} style={{ width: 'var(--radix-popover-trigger-width)' }}>
          <Command shouldFilter={false} label={label} value={marked} onValueChange={setMarked}>
            <div className="find">
              <Icon of={Search} size={14} />
              <Command.Input value={words} onValueChange={setWords} placeholder="Type to search" />
            </div>
            <Command.List label={label}>
              {found?.choices.map((choice) => (
                <Command.Item key={choice.id} value={choice.id} className="it" onSelect={() => choose(choice)}>
                  {choice.picture}
                  <span className="grow el">{choice.label}</span>
                  {choice.detail ? <span className="dim s12">{choice.detail}</span> : null}
                </Command.Item>
              ))}
              <Command.Empty className="lbl">{found ? 'Nothing matches. Try another word.' : 'Searching'}</Command.Empty>
            </Command.List>
          </Command>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
