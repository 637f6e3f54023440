import { useRef } from 'react';
import { useAddress, useTitle } from '#web/address.ts';
import { api, cache, useRead } from '#web/api.ts';
import { MoveIn } from '#web/record/MoveIn.tsx';
import { RecordWaiting } from '#web/record/RecordWaiting.tsx';
import { Crumbs, Note, Section } from '#web/ui/Parts.tsx';
import { Person } from '#web/ui/People.tsx';
import { Link } from '#web/ui/Link.tsx';
import { StatusText } from '#web/ui/Status.tsx';
import { Table, type Column } from '#web/ui/Table.tsx';
import { fullTime } from '#web/ui/time.ts';
import type { Out } from '#kernel/contract.ts';
import { rotas } from '../contract/index.ts';
import { WhoIsWho } from './WhoIsWho.tsx';
import { words } from './words.ts';

const text = words.fromCalendar;
type Shift = Out<(typeof rotas)['verbs']['planShifts']>['shifts'][number];

/** Shifts of an iCalendar file stand in for what the layers of a rota say, up to the last of them. */
export default function FromCalendarPage() {
  const { number } = useAddress();
  const { data, problem } = useRead(api(rotas).get, { number }, { on: ['rota.'] });
  const people = useRef<Record<string, string>>({});
  useTitle(text.title);
  if (!data) return <RecordWaiting problem={problem} />;
  const { rota, may } = data;
  const columns: readonly Column<Shift>[] = [
    {
      id: 'who',
      head: text.who,
      width: 240,
      phone: 'title',
      cell: (row) => (row.person ? <Person person={{ id: row.person.id, name: row.person.title }} /> : <StatusText state="warning">{row.name}</StatusText>),
    },
    { id: 'from', head: words.rota.from, phone: 'state', cell: (row) => fullTime(row.from, rota.zone) },
    { id: 'until', head: words.rota.until, phone: 'hide', cell: (row) => fullTime(row.until, rota.zone) },
  ];
  return (
    <>
      <Crumbs path={[{ label: words.title, href: '/on-call' }, { label: rota.name, href: `/on-call/${number}` }, { label: text.crumb }]} />
      <MoveIn
        text={text}
        may={may.update === null}
        accept=".ics,text/calendar"
        plan={(source) => api(rotas).planShifts({ number, text: source, people: people.current })}
        make={(source) => api(rotas).takeShifts({ number, text: source, people: people.current })}
        news={(plan) => (plan.because === null ? plan.shifts.length : 0)}
        shown={(plan, again) => (
          <>
            {plan.because ? <Note state="warning">{plan.because}</Note> : null}
            <WhoIsWho
              people={plan.people}
              said={people.current}
              onSay={(key, said) => {
                people.current = { ...people.current, [key]: said };
                again();
              }}
            />
            <Section title={text.lines} count={plan.shifts.length}>
              <Table label={text.lines} columns={columns} rows={plan.shifts} keyOf={(row) => `${row.from} ${row.name}`} blocks />
            </Section>
            {plan.notes.length ? <Note state="unknown">{plan.notes.join(' ')}</Note> : null}
          </>
        )}
        done={(made) => (
          <Note live state="good">
            <b className="b">{text.done(made.shifts.length)}</b>{' '}
            <Link className="l" href={`/on-call/${number}`}>
              {text.toRota}
            </Link>
          </Note>
        )}
        onMoved={() => void cache.invalidateQueries({ queryKey: [api(rotas).shifts.key] })}
      />
    </>
  );
}
