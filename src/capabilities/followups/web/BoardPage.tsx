import { Plug, Plus } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { useAddress } from '#web/address.ts';
import { api, usePages } from '#web/api.ts';
import { RecordActions } from '#web/record/RecordActions.tsx';
import { useMay } from '#web/session.ts';
import { Link } from '#web/ui/Link.tsx';
import { Note, Section, Skeleton } from '#web/ui/Parts.tsx';
import { Person } from '#web/ui/People.tsx';
import { Segmented } from '#web/ui/Tabs.tsx';
import { followups, type FollowUp } from '../contract.ts';
import './board.css';
import { columnsOf } from './columns.ts';
import { Due } from './look.tsx';
import { words } from './words.ts';

const MOST = 200;
const ON = { on: ['action.'] };

/** Arrow keys go from card to card and from column to column; Enter opens, as on any link. */
function walk(event: KeyboardEvent<HTMLElement>) {
  const [down, aside] = [{ ArrowDown: 1, ArrowUp: -1 }[event.key] ?? 0, { ArrowRight: 1, ArrowLeft: -1 }[event.key] ?? 0];
  const column = event.target instanceof Element ? event.target.closest('section') : null;
  if (!column || !(down || aside)) return;
  event.preventDefault();
  const cardsOf = (one: Element) => [...one.querySelectorAll<HTMLElement>('li a')];
  const here = cardsOf(column);
  const at = here.findIndex((card) => card === document.activeElement);
  const filled = [...event.currentTarget.querySelectorAll('section')].filter((one) => cardsOf(one).length);
  const next = aside ? filled[filled.indexOf(column) + aside] : column;
  if (!next) return;
  const cards = cardsOf(next);
  cards[Math.max(0, Math.min(cards.length - 1, at + down))]?.focus();
}

const Card = ({ action }: { readonly action: FollowUp }) => (
  <Link href={`/actions/${action.number}`}>
    <b className="b">{action.title}</b>
    <span className="row s12">
      <span className="id">{action.number}</span>
      <span className="dim">{words.kinds[action.kind]}</span>
      {action.state === 'open' ? <Due action={action} /> : <span className="dim">{words.helped[action.helped]}</span>}
    </span>
    {action.owner ? <Person person={{ id: action.owner.id, name: action.owner.title }} /> : <span className="dim">{words.nobody}</span>}
  </Link>
);

/** What was promised, as columns: by state or by owner, the overdue first. */
export default function BoardPage() {
  const { search } = useAddress();
  const may = useMay('followups.write');
  const by = search['by'] === 'owner' ? 'owner' : 'state';
  const open = usePages(api(followups).list, { limit: MOST, state: ['open'] }, ON);
  const done = usePages(api(followups).list, { limit: MOST, state: ['done'] }, { ...ON, enabled: by === 'state' });
  const problem = open.problem ?? done.problem;
  const actions = by === 'state' ? [...open.rows, ...done.rows] : open.rows;
  return (
    <div className={may ? 'withthumb' : undefined}>
      <div className="listhead">
        <h1>{words.title}</h1>
        {may ? (
          <RecordActions
            actions={[
              { label: words.issue.trackers, icon: Plug, href: '/actions/trackers' },
              { label: words.make, icon: Plus, variant: 'primary', href: '/actions/new' },
            ]}
          />
        ) : null}
      </div>
      <div className="listbar">
        <Segmented
          label={words.view}
          current={by}
          choices={[
            { id: 'list', label: words.asList, href: '/actions' },
            { id: 'state', label: words.byState, href: '/actions/board' },
            { id: 'owner', label: words.byOwner, href: '/actions/board?by=owner' },
          ]}
        />
      </div>
      {problem ? <Note state="warning">{problem.sentence}</Note> : null}
      {open.onMore || done.onMore ? <Note>{words.boardMore}</Note> : null}
      {open.loading ? (
        <Skeleton width="60%" />
      ) : (
        <div className="actionboard" onKeyDown={walk} role="group" aria-label={words.title}>
          {columnsOf(actions, by).map(({ id, title, actions: own }) => (
            <Section key={id} title={title} count={own.length}>
              {own.length ? (
                <ul>
                  {own.map((action) => (
                    <li key={action.id}>
                      <Card action={action} />
                    </li>
                  ))}
                </ul>
              ) : (
                <p className="dim s13">{words.columnEmpty}</p>
              )}
            </Section>
          ))}
        </div>
      )}
    </div>
  );
}
