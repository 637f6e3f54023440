import { CalendarPlus, FolderInput, PhoneCall, Plus } from 'lucide-react';
import { useState } from 'react';
import { OnCallTabs } from '#web/OnCallTabs.tsx';
import { api, useRead } from '#web/api.ts';
import { RecordActions } from '#web/record/RecordActions.tsx';
import { useMay, useMe } from '#web/session.ts';
import { Link } from '#web/ui/Link.tsx';
import { Empty, Note, Skeleton } from '#web/ui/Parts.tsx';
import { Person } from '#web/ui/People.tsx';
import { StatusText } from '#web/ui/Status.tsx';
import { In, Time } from '#web/ui/Time.tsx';
import type { Ref } from '#kernel/contract.ts';
import { rotas } from '../contract/index.ts';
import { Findings } from './Findings.tsx';
import { Subscribe } from './Subscribe.tsx';
import { words } from './words.ts';

const text = words.overview;

export function People({ people, me }: { readonly people: readonly Ref[]; readonly me?: string | undefined }) {
  if (!people.length) return <StatusText state="critical">{words.nobody}</StatusText>;
  return (
    <span className="people">
      {people.map((each) => (
        <Person key={each.id} person={{ id: each.id, name: each.title }} you={each.id === me} />
      ))}
    </span>
  );
}

/** What the viewer took over and has not confirmed. */
function Unconfirmed({ me }: { readonly me: string | undefined }) {
  const { data } = useRead(api(rotas).unconfirmed, {}, { on: ['rota.', 'handover.'] });
  const mine = data?.items.filter(({ person }) => person.id === me) ?? [];
  if (!mine.length) return null;
  return (
    <div className="rnotes">
      {mine.map(({ rota }) => (
        <Note
          key={rota.id}
          state="info"
          end={
            <Link className="btn sm" href={`/on-call/${rota.number}/handover`}>
              {words.handover.read}
            </Link>
          }
        >
          {words.handover.yours(rota.title)}
        </Note>
      ))}
    </div>
  );
}

/** Who is on call now, rota by rota, and who is next. */
export default function OnCallPage() {
  const { person } = useMe();
  const may = useMay('rotas.plan');
  const [subscribes, setSubscribes] = useState(false);
  const { data, problem } = useRead(api(rotas).now, {}, { on: ['rota.'] });
  const mine = data?.mine.map(({ rota }) => rota.title).join(', ');
  return (
    <div className="withthumb">
      <OnCallTabs current="rotas" />
      <div className="listhead">
        <h1>{words.title}</h1>
        <RecordActions
          actions={[
            { label: words.subscribe.act, icon: CalendarPlus, onAct: () => setSubscribes(true) },
            ...(may ? [{ label: words.moveIn.link, icon: FolderInput, href: '/on-call/move-in' }] : []),
            ...(may ? [{ label: text.make, icon: Plus, variant: 'primary' as const, href: '/on-call/new' }] : []),
          ]}
        />
      </div>
      {subscribes ? <Subscribe onClose={() => setSubscribes(false)} /> : null}
      {problem ? <Note state="warning">{problem.sentence}</Note> : null}
      {mine ? (
        <div className="rnotes">
          <Note state="info">{text.mine(mine)}</Note>
        </div>
      ) : null}
      <Unconfirmed me={person?.id} />
      <Findings />
      {data ? null : (
        <div className="waiting">
          <Skeleton width="80%" />
          <Skeleton width="70%" />
        </div>
      )}
      {data && !data.items.length ? (
        <div className="rnotes">
          <Empty icon={PhoneCall} title={text.emptyTitle} sentence={text.emptyText} {...(may && { first: { label: text.make, href: '/on-call/new', variant: 'primary' } })} />
        </div>
      ) : null}
      {data?.items.length ? (
        <ul className="ocn">
          {data.items.map(({ rota, people, until, next, nextAt, by }) => (
            <li key={rota.id}>
              <span>
                <Link className="b" href={`/on-call/${rota.number}`}>
                  {rota.title}
                </Link>{' '}
                <span className="id">{rota.number}</span>
              </span>
              <span>
                <span className="lbl2">{text.now}</span>
                <People people={people} me={person?.id} />
              </span>
              <span>
                <span className="lbl2">{text.next}</span>
                {nextAt ? <People people={next} me={person?.id} /> : <span className="dim">–</span>}
              </span>
              <span className="dim s12">
                {nextAt ? (
                  <>
                    hands over <In at={nextAt} />
                  </>
                ) : until ? (
                  <>
                    {text.until} <Time at={until} form="full" />
                  </>
                ) : null}
                {by === 'override' ? <span className="block">by override</span> : null}
              </span>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}
