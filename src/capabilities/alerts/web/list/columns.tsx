import { Link } from '#web/ui/Link.tsx';
import { Tier } from '#web/ui/Status.tsx';
import type { Column } from '#web/ui/Table.tsx';
import { Ago } from '#web/ui/Time.tsx';
import { AlertState, counted } from '../look.tsx';
import '../alert.css';
import { words } from '../words.ts';
import type { Line } from './rows.ts';

const text = words.list;

const shared: readonly Column<Line>[] = [
  { id: 'state', head: text.state, width: 134, phone: 'state', cell: (row) => <AlertState alert={row} /> },
  { id: 'id', head: text.id, width: 74, phone: 'id', cell: ({ alert }) => <span className="id">{alert.number}</span> },
  {
    id: 'title',
    head: text.heading,
    phone: 'title',
    cell: ({ alert }) => (
      <Link className="b el block" href={`/alerts/${alert.number}`}>
        {alert.title}
      </Link>
    ),
  },
];

const service: Column<Line> = {
  id: 'service',
  head: words.service,
  width: 156,
  cell: ({ alert }) =>
    alert.service ? (
      <span className="row">
        <span className="el1">{alert.service.title}</span>
        {alert.service.tier ? <Tier level={alert.service.tier} /> : null}
      </span>
    ) : (
      <span className="dim">–</span>
    ),
};
const severity: Column<Line> = { id: 'severity', head: words.alert.severity, width: 66, phone: 'hide', cell: (row) => words.severities[row.severity] };
const source: Column<Line> = { id: 'source', head: words.alert.source, width: 118, quiet: true, phone: 'hide', cell: ({ alert }) => alert.source?.title ?? words.desk };
const since = (head: string): Column<Line> => ({ id: 'since', head, width: 76, numeric: true, quiet: true, phone: 'end', cell: (row) => <Ago at={row.at} /> });

/** What belongs together is one line with its count. */
export const groupColumns: readonly Column<Line>[] = [
  ...shared,
  {
    id: 'count',
    head: text.count,
    width: 130,
    cell: ({ group }) =>
      group ? (
        <span className="row">
          <Link className="l num countlink" href={`/alerts?group=${group.id}`} aria-label={text.members(counted(group.count), group.open)}>
            ×{counted(group.count)}
          </Link>
          {group.open < group.count ? <span className="dim s12 num">{text.fire(counted(group.open))}</span> : null}
        </span>
      ) : null,
  },
  service,
  severity,
  source,
  since(text.heard),
];

export const loneColumns = groupColumns.filter(({ id }) => id !== 'count');

export const alertColumns: readonly Column<Line>[] = [
  ...shared,
  service,
  severity,
  source,
  { id: 'signals', head: words.alert.signals, width: 76, numeric: true, quiet: true, phone: 'hide', cell: ({ alert }) => counted(alert.signalCount) },
  since(text.since),
];
