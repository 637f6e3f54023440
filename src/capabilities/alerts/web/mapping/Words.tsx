import { Select } from '#web/ui/Field.tsx';
import type { SeenWord } from '../../rules/mapping/index.ts';
import { words } from './words.ts';

interface WordsProps<Meaning extends string> {
  readonly title: string;
  readonly seen: readonly SeenWord<Meaning>[];
  readonly known: Readonly<Record<string, Meaning>>;
  readonly names: Readonly<Record<Meaning, string>>;
  readonly onChange: (known: Readonly<Record<string, Meaning>>) => void;
}

/** The sender's own words beside what each means; those that are understood anyhow say so. */
export function Words<Meaning extends string>({ title, seen, known, names, onChange }: WordsProps<Meaning>) {
  if (seen.length === 0) return null;
  const meanings = Object.keys(names) as Meaning[];
  function choose(word: string, said: string) {
    const { [word]: _, ...others } = known;
    const meaning = meanings.find((one) => one === said);
    onChange(meaning ? { ...others, [word]: meaning } : others);
  }
  return (
    <ul className="wordlist" aria-label={title}>
      {seen.map(({ word, usual }) => (
        <li key={word}>
          <code className="el">{word}</code>
          <Select
            aria-label={`${title}: ${word}`}
            none={words.usual(names[usual].toLowerCase())}
            options={meanings.map((value) => ({ value, label: names[value] }))}
            value={known[word] ?? ''}
            onChange={(event) => choose(word, event.currentTarget.value)}
          />
        </li>
      ))}
    </ul>
  );
}
