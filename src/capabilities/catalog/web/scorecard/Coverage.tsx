import { Medal } from 'lucide-react';
import type { CSSProperties } from 'react';
import type { Out } from '#kernel/contract.ts';
import { useAddress } from '#web/address.ts';
import { api, useRead } from '#web/api.ts';
import { Button } from '#web/ui/Button.tsx';
import { Link } from '#web/ui/Link.tsx';
import { Empty, Note, Section, Skeleton } from '#web/ui/Parts.tsx';
import { Table, type Column } from '#web/ui/Table.tsx';
import { Segmented } from '#web/ui/Tabs.tsx';
import { catalog } from '../../contract/index.ts';
import { LEVELS, type Level } from '../../rules/index.ts';
import { LevelBar, LevelText, type Counts } from './look.tsx';
import { tiersAsked } from './tiers.ts';
import { words as catalogWords } from '../words.ts';
import { words } from './words.ts';

const text = words.coverage;
type Answer = Out<(typeof catalog)['verbs']['coverage']>;
type Team = Answer['teams'][number];
type Rule = Answer['rules'][number];
/** Best first, as the bars are drawn. */
const SHOWN = LEVELS.toReversed();

type Filter = Readonly<Record<string, string | undefined>>;
const listOf = (filter: Filter) => `/catalog/scorecard/services?${new URLSearchParams(Object.entries(filter).flatMap(([name, value]) => (value ? [[name, value]] : [])))}`;
const saying = (counts: Counts) => SHOWN.flatMap((level) => (counts[level] ? [`${words.levels[level]} ${counts[level]}`] : [])).join(', ');

/** A count that leads to what it counts. */
const Count = ({ count, href, label }: { readonly count: number; readonly href: string; readonly label: string }) =>
  count ? (
    <Link className="l" href={href} aria-label={label}>
      {count}
    </Link>
  ) : (
    <span className="dim">0</span>
  );

const teamOf = ({ team }: Team) => team?.number ?? 'none';

const teamColumns = (tier: string): readonly Column<Team>[] => [
  {
    id: 'team',
    head: text.team,
    phone: 'title',
    cell: (row) => (
      <Link className="b" href={listOf({ team: teamOf(row), tier })}>
        {row.team?.title ?? text.noTeam}
      </Link>
    ),
  },
  {
    id: 'bar',
    head: text.reached,
    width: '34%',
    cell: (row) => (
      <>
        <LevelBar counts={row.levels} label={saying(row.levels)} hrefOf={(level) => listOf({ team: teamOf(row), level, tier })} />
        <span className="onphone">{saying(row.levels)}</span>
      </>
    ),
  },
  ...SHOWN.map((level): Column<Team> => ({
    id: level,
    head: words.levels[level],
    width: 66,
    numeric: true,
    phone: 'hide',
    cell: (row) => (
      <Count
        count={row.levels[level]}
        href={listOf({ team: teamOf(row), level, tier })}
        label={`${row.team?.title ?? text.noTeam}, ${words.levels[level]}: ${row.levels[level]}`}
      />
    ),
  })),
  { id: 'count', head: text.count, width: 76, numeric: true, quiet: true, phone: 'end', cell: (row) => row.services },
];

const asked = ({ passed, exempt, failed }: Rule) => passed + exempt + failed;

const ruleColumns = (tier: string): readonly Column<Rule>[] => [
  {
    id: 'rule',
    head: text.rule,
    phone: 'title',
    cell: ({ rule }) => (
      <Link className="b" href={listOf({ rule: rule.id, tier })}>
        {rule.title}
      </Link>
    ),
  },
  { id: 'level', head: text.level, width: 88, phone: 'hide', cell: ({ rule }) => <LevelText level={rule.level} /> },
  {
    id: 'bar',
    head: text.share,
    width: '30%',
    cell: (row) => (
      <>
        <span className="okbar" aria-hidden="true">
          {(['passed', 'exempt', 'failed'] as const).map((of) =>
            row[of] ? <i key={of} className={of} style={{ '--n': row[of] } as CSSProperties} title={`${words.outcomes[of]}: ${row[of]}`} /> : null,
          )}
        </span>
        <span className="onphone">{text.failOf(row.failed, asked(row))}</span>
      </>
    ),
  },
  {
    id: 'failed',
    head: words.outcomes.failed,
    width: 66,
    numeric: true,
    phone: 'hide',
    cell: (row) => <Count count={row.failed} href={listOf({ rule: row.rule.id, tier })} label={`${row.rule.title}, ${words.outcomes.failed}: ${row.failed}`} />,
  },
  { id: 'exempt', head: words.outcomes.exempt, width: 66, numeric: true, quiet: true, phone: 'hide', cell: (row) => row.exempt || <span className="dim">0</span> },
  { id: 'passed', head: words.outcomes.passed, width: 66, numeric: true, quiet: true, phone: 'hide', cell: (row) => row.passed },
];

/** The whole picture first: what share has come how far. */
function Summary({ data, tier }: { readonly data: Answer; readonly tier: string }) {
  const hrefOf = (level: Level) => listOf({ level, tier });
  const from = (level: Level) => LEVELS.slice(LEVELS.indexOf(level)).reduce((sum, one) => sum + data.levels[one], 0);
  return (
    <section className="scsum" aria-label={text.services(data.services)}>
      <p className="b">{text.atLeast(from('bronze'), data.services, words.levels.bronze)}</p>
      <LevelBar counts={data.levels} label={saying(data.levels)} hrefOf={hrefOf} />
      <ul>
        {SHOWN.map((level) => (
          <li key={level}>
            <i className={level} aria-hidden="true" />
            <Link className="l" href={hrefOf(level)}>
              {words.levels[level]}
            </Link>
            <span className="num">{data.levels[level]}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** How far the services in use have come, by team and by rule. */
export function Coverage() {
  const { search, keep } = useAddress();
  const tier = String(search['tier'] ?? '');
  const { data, problem, again } = useRead(api(catalog).coverage, tiersAsked(tier), { on: ['scorecard.', 'service.', 'edge.', 'check.', 'policy.'] });
  return (
    <>
      <div className="listbar">
        <Segmented label={words.list.tier} choices={text.filters} current={tier} onChoose={(id) => keep({ tier: id })} />
        {data?.services ? <span className="cnt dim s13">{text.services(data.services)}</span> : null}
      </div>
      {problem ? (
        <Note live state="critical" end={<Button onClick={again}>Try again</Button>}>
          <b className="b">{problem.title}</b> {problem.sentence}
        </Note>
      ) : !data ? (
        <Skeleton width="60%" />
      ) : data.services === 0 ? (
        <Empty icon={Medal} title={text.emptyTitle} sentence={text.emptyText} {...(tier ? {} : { first: { label: catalogWords.list.add, href: '/services/new' } })} />
      ) : (
        <>
          <Summary data={data} tier={tier} />
          <Section title={text.byTeam} count={text.behindFirst}>
            <Table label={text.byTeam} blocks columns={teamColumns(tier)} rows={data.teams} keyOf={teamOf} hrefOf={(row) => listOf({ team: teamOf(row), tier })} />
          </Section>
          <Section title={text.byRule} count={text.worstFirst}>
            <Table
              label={text.byRule}
              blocks
              columns={ruleColumns(tier)}
              rows={data.rules.filter((row) => asked(row) > 0)}
              keyOf={({ rule }) => rule.id}
              hrefOf={({ rule }) => listOf({ rule: rule.id, tier })}
            />
          </Section>
        </>
      )}
    </>
  );
}
