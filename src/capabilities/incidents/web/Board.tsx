import { CircleHelp, FlaskConical, GitCompareArrows, Pencil, Plus } from 'lucide-react';
import { Button } from '#web/ui/Button.tsx';
import { Icon, type Picture } from '#web/ui/Icon.tsx';
import { Section } from '#web/ui/Parts.tsx';
import { StatusIcon } from '#web/ui/Status.tsx';
import { Time } from '#web/ui/Time.tsx';
import type { IncidentPage, Note } from '../contract.ts';
import type { Asked } from './Ask.tsx';
import { firstName, Linked } from './look.tsx';
import { words } from './words.ts';

const text = words.board;
const COLUMNS: readonly { readonly kind: 'tested' | 'changed' | 'unknown'; readonly icon: Picture }[] = [
  { kind: 'tested', icon: FlaskConical },
  { kind: 'changed', icon: GitCompareArrows },
  { kind: 'unknown', icon: CircleHelp },
];

interface LineProps {
  readonly note: Note;
  readonly refused: string | null;
  readonly ask: (asked: Asked) => void;
}

function Line({ note, refused, ask }: LineProps) {
  const answered = note.answeredAt !== null;
  const open = note.kind === 'unknown' && !answered;
  const by = note.by ? firstName(note.by.title) : words.timeline.desk;
  return (
    <li>
      <StatusIcon state={answered ? 'good' : note.result} word={text.results[answered ? 'good' : note.result]} />
      <div>
        <div className={answered ? 'mut prose' : 'prose'}>
          <Linked text={note.text} />
        </div>
        {note.answer ? (
          <div className="prose">
            <Linked text={note.answer} />
          </div>
        ) : null}
        <div className="s12 dim notefoot">
          {answered ? (
            <span>
              {text.answered} <Time at={note.answeredAt ?? note.at} />
            </span>
          ) : (
            <span>
              {by}, {open ? `${text.asked} ` : ''}
              <Time at={note.at} />
            </span>
          )}
          {refused ? null : open ? (
            <button type="button" className="textual" onClick={() => ask({ about: 'answer', note })}>
              {text.answer}
            </button>
          ) : (
            <button type="button" className="fix" aria-label={`${text.fix}: ${note.text}`} onClick={() => ask({ about: 'fix', note })}>
              <Icon of={Pencil} size={12} />
            </button>
          )}
        </div>
      </div>
    </li>
  );
}

/** What was tested, what was changed, and what nobody knows yet. */
export function Board({ page, ask }: { readonly page: IncidentPage; readonly ask: (asked: Asked) => void }) {
  const { notes, may } = page;
  return (
    <Section
      title={text.title}
      end={
        <Button variant="quiet" size="small" icon={Plus} refused={may.addNote} onClick={() => ask({ about: 'note' })}>
          {text.add}
        </Button>
      }
    >
      <div className="bd3">
        {COLUMNS.map(({ kind, icon }) => {
          const own = notes.filter((note) => note.kind === kind);
          const open = own.filter((note) => note.answeredAt === null).length;
          return (
            <div key={kind}>
              <h3>
                <Icon of={icon} size={14} dim />
                {text[kind]} {own.length ? <span className="dim num">{kind === 'unknown' ? text.open(open) : own.length}</span> : null}
              </h3>
              {own.length ? (
                <ul>
                  {own.map((note) => (
                    <Line key={note.id} note={note} refused={may.addNote} ask={ask} />
                  ))}
                </ul>
              ) : (
                <p className="dim s12 nothing">{text.nothing[kind]}</p>
              )}
            </div>
          );
        })}
      </div>
    </Section>
  );
}
