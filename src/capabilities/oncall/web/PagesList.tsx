import { PhoneOutgoing } from 'lucide-react';
import { people } from '#capabilities/people/contract.ts';
import { useAddress } from '#web/address.ts';
import { api, usePages, useRead } from '#web/api.ts';
import { personChoice, searchPeople } from '#web/record/choices.tsx';
import { Choose } from '#web/record/Choose.tsx';
import { RecordList } from '#web/record/RecordList.tsx';
import { Link } from '#web/ui/Link.tsx';
import { Person } from '#web/ui/People.tsx';
import { StatusText, type State } from '#web/ui/Status.tsx';
import type { Column } from '#web/ui/Table.tsx';
import { In, Time } from '#web/ui/Time.tsx';
import { oncall, type Page } from '../contract.ts';
import { words } from './words.ts';
import './paging.css';

const text = words.pages;
const STATES = ['open', 'acknowledged', 'ended'] as const;
const filters = [{ id: '', label: text.filters.all }, ...STATES.map((id) => ({ id, label: text.filters[id] }))];
const LOOKS: Readonly<Record<Page['attempts'][number]['state'], State>> = {
  pending: 'unknown',
  sending: 'info',
  sent: 'good',
  failed: 'critical',
  cancelled: 'unknown',
  bundled: 'info',
};

function Attempts({ attempts }: Pick<Page, 'attempts'>) {
  if (!attempts.length) return <StatusText state="warning">{text.none}</StatusText>;
  return (
    <ul className="tries">
      {attempts.map(({ channel, state, at, result, receipt }, place) => (
        <li key={place} title={result}>
          <StatusText state={LOOKS[state]}>
            {channel} {receipt ?? text.states[state]}
          </StatusText>{' '}
          <span className="dim s12">
            <Time at={at} form="seconds" />
            {state === 'failed' && result ? ` ${result}` : ''}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Standing({ endedAt, endedWhy, next, nextAt }: Page) {
  if (endedAt) return <StatusText state={endedWhy === 'acknowledged' || endedWhy === 'resolved' ? 'good' : 'unknown'}>{endedWhy ?? ''}</StatusText>;
  return (
    <span>
      <StatusText state="warning">{text.waiting}</StatusText>
      {next ? (
        <span className="block dim s12">
          {nextAt ? (
            <>
              <In at={nextAt} />:{' '}
            </>
          ) : null}
          {next}
        </span>
      ) : null}
    </span>
  );
}

const columns: readonly Column<Page>[] = [
  { id: 'began', head: text.began, width: 96, quiet: true, phone: 'end', cell: (row) => <Time at={row.startedAt} /> },
  { id: 'who', head: text.who, width: 170, phone: 'line', cell: (row) => (row.person ? <Person person={{ id: row.person.id, name: row.person.title }} /> : '–') },
  {
    id: 'about',
    head: text.about,
    phone: 'title',
    cell: (row) => (
      <span>
        <Link className="b" href={`/records/${row.about?.number ?? ''}`}>
          {row.about?.title ?? row.title}
        </Link>
        <span className="block dim s12">{row.why}</span>
      </span>
    ),
  },
  { id: 'attempts', head: text.attempts, width: 230, cell: (row) => <Attempts attempts={row.attempts} /> },
  { id: 'state', head: text.state, width: 220, phone: 'line', cell: (row) => <Standing {...row} /> },
];

/** Every page with every attempt, newest first. */
export default function PagesList() {
  const { search, keep } = useAddress();
  const state = STATES.find((one) => one === search['show']);
  const { person, record } = search;
  const list = usePages(api(oncall).pages, { limit: 50, ...(state && { state }), ...(person && { person }), ...(record && { record }) }, { on: ['page.', 'paging.', 'alert.'] });
  const named = useRead(api(people).get, { number: person ?? 'PER-0' }, { enabled: Boolean(person) });
  const start = person && named.data ? personChoice({ ...named.data.person, title: named.data.person.name }) : undefined;
  return (
    <RecordList
      title={text.title}
      sub={text.sub}
      filters={filters}
      filter={state ?? ''}
      onFilter={(id) => keep({ show: id })}
      tools={
        <Choose
          key={start?.id ?? ''}
          optional
          name="person"
          label={text.personLabel}
          none={text.person}
          search={searchPeople}
          start={start}
          onChoose={(choice) => keep({ person: choice?.id })}
        />
      }
      columns={columns}
      rows={list.rows}
      keyOf={(row) => row.id}
      hrefOf={(row) => `/records/${row.about?.number ?? ''}`}
      loading={list.loading}
      problem={list.problem}
      onRetry={list.again}
      onMore={list.onMore}
      empty={{ icon: PhoneOutgoing, title: text.emptyTitle, sentence: text.emptyText }}
    />
  );
}
