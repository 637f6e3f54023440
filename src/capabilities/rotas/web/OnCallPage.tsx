import { Layers, PhoneCall, Plus, Waypoints } from 'lucide-react';
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

/** Who is on call now, rota by rota, and who is next. */
export default function OnCallPage() {
  const { person } = useMe();
  const may = useMay('rotas.plan');
  const { data, problem } = useRead(api(rotas).now, {}, { on: ['rota.'] });
  const mine = data?.mine.map(({ rota }) => rota.title).join(', ');
  return (
    <div className="withthumb">
      <div className="listhead">
        <h1>{words.title}</h1>
        <RecordActions
          actions={[
            { label: words.allServices, icon: Layers, href: '/on-call/services' },
            { label: words.policies, icon: Waypoints, href: '/policies' },
            ...(may ? [{ label: text.make, icon: Plus, variant: 'primary' as const, href: '/on-call/new' }] : []),
          ]}
        />
      </div>
      {problem ? <Note state="warning">{problem.sentence}</Note> : null}
      {mine ? (
        <div className="rnotes">
          <Note state="info">{text.mine(mine)}</Note>
        </div>
      ) : null}
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
