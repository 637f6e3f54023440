import { Note } from '#web/ui/Parts.tsx';
import { StatusShape, type State } from '#web/ui/Status.tsx';
import { Time } from '#web/ui/Time.tsx';
import { isRead, type MappedBody } from '../../rules/mapping/index.ts';
import { Body } from './Body.tsx';
import { words } from './words.ts';

export interface Tried {
  readonly id: string;
  readonly at: string;
  readonly isCut: boolean;
  /** Undefined: no JSON, or cut off. */
  readonly body: unknown;
}

function stateOf(mapped: MappedBody | undefined): State {
  if (!mapped || !isRead(mapped)) return 'unknown';
  return 'items' in mapped && mapped.items.some((item) => 'sentence' in item) ? 'warning' : 'good';
}

function headline(mapped: MappedBody | undefined): string {
  const [first] = mapped && 'items' in mapped ? mapped.items : [];
  if (!first) return words.notUnderstood;
  return 'signal' in first ? first.signal.summary : 'ignored' in first ? words.left : words.notUnderstood;
}

interface MessagesProps {
  readonly tried: readonly Tried[];
  readonly current: Tried;
  readonly outcomes: ReadonlyMap<string, MappedBody>;
  /** Into which field a clicked value goes. */
  readonly field: string;
  readonly onChoose: (id: string) => void;
  readonly onPick: (steps: readonly string[]) => void;
}

/** The last messages, each with what would come of it now, and the chosen one as a tree to click on. */
export function Messages({ tried, current, outcomes, field, onChoose, onPick }: MessagesProps) {
  return (
    <div className="stack16">
      <ul className="msgs">
        {tried.map(({ id, at }) => (
          <li key={id}>
            <button type="button" aria-pressed={id === current.id} onClick={() => onChoose(id)}>
              <span className={`st ${stateOf(outcomes.get(id))}`}>
                <StatusShape state={stateOf(outcomes.get(id))} />
              </span>
              <Time at={at} form="seconds" />
              <span className="el dim">{headline(outcomes.get(id))}</span>
            </button>
          </li>
        ))}
      </ul>
      {current.body === undefined ? (
        <Note state="unknown">{current.isCut ? words.cut : words.unreadable}</Note>
      ) : (
        <>
          <p className="dim s12" aria-live="polite">
            {words.pick(field)}
          </p>
          <Body body={current.body} onPick={onPick} />
        </>
      )}
    </div>
  );
}
