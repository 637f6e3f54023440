import { BookOpenCheck, Clock, ListChecks, Repeat } from 'lucide-react';
import { Fragment } from 'react';
import type { Out } from '#kernel/contract.ts';
import { useMe } from '#web/session.ts';
import { Icon } from '#web/ui/Icon.tsx';
import { Link } from '#web/ui/Link.tsx';
import { useNow, useZone } from '#web/ui/now.ts';
import { Section, Skeleton } from '#web/ui/Parts.tsx';
import { Avatar } from '#web/ui/People.tsx';
import { Severity, StatusText, type SeverityLevel } from '#web/ui/Status.tsx';
import { Time } from '#web/ui/Time.tsx';
import { clockTime, countdown, dayName, lengthOf, ms, zoneName } from '#web/ui/time.ts';
import type { watch } from '../contract.ts';
import { pageOf } from '#web/record/page-of.ts';
import { words } from './words.ts';

type TodayData = Out<(typeof watch)['verbs']['today']>;

function Live({ live }: Pick<TodayData, 'live'>) {
  const now = useNow('second');
  return (
    <section>
      {/* The strip above is the landmark of this name. */}
      <div className="sech">
        <h2>{words.live}</h2>
        {live.length ? <span className="cnt">{live.length}</span> : null}
      </div>
      {live.length ? null : <p className="dim s13">{words.noLive}</p>}
      {live.map((one) => {
        const left = one.updateDueAt ? ms(one.updateDueAt) - now : undefined;
        return (
          <Link key={one.id} className="inc" href={`/incidents/${one.number}`}>
            <div className="row">
              <Severity level={Number(one.severity.slice(3)) as SeverityLevel} />
              <span className="id">{one.number}</span>
              <span className="grow" />
              {left === undefined ? null : (
                <span className={`s12 num ${left < 0 ? 'st critical' : 'dim'}`}>{left < 0 ? `update ${countdown(left)} over` : `update in ${countdown(left)}`}</span>
              )}
            </div>
            <div className="t1">{one.title}</div>
            <div className="s12 mut">
              {one.stage.charAt(0).toUpperCase() + one.stage.slice(1)} · {one.roles.commander?.title ?? words.noCommander} ·{' '}
              <span className="num">{lengthOf(now - ms(one.declaredAt))}</span>
            </div>
          </Link>
        );
      })}
    </section>
  );
}

type Line = TodayData['onCall'][number];

function Rota({ line, named, mine }: { readonly line: Line; readonly named: boolean; readonly mine: string | undefined }) {
  const until = line.until ? (
    <span className="s12 mut nw">
      {words.until} <Time at={line.until} />
    </span>
  ) : null;
  const coming = line.next.filter((each) => !line.people.some(({ id }) => id === each.id));
  return (
    <>
      {named ? (
        <li className="group">
          <Link href={pageOf(line.rota)}>{line.rota.title}</Link>
        </li>
      ) : null}
      {line.people.length ? null : (
        <li>
          <span className="grow">
            <StatusText state="critical">{words.nobody}</StatusText>
          </span>
          {until}
        </li>
      )}
      {line.people.map((person) => (
        <li key={person.id}>
          <Avatar person={{ id: person.id, name: person.title }} />
          <span className="grow el">
            {person.title} {person.id === mine ? <span className="dim">{words.you}</span> : null}
          </span>
          {until}
        </li>
      ))}
      {coming.map((person) => (
        <li key={person.id}>
          <Avatar person={{ id: person.id, name: person.title }} />
          <span className="grow el mut">
            {person.title} {person.id === mine ? <span className="dim">{words.you}</span> : null}
          </span>
          <span className="s12 dim nw">
            {words.next} {line.nextAt ? <Time at={line.nextAt} /> : null}
          </span>
        </li>
      ))}
    </>
  );
}

const ROTAS = 6;

/** One line for a rota: who is on call in it. */
function Brief({ line, mine }: { readonly line: Line; readonly mine: string | undefined }) {
  const [first] = line.people;
  return (
    <li>
      {first ? <Avatar person={{ id: first.id, name: first.title }} /> : null}
      <span className="grow el">
        {first ? first.title : <StatusText state="critical">{words.nobody}</StatusText>} {first && first.id === mine ? <span className="dim">{words.you}</span> : null}
      </span>
      <Link className="s12 mut el" href={pageOf(line.rota)}>
        {line.rota.title}
      </Link>
    </li>
  );
}

/** The rotas of the viewer's teams in full; without one, the first of all in brief. */
function OnCall({ onCall }: Pick<TodayData, 'onCall'>) {
  const { person } = useMe();
  const teams = new Set(person?.teams.map(({ id }) => id));
  const own = onCall.length > 1 ? onCall.filter((line) => (line.team && teams.has(line.team.id)) || line.people.some(({ id }) => id === person?.id)) : onCall;
  const others = own.length ? [] : onCall.toSorted((one, other) => one.people.length - other.people.length);
  const left = onCall.length - own.length - Math.min(ROTAS, others.length);
  return (
    <Section title={words.onCall} end={<Link href="/on-call">{words.rotas}</Link>}>
      {onCall.length ? (
        <ul className="lst oc">
          {own.map((line) => (
            <Rota key={line.rota.id} line={line} named={onCall.length > 1} mine={person?.id} />
          ))}
          {others.slice(0, ROTAS).map((line) => (
            <Brief key={line.rota.id} line={line} mine={person?.id} />
          ))}
          {left ? (
            <li className="dim s12">
              <Link href="/on-call">{words.otherRotas(left)}</Link>
            </li>
          ) : null}
        </ul>
      ) : (
        <p className="dim s13">{words.noRota}</p>
      )}
    </Section>
  );
}

const LINES = 4;
const PICTURES = { handover: Repeat, 'clock change': Clock, 'action due': ListChecks, 'review due': BookOpenCheck } as const;

function Agenda({ next }: Pick<TodayData, 'next'>) {
  const zone = useZone();
  const now = useNow('minute');
  const today = dayName(now, zone);
  const dayOf = ({ at, allDay }: TodayData['next'][number]) => dayName(at, allDay ? 'UTC' : zone);
  const days = [...Map.groupBy(next, dayOf)];
  return (
    <Section title={words.agenda} end={zoneName(now, zone)}>
      {next.length ? null : <p className="dim s13">{words.free}</p>}
      <dl className="agenda">
        {days.map(([day, lines]) => (
          <Fragment key={day}>
            <dt>{day === today ? words.today : day.split(' ').slice(0, 2).join(' ')}</dt>
            <dd>
              {lines.slice(0, LINES).map((line, at) => (
                <div key={`${line.words}${at}`}>
                  <Icon of={PICTURES[line.kind]} size={14} />
                  {line.record ? (
                    <Link className="el grow" href={pageOf(line.record)} title={line.words}>
                      {line.words}
                    </Link>
                  ) : (
                    <span className="el grow" title={line.words}>
                      {line.words}
                    </span>
                  )}
                  {line.allDay ? null : <span className="dim s12 num">{clockTime(line.at, zone)}</span>}
                </div>
              ))}
              {lines.length > LINES ? <div className="dim s12">{words.moreLines(lines.length - LINES)}</div> : null}
            </dd>
          </Fragment>
        ))}
      </dl>
    </Section>
  );
}

/** The column beside the needs: what runs, who is there, what comes. */
export function Today({ today }: { readonly today: TodayData | undefined }) {
  if (!today) return <Skeleton width="70%" />;
  return (
    <>
      <Live live={today.live} />
      <OnCall onCall={today.onCall} />
      <Agenda next={today.next} />
    </>
  );
}
