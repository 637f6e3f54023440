import { Clock, ListChecks } from 'lucide-react';
import { useState } from 'react';
import { api, problemOf, useWrite } from '#web/api.ts';
import { pageOf } from '#web/record/page-of.ts';
import { searchTeams } from '#web/record/choices.tsx';
import { Button } from '#web/ui/Button.tsx';
import { Combobox, type Choosable } from '#web/ui/Combobox.tsx';
import { Link } from '#web/ui/Link.tsx';
import { Note } from '#web/ui/Parts.tsx';
import { Badge } from '#web/ui/Status.tsx';
import { Ago, Time } from '#web/ui/Time.tsx';
import { catalog, type Card } from '../../contract/index.ts';
import { Evidence } from './Evidence.tsx';
import { words } from './words.ts';

export interface QuestionProps {
  readonly card: Card;
  readonly index: number;
  readonly isCurrent: boolean;
  readonly onFocus: (index: number) => void;
  /** The answer was sent: it is out of the way until it comes back refused. */
  readonly onAnswer: (card: Card, choice: string, team?: string) => void;
  readonly onIgnore: (card: Card) => void;
  /** Why the last answer to it was refused. */
  readonly problem: string | undefined;
}

/** The kind that asks for a team before it can be answered. */
const ASSIGN = 'assign';

function Choices({ card, onAnswer, onIgnore }: Pick<QuestionProps, 'card' | 'onAnswer' | 'onIgnore'>) {
  const [team, setTeam] = useState<Choosable>();
  const { choices, refused, record, kind } = card;
  return (
    <div className="choices">
      {choices.map(({ choice, label }, at) =>
        choice === ASSIGN ? (
          <span key={choice} className="row assign">
            {refused ? null : <Combobox label={words.team} none={words.chooseTeam} chosen={team} search={searchTeams} onChoose={setTeam} />}
            <Button size="small" data-choice={at} refused={refused ?? (team ? null : words.chooseTeamFirst)} onClick={() => onAnswer(card, choice, team?.id)}>
              {label}
            </Button>
          </span>
        ) : (
          <Button key={choice} size="small" data-choice={at} refused={refused} onClick={() => onAnswer(card, choice)}>
            {choices.length > 1 ? (
              <kbd className="choicekey" aria-hidden="true">
                {at + 1}
              </kbd>
            ) : null}
            {label}
          </Button>
        ),
      )}
      {kind === 'missing' ? (
        <Button size="small" href={pageOf(record)}>
          {words.open}
        </Button>
      ) : null}
      <span className="later">
        <Button size="small" variant="quiet" icon={ListChecks} href={`/actions/new?about=${record.number}`}>
          {words.makeAction}
        </Button>
        <Button size="small" variant="quiet" icon={Clock} refused={refused} onClick={() => onIgnore(card)}>
          {words.ignore}
        </Button>
      </span>
    </div>
  );
}

/** One question: what it is, the evidence, and what can be answered. */
export function Question({ card, index, isCurrent, onFocus, onAnswer, onIgnore, problem }: QuestionProps) {
  const { kind, record, other, sentence, state, foundAt, ignoredUntil, settledAt, settledHow } = card;
  const isPlain = !card.says.length && kind !== 'duplicate' && !problem;
  return (
    <li className={`question${isPlain ? ' plain' : ''}${isCurrent ? ' is-focus' : ''}`} data-question={index} tabIndex={-1} onFocus={() => onFocus(index)}>
      <div className="row meta2">
        <Badge>{words.kind[kind]}</Badge>
        <Link className="id" href={pageOf(record)}>
          {record.number}
        </Link>
        {other ? (
          <Link className="id" href={pageOf(other)}>
            {other.number}
          </Link>
        ) : null}
        <span className="dim s12 end">
          {words.found} <Ago at={foundAt} /> ago
        </span>
      </div>
      <h2>{sentence}</h2>
      <Evidence card={card} isNear={isCurrent} />
      {problem ? (
        <Note live state="critical">
          {problem}
        </Note>
      ) : null}
      {state === 'ignored' && ignoredUntil ? (
        <p className="dim s12">
          {words.ignoredUntil} <Time at={ignoredUntil} form="day" />: {settledHow}
        </p>
      ) : null}
      {state === 'settled' ? (
        <p className="dim s12">
          {settledHow}
          {settledAt ? (
            <>
              , {words.answered} <Ago at={settledAt} /> ago
            </>
          ) : null}
        </p>
      ) : (
        <Choices card={card} onAnswer={onAnswer} onIgnore={onIgnore} />
      )}
    </li>
  );
}

/** Answers questions; each is gone at once and comes back with a sentence where it was refused. */
export function useAnswers() {
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set());
  const [problems, setProblems] = useState<Readonly<Record<string, string>>>({});
  const [said, setSaid] = useState<string>();
  const write = useWrite(api(catalog).answerCard);
  const away = (id: string) => setGone((known) => new Set([...known, id]));
  async function answer(card: Card, choice: string, team?: string) {
    away(card.id);
    setProblems(({ [card.id]: _, ...others }) => others);
    try {
      const { settledHow } = await write.send({ id: card.id, choice, ...(team && { team }) });
      setSaid(`${card.record.title}: ${settledHow}.`);
    } catch (error) {
      setGone((known) => new Set([...known].filter((id) => id !== card.id)));
      setProblems((known) => ({ ...known, [card.id]: problemOf(error).sentence ?? problemOf(error).title }));
    }
  }
  function ignored(card: Card) {
    away(card.id);
    setSaid(`${card.record.title}: ${words.left}`);
  }
  return { gone, problems, said, answer, ignored };
}
