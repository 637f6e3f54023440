import { Fragment, useCallback, useMemo, useRef, useState } from 'react';
import { alerts } from '#capabilities/alerts/contract/index.ts';
import { api, useWrite } from '#web/api.ts';
import { useMay } from '#web/session.ts';
import { useShortcuts } from '#web/shell/shortcuts.ts';
import { Button } from '#web/ui/Button.tsx';
import { Link, useGo } from '#web/ui/Link.tsx';
import { useNow } from '#web/ui/now.ts';
import { Kbd, Note } from '#web/ui/Parts.tsx';
import { StatusIcon } from '#web/ui/Status.tsx';
import { countdown, MINUTE, ms, utcTime } from '#web/ui/time.ts';
import type { Need } from '../contract.ts';
import { timeWords } from '../rules.ts';
import { pageOf } from '#web/record/page-of.ts';
import { words } from './words.ts';

const ACKNOWLEDGE = 'alerts.acknowledge';
const hrefOf = ({ record, action }: Need) => (record ? pageOf(record) : action.href);

/** The last ten minutes are counted by the second. */
function Due({ at }: { readonly at: string }) {
  const now = useNow('second');
  const left = ms(at) - now;
  const near = Math.abs(left) < 10 * MINUTE;
  const said = near ? (left < 0 ? `${countdown(left)} ${words.over}` : `in ${countdown(left)}`) : timeWords(ms(at), now).replace(' days over', ' d over');
  return (
    <time dateTime={at} title={utcTime(at)}>
      {said}
    </time>
  );
}

/** Reasons stand in a row, so none ends like a sentence. */
const bare = (said: string) => said.replace(/\.$/, '');

function Reasons({ need }: { readonly need: Need }) {
  return (
    <div className="why">
      {need.reasons.map(({ words: said, record }, at) => (
        <Fragment key={`${said}${at}`}>
          {at ? ' · ' : null}
          {record ? <Link href={pageOf(record)}>{bare(said)}</Link> : bare(said)}
        </Fragment>
      ))}
    </div>
  );
}

const Score = ({ need }: { readonly need: Need }) => (
  <div className="parts num">
    <b className="b">{words.score(need.score)}</b>
    {need.scoreParts.map((part) => (
      <span key={part.words}>
        {part.words} <b className="b">+{part.points}</b>
      </span>
    ))}
  </div>
);

interface RowProps {
  readonly need: Need;
  readonly index: number;
  readonly first: boolean;
  readonly current: boolean;
  readonly scored: boolean;
  readonly busy: boolean;
  readonly onFocus: (index: number) => void;
  readonly onAnswer: (number: string) => void;
}

function Row({ need, index, first, current, scored, busy, onFocus, onAnswer }: RowProps) {
  const mayAnswer = useMay('alerts.answer');
  const { action, record } = need;
  const runs = action.verb === ACKNOWLEDGE ? action.number : null;
  const look = first ? ({ variant: 'primary' } as const) : {};
  const href = action.href === '/watch' ? hrefOf(need) : action.href;
  return (
    <li className={`${first ? 'first' : ''}${current ? ' is-focus' : ''}`} data-need={index} onFocus={() => onFocus(index)} onBlur={() => onFocus(-1)}>
      <StatusIcon state={need.state} />
      <div>
        <div className="tt">
          <Link className="el" href={hrefOf(need)}>
            {need.title}
          </Link>
          {record ? <span className="id">{record.number}</span> : null}
        </div>
        <Reasons need={need} />
        {scored ? <Score need={need} /> : null}
      </div>
      <span className="due">{need.dueAt ? <Due at={need.dueAt} /> : null}</span>
      {runs ? (
        <Button size="small" {...look} busy={busy} refused={mayAnswer ? null : words.mayNotAnswer} onClick={() => onAnswer(runs)}>
          {action.label}
        </Button>
      ) : (
        <Button size="small" {...look} href={href}>
          {action.label}
        </Button>
      )}
    </li>
  );
}

/** J and K move, Enter opens, A acts on the line that has the focus. */
function useKeys(items: readonly Need[], answer: (number: string) => void) {
  const list = useRef<HTMLOListElement>(null);
  const [current, setCurrent] = useState(-1);
  const go = useGo();
  const move = useCallback((to: number) => list.current?.querySelector<HTMLElement>(`[data-need="${to}"] a`)?.focus(), []);
  const shortcuts = useMemo(() => {
    const step = (by: number) => move(Math.max(0, Math.min(items.length - 1, current + by)));
    const act = () => {
      const need = items[current];
      if (!need) return move(0);
      if (need.action.verb === ACKNOWLEDGE && need.action.number) answer(need.action.number);
      else go(need.action.href === '/watch' ? hrefOf(need) : need.action.href);
    };
    const { group } = words;
    return [
      { keys: 'j', label: words.moveDown, group, act: () => step(1) },
      { keys: 'k', label: words.moveUp, group, act: () => step(-1) },
      { keys: 'a', label: words.actOn, group, act },
    ];
  }, [items, current, move, go, answer]);
  useShortcuts(shortcuts);
  return { list, current, setCurrent };
}

export function Needs({ items, more, pageWaits }: { readonly items: readonly Need[]; readonly more: number; readonly pageWaits: boolean }) {
  const [scored, setScored] = useState(false);
  const { act, busy, problem } = useWrite(api(alerts).acknowledge);
  const answer = useCallback((number: string) => act({ number }), [act]);
  const { list, current, setCurrent } = useKeys(items, answer);
  return (
    <section aria-label={words.needs}>
      {problem ? (
        <div className="above">
          <Note live state="critical">
            {problem.sentence}
          </Note>
        </div>
      ) : null}
      <ol className="needs" ref={list}>
        {items.map((need, at) => (
          <Row
            key={need.key}
            need={need}
            index={at}
            first={at === 0 && pageWaits && need.key.startsWith('page:')}
            current={current === at}
            scored={scored}
            busy={busy}
            onFocus={setCurrent}
            onAnswer={answer}
          />
        ))}
      </ol>
      <p className="dim s12 row nfoot">
        <span className="grow">
          {words.ranked} {more ? `${words.more(more)} ` : ''}
          <button type="button" className="textual" aria-pressed={scored} onClick={() => setScored(!scored)}>
            {scored ? words.noScores : words.scores}
          </button>
        </span>
        <span className="row keys" aria-hidden="true">
          <span>
            <Kbd keys="J K" /> {words.move}
          </span>
          <span>
            <Kbd keys="Enter" /> {words.open}
          </span>
          <span>
            <Kbd keys="A" /> {words.act}
          </span>
        </span>
      </p>
    </section>
  );
}
