import { PhoneCall } from 'lucide-react';
import { useAddress } from '#web/address.ts';
import { api, usePages, useRead } from '#web/api.ts';
import { RecordList } from '#web/record/RecordList.tsx';
import { Link } from '#web/ui/Link.tsx';
import { Note } from '#web/ui/Parts.tsx';
import { AvatarStack, Person } from '#web/ui/People.tsx';
import { Badge, StatusText } from '#web/ui/Status.tsx';
import type { Column } from '#web/ui/Table.tsx';
import { In } from '#web/ui/Time.tsx';
import { oncall, type OnCallOfService } from '../contract.ts';
import { words } from './words.ts';

const text = words.services;
const LIVE = { on: ['rota.', 'policy.', 'service.', 'person.'] };

function First({ people, trouble }: OnCallOfService) {
  const [first] = people;
  if (!first) return <StatusText state="critical">{trouble ?? words.nobody}</StatusText>;
  if (people.length > 2) return <AvatarStack people={people.map(({ person }) => ({ id: person.id, name: person.title }))} />;
  return (
    <span className="people">
      {people.map(({ person }) => (
        <Person key={person.id} person={{ id: person.id, name: person.title }} />
      ))}
    </span>
  );
}

const columns: readonly Column<OnCallOfService>[] = [
  {
    id: 'service',
    head: text.service,
    phone: 'title',
    cell: (row) => (
      <Link className="b" href={`/services/${row.service.number}`}>
        {row.service.title}
      </Link>
    ),
  },
  { id: 'tier', head: text.tier, width: 56, numeric: true, quiet: true, phone: 'hide', cell: (row) => row.tier },
  { id: 'first', head: text.first, phone: 'state', cell: (row) => <First {...row} /> },
  {
    id: 'through',
    head: text.through,
    quiet: true,
    cell: (row) => (
      <span>
        {[...new Set(row.people.map(({ through }) => through))].join(', ') || '–'} {row.people.some(({ overridden }) => overridden) ? <Badge>{text.override}</Badge> : null}
      </span>
    ),
  },
  {
    id: 'next',
    head: text.next,
    quiet: true,
    cell: (row) =>
      row.nextAt ? (
        <span>
          {row.next.map(({ title }) => title).join(', ') || words.nobody} <In at={row.nextAt} />
        </span>
      ) : (
        '–'
      ),
  },
  {
    id: 'policy',
    head: text.policy,
    quiet: true,
    phone: 'hide',
    cell: (row) =>
      row.policy ? (
        <span>
          <Link className="l" href={`/policies/${row.policy.number}`}>
            {row.policy.title}
          </Link>
          {row.isDefault ? <span className="dim"> {text.standard}</span> : null}
        </span>
      ) : (
        '–'
      ),
  },
];

/** Who would be paged first, for every service at once. */
export default function ServicesPage() {
  const { search, keep } = useAddress();
  const troubled = search['show'] === 'trouble';
  const asked = { limit: 100, ...(search['q'] && { q: search['q'] }), ...(troubled && { trouble: true }) };
  const list = usePages(api(oncall).now, asked, LIVE);
  const { data } = useRead(api(oncall).now, { limit: 1 }, LIVE);
  return (
    <div className="oneline">
      {data && data.troubleCount > 0 ? (
        <div className="above">
          <Note state="critical">{text.troubles(data.troubleCount)}</Note>
        </div>
      ) : null}
      {data?.unused.length ? (
        <div className="above">
          <Note state="info">
            {text.unused}{' '}
            {data.unused.slice(0, 20).map((rota, at) => (
              <span key={rota.id}>
                {at ? ', ' : ''}
                <Link className="l" href={`/on-call/${rota.number}`}>
                  {rota.title}
                </Link>
              </span>
            ))}
          </Note>
        </div>
      ) : null}
      <RecordList
        title={text.title}
        sub={text.sub}
        filters={[
          { id: '', label: text.all },
          { id: 'trouble', label: text.trouble },
        ]}
        filter={troubled ? 'trouble' : ''}
        onFilter={(id) => keep({ show: id })}
        tools={
          <input
            className="inp findbox"
            type="search"
            aria-label={text.search}
            placeholder={text.search}
            defaultValue={search['q'] ?? ''}
            onChange={(event) => keep({ q: event.currentTarget.value })}
          />
        }
        columns={columns}
        rows={list.rows}
        keyOf={(row) => row.service.id}
        hrefOf={(row) => `/services/${row.service.number}`}
        loading={list.loading}
        problem={list.problem}
        onRetry={list.again}
        onMore={list.onMore}
        empty={{ icon: PhoneCall, title: text.emptyTitle, sentence: troubled ? text.allWell : text.emptyText }}
      />
    </div>
  );
}
