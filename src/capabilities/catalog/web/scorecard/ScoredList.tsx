import { Medal } from 'lucide-react';
import type { Out } from '#kernel/contract.ts';
import { useAddress } from '#web/address.ts';
import { api, useRead } from '#web/api.ts';
import { RecordList } from '#web/record/RecordList.tsx';
import { Link } from '#web/ui/Link.tsx';
import { Crumbs } from '#web/ui/Parts.tsx';
import { Tier } from '#web/ui/Status.tsx';
import type { Column } from '#web/ui/Table.tsx';
import { catalog } from '../../contract/index.ts';
import { LEVELS } from '../../rules/index.ts';
import { LevelText } from './look.tsx';
import { tiersAsked } from './tiers.ts';
import { words } from './words.ts';

const text = words.list;
type Row = Out<(typeof catalog)['verbs']['scored']>['items'][number];

const columns: readonly Column<Row>[] = [
  { id: 'id', head: 'Id', width: 84, phone: 'id', cell: (row) => <span className="id">{row.service.number}</span> },
  {
    id: 'name',
    head: text.name,
    phone: 'title',
    cell: (row) => (
      <Link className="b" href={`/services/${row.service.number}`}>
        {row.service.title}
      </Link>
    ),
  },
  { id: 'tier', head: text.tier, width: 80, phone: 'hide', cell: (row) => <Tier level={row.tier} /> },
  { id: 'team', head: text.team, width: 160, quiet: true, cell: (row) => row.team?.title ?? <span className="dim">–</span> },
  { id: 'level', head: text.level, width: 96, phone: 'state', cell: (row) => <LevelText level={row.level} /> },
  {
    id: 'missing',
    head: text.next,
    width: '36%',
    cell: (row) =>
      row.next ? (
        <span className="misses">
          <span className="dim">{words.levels[row.next]}:</span> {row.missing.join(' · ')}
        </span>
      ) : (
        <span className="dim">{text.nothing}</span>
      ),
  },
];

/** The services behind a count of the scorecard. */
export default function ScoredList() {
  const { search } = useAddress();
  const said = (name: string) => String(search[name] ?? '');
  const [team, rule, level] = [said('team'), said('rule'), LEVELS.find((one) => one === search['level'])];
  const ask = { ...tiersAsked(said('tier')), ...(team && { team }), ...(rule && { rule }), ...(level && { level }) };
  const { data, loading, problem, again } = useRead(api(catalog).scored, ask, { on: ['scorecard.', 'service.'] });
  const items = data?.items ?? [];
  const teamName = team === 'none' ? words.coverage.noTeam : (items[0]?.team?.title ?? team);
  const title = data?.rule
    ? `${text.failing}: ${data.rule.title}`
    : [level ? text.at(words.levels[level]) : text.every, team ? `${text.of} ${teamName}` : ''].filter(Boolean).join(' ');
  return (
    <div className="wraps">
      <Crumbs path={[{ label: words.title, href: '/catalog/scorecard' }, { label: data?.rule ? words.coverage.byRule : words.coverage.tab }]} />
      <RecordList
        title={title}
        sub={data?.moreCount ? text.more(data.moreCount) : null}
        tools={data?.rule ? <p className="lead">{data.rule.advice}</p> : null}
        columns={columns}
        rows={items}
        keyOf={(row) => row.service.id}
        hrefOf={(row) => `/services/${row.service.number}`}
        loading={loading}
        problem={problem}
        onRetry={again}
        empty={{ icon: Medal, title: text.emptyTitle, sentence: text.emptyText, first: { label: words.title, href: '/catalog/scorecard' } }}
      />
    </div>
  );
}
