import { shownValue } from '../../rules/mapping/index.ts';
import { words } from './words.ts';

const MOST = 60;
const DEEPEST = 10;

interface BodyProps {
  readonly body: unknown;
  /** Says where a value stands that was chosen. */
  readonly onPick: (steps: readonly string[]) => void;
}

/** A message as a tree; each value is a button that puts its path into the mapping. */
export function Body({ body, onPick }: BodyProps) {
  return (
    <div className="bodytree" tabIndex={0} role="group" aria-label={words.message}>
      <Value value={body} steps={[]} onPick={onPick} />
    </div>
  );
}

function Value({ value, steps, onPick }: { readonly value: unknown; readonly steps: readonly string[]; readonly onPick: BodyProps['onPick'] }) {
  const plain = shownValue(value);
  if (plain !== null) {
    return (
      <button
        type="button"
        className={typeof value === 'string' ? 'val txt' : 'val'}
        title={plain.length > 80 ? plain.slice(0, 500) : undefined}
        onClick={() => onPick(steps)}
        onMouseDown={keepFocus}
      >
        {plain === '' ? '""' : plain.length > 160 ? `${plain.slice(0, 160)}…` : plain}
      </button>
    );
  }
  const entries = Object.entries(value as object);
  if (entries.length === 0) return <span className="dim">{Array.isArray(value) ? '[]' : '{}'}</span>;
  if (steps.length >= DEEPEST) return <span className="dim">…</span>;
  return (
    <ul>
      {entries.slice(0, MOST).map(([name, one]) => (
        <li key={name}>
          <span className="nm">{name}</span>
          <Value value={one} steps={[...steps, name]} onPick={onPick} />
        </li>
      ))}
      {entries.length > MOST ? <li className="dim">{words.more(entries.length - MOST)}</li> : null}
    </ul>
  );
}

/** The field that is written in keeps its caret. */
const keepFocus = (event: { preventDefault(): void }): void => event.preventDefault();
