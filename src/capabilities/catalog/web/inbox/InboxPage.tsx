import { MessageCircleQuestionMark, RefreshCw } from 'lucide-react';
import { useMemo, useRef, useState } from 'react';
import { useAddress } from '#web/address.ts';
import { api, usePages, useRead, useWrite } from '#web/api.ts';
import { useShortcuts } from '#web/shell/shortcuts.ts';
import { Button } from '#web/ui/Button.tsx';
import { Link } from '#web/ui/Link.tsx';
import { Empty, Kbd, Note, Skeleton } from '#web/ui/Parts.tsx';
import { Segmented } from '#web/ui/Tabs.tsx';
import { catalog, type Card } from '../../contract/index.ts';
import { Ignore } from './Ignore.tsx';
import { Question, useAnswers } from './Question.tsx';
import { words } from './words.ts';
import './inbox.css';

type State = Card['state'];
const STATES = (['open', 'ignored', 'settled'] as const).map((id) => ({ id, label: words.states[id] }));
const KINDS = Object.keys(words.kinds) as Card['kind'][];
const ON = ['inbox.', 'import.applied', 'service.', 'component.'];
const DIGITS = [1, 2, 3, 4, 5];

const stateOf = (said: unknown): State => STATES.find(({ id }) => id === said)?.id ?? 'open';

/** What the keys do is asked for when they are pressed: the list of shortcuts keeps its identity. */
interface Keys {
  readonly move: (step: number) => void;
  readonly choose: (at: number) => void;
  readonly ignore: () => void;
}

function useKeys(keys: Keys) {
  const latest = useRef(keys);
  latest.current = keys;
  useShortcuts(
    useMemo(
      () => [
        { keys: 'j', label: words.next, group: words.group, act: () => latest.current.move(1) },
        { keys: 'k', label: words.previous, group: words.group, act: () => latest.current.move(-1) },
        { keys: 'u', label: words.ignore, group: words.group, act: () => latest.current.ignore() },
        ...DIGITS.map((each) => ({ keys: String(each), label: words.choose(each), group: words.group, act: () => latest.current.choose(each - 1) })),
      ],
      [],
    ),
  );
}

/** What the catalog asks: each question with its evidence and the answers it takes. */
export default function InboxPage() {
  const { search, keep } = useAddress();
  const state = stateOf(search['state']);
  const kind = KINDS.find((each) => each === search['kind']);
  const about = search['about'];
  const asked = { state, ...(kind && { kind }), ...(about && { about }) };
  const list = usePages(api(catalog).inbox, { limit: 50, ...asked }, { on: ON });
  const counted = useRead(api(catalog).inbox, { limit: 1 }, { on: ON });
  const [isAsked, setAsked] = useState(false);
  const check = useWrite(api(catalog).checkInbox, () => setAsked(true));
  const { gone, problems, said, answer, ignored } = useAnswers();
  const [ignoring, setIgnoring] = useState<Card>();
  const [at, setAt] = useState(-1);
  const frame = useRef<HTMLUListElement>(null);
  const cards = list.rows.filter(({ id }) => state !== 'open' || !gone.has(id));
  const counts = new Map(counted.data?.counts.map((each) => [each.kind, each.open]));
  const total = [...counts.values()].reduce((sum, open) => sum + open, 0);
  const focusOn = (index: number) => frame.current?.querySelector<HTMLElement>(`[data-question="${index}"]`)?.focus();
  /** The next question takes the place of the one that was answered. */
  const moveOn = () => requestAnimationFrame(() => focusOn(Math.max(0, Math.min(at, cards.length - 2))));
  useKeys({
    move: (step) => focusOn(Math.max(0, Math.min(cards.length - 1, at + step))),
    choose: (choice) => frame.current?.querySelector<HTMLElement>(`[data-question="${at}"] [data-choice="${choice}"]`)?.click(),
    ignore: () => {
      const card = cards[at];
      if (card && card.state !== 'settled' && !card.refused) setIgnoring(card);
    },
  });
  const refused = cards.find((card) => card.refused)?.refused;
  return (
    <div className="inbox">
      <div className="listhead">
        <h1>{words.title}</h1>
        <span className="cnt">{words.sub}</span>
        <div className="acts">
          <Button size="small" icon={RefreshCw} busy={check.busy} refused={refused ?? null} onClick={() => check.act({})}>
            {words.look}
          </Button>
        </div>
      </div>
      <div className="listbar">
        <Segmented label="State" choices={STATES} current={state} onChoose={(id) => keep({ state: id === 'open' ? undefined : id })} />
        <Segmented
          label="Kind"
          choices={[
            { id: '', label: words.every, count: state === 'open' ? counted.data && total : undefined },
            ...KINDS.map((id) => ({ id, label: words.kinds[id], count: state === 'open' ? counted.data && (counts.get(id) ?? 0) : undefined })),
          ]}
          current={kind ?? ''}
          onChoose={(id) => keep({ kind: id })}
        />
        {about ? (
          <span className="dim s12">
            {words.about(about)}{' '}
            <Link className="l" href="/catalog/inbox">
              {words.aboutAll}
            </Link>
          </span>
        ) : null}
      </div>
      <div aria-live="polite" className="saidlast">
        {said ? <Note state="good">{said}</Note> : isAsked ? <Note state="info">{words.looking}</Note> : null}
        {check.problem ? <Note state="critical">{check.problem.sentence}</Note> : null}
      </div>
      {refused ? <Note state="info">{refused}</Note> : null}
      {list.problem ? (
        <Note
          live
          state="critical"
          end={
            <Button size="small" onClick={list.again}>
              Try again
            </Button>
          }
        >
          {list.problem.sentence}
        </Note>
      ) : null}
      {!cards.length && !list.loading && !list.problem ? (
        <Empty
          icon={MessageCircleQuestionMark}
          title={state === 'open' && !kind ? words.emptyTitle : words.noneTitle}
          sentence={state === 'open' && !kind ? words.emptyText : words.noneText}
        />
      ) : null}
      <ul className="questions" ref={frame}>
        {cards.map((card, index) => (
          <Question
            key={card.id}
            card={card}
            index={index}
            isCurrent={at === index}
            onFocus={setAt}
            onAnswer={(...given) => {
              void answer(...given);
              moveOn();
            }}
            onIgnore={setIgnoring}
            problem={problems[card.id]}
          />
        ))}
      </ul>
      {list.loading && !cards.length ? <Skeleton width="70%" /> : null}
      <div className="listfoot">
        {list.onMore ? (
          <Button variant="quiet" size="small" busy={list.loading} onClick={list.onMore}>
            {words.more}
          </Button>
        ) : null}
        {cards.length ? (
          <span className="keys" aria-hidden="true">
            <Kbd keys="J K" /> {words.keys.move} <Kbd keys="1 2" /> {words.keys.choose} <Kbd keys="U" /> {words.keys.later}
          </span>
        ) : null}
      </div>
      <Ignore
        card={ignoring}
        onClose={() => setIgnoring(undefined)}
        onDone={(card) => {
          setIgnoring(undefined);
          ignored(card);
          moveOn();
        }}
      />
    </div>
  );
}
