import { ArrowLeft, Bell, Cable, Split, Waypoints } from 'lucide-react';
import { useAddress } from '#web/address.ts';
import { api, useRead } from '#web/api.ts';
import { RecordList } from '#web/record/RecordList.tsx';
import { useMay } from '#web/session.ts';
import { alerts, type Alert } from '../contract/index.ts';
import { Answers } from './list/Answers.tsx';
import { alertColumns, groupColumns, loneColumns } from './list/columns.tsx';
import { Tools } from './list/Tools.tsx';
import { useLines } from './list/useLines.ts';
import { counted } from './look.tsx';
import { words } from './words.ts';

const text = words.list;

type State = readonly Alert['state'][];
const single = (state?: State) => ({ ask: { ...(state && { state }) } });

const STATES = [
  { id: 'firing', label: words.states.triggered, ...single(['triggered']) },
  { id: 'acknowledged', label: words.states.acknowledged, ...single(['acknowledged']) },
  { id: 'resolved', label: words.states.resolved, ...single(['resolved']) },
] as const;
const FILTERS = [
  { id: '', label: text.open, ask: { groups: {} } },
  { id: 'mine', label: text.mine, ask: { groups: { mine: true as const } } },
  { id: 'held', label: text.held, ask: { groups: { held: true } } },
  ...STATES,
  { id: 'all', label: text.all, ...single() },
];
const MEMBERS = [{ id: '', label: text.all, ...single() }, ...STATES];

/** What fires, as few lines as there are causes; or the alerts of one group (`?group=`). */
export default function AlertsList() {
  const { search, keep } = useAddress();
  const may = useMay('alerts.configure');
  const filters = search['group'] ? MEMBERS : FILTERS;
  const filter = filters.find(({ id }) => id === (search['show'] ?? '')) ?? filters[0]!;
  const sources = useRead(api(alerts).sources, { limit: 1 });
  const list = useLines(filter.ask);
  const ofGroup = search['group'] ? list.lines[0]?.alert : undefined;
  // Where each line is one alert, its count would be an empty column.
  const together = 'groups' in filter.ask && list.lines.some(({ group }) => group && group.count > 1);
  const unconnected = sources.data?.items.length === 0;
  return (
    <div className="oneline">
      <Answers lines={list.lines} />
      <RecordList
        title={search['group'] ? text.groupTitle : text.title}
        {...(ofGroup && { sub: text.groupSub(counted(ofGroup.groupCount)) })}
        filters={filters}
        filter={filter.id}
        onFilter={(id) => keep({ show: id })}
        tools={<Tools />}
        actions={
          search['group']
            ? [{ label: text.allGroups, icon: ArrowLeft, href: '/alerts' }]
            : [
                { label: text.rules, icon: Split, href: '/alerts/rules' },
                { label: text.bindings, icon: Waypoints, href: '/alerts/bindings' },
                { label: text.sources, icon: Cable, href: '/alerts/sources' },
              ]
        }
        keys={text.keys}
        columns={together ? groupColumns : 'groups' in filter.ask ? loneColumns : alertColumns}
        rows={list.lines}
        keyOf={(row) => row.key}
        hrefOf={(row) => `/alerts/${row.alert.number}`}
        loading={list.loading}
        problem={list.problem}
        onRetry={list.again}
        onMore={list.onMore}
        empty={
          unconnected
            ? {
                icon: Cable,
                title: text.firstTitle,
                sentence: text.firstText,
                ...(may && { first: { label: text.first, href: '/alerts/sources/new', variant: 'primary' as const } }),
              }
            : { icon: Bell, title: text.emptyTitle, sentence: text.emptyText }
        }
      />
    </div>
  );
}
