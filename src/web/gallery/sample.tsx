import { Link } from '../ui/Link.tsx';
import type { Column } from '../ui/Table.tsx';
import { Bell, GitCompareArrows, Siren, ShieldCheck, Binoculars, Compass, Boxes, PhoneCall } from 'lucide-react';
import { Person } from '../ui/People.tsx';
import { StatusText, type State } from '../ui/Status.tsx';
import { type UptimeDay } from '../ui/UptimeBars.tsx';
import { type P, priya, tomas, daniel } from './people.tsx';

export const areas = [
  {
    id: 'watch',
    label: 'Watch',
    href: '/watch',
    icon: Binoculars,
    count: { count: 8, of: 'need you' },
  },
  {
    id: 'respond',
    label: 'Respond',
    href: '/respond',
    icon: Siren,
    count: { count: 2, of: 'live incidents', hot: true },
    places: [
      { id: 'incidents', label: 'Incidents', href: '/incidents', count: { count: 2, of: 'live' } },
      { id: 'alerts', label: 'Alerts', href: '/alerts', count: { count: 5, of: 'open' } },
      { id: 'oncall', label: 'On call', href: '/on-call' },
    ],
  },
  { id: 'change', label: 'Change', href: '/change', icon: GitCompareArrows },
  { id: 'assure', label: 'Assure', href: '/assure', icon: ShieldCheck },
  { id: 'lead', label: 'Lead', href: '/lead', icon: Compass },
  { id: 'catalog', label: 'Catalog', href: '/catalog', icon: Boxes },
];
export const phone = [
  {
    id: 'watch',
    label: 'Watch',
    href: '/watch',
    icon: Binoculars,
    count: { count: 8, of: 'need you' },
  },
  {
    id: 'incidents',
    label: 'Incidents',
    href: '/incidents',
    icon: Siren,
    count: { count: 2, of: 'live', hot: true },
  },
  { id: 'alerts', label: 'Alerts', href: '/alerts', icon: Bell, count: { count: 5, of: 'open' } },
  { id: 'oncall', label: 'On call', href: '/on-call', icon: PhoneCall },
];
export const live = [
  {
    number: 'INC-214',
    title: 'Card payments fail for 1 in 5 customers',
    severity: 2,
    since: '2026-10-20T11:49:00Z',
    updateDue: '2026-10-20T12:40:00Z',
    href: '/incidents/INC-214',
  },
  {
    number: 'INC-213',
    title: 'Inbound mail delayed by 9 min',
    severity: 3,
    since: '2026-10-20T10:13:00Z',
    updateDue: '2026-10-20T13:13:30Z',
    href: '/incidents/INC-213',
  },
] as const;

export const reasons = ['payments-api checkout probe still fails', '1 unknown has no answer'];
export const uptime = (count: number): readonly UptimeDay[] =>
  Array.from({ length: count }, (_, at) => ({
    day: `Day ${at + 1}`,
    state: at === 4 ? 'warning' : at === 9 ? 'critical' : at === 10 ? 'warning' : at === 17 || at === 18 ? 'unknown' : 'good',
  }));

export interface Line {
  readonly id: string;
  readonly title: string;
  readonly service: string;
  readonly state: State;
  readonly word: string;
  readonly owner: P;
  readonly age: string;
}
export const lines: readonly Line[] = [
  {
    id: 'CHG-391',
    title: 'Replace sw-core-2',
    service: 'sw-core',
    state: 'critical',
    word: 'Conflict',
    owner: daniel,
    age: '2 d',
  },
  {
    id: 'CHG-388',
    title: 'Raise connection pool to 80',
    service: 'payments-api',
    state: 'good',
    word: 'Done',
    owner: priya,
    age: '46 min',
  },
  {
    id: 'CHG-386',
    title: 'Move spam filter to new relay',
    service: 'mail-gateway',
    state: 'warning',
    word: 'Guard tripped',
    owner: tomas,
    age: '2 h 29 min',
  },
];
export const columns: readonly Column<Line>[] = [
  {
    id: 'id',
    head: 'Id',
    phone: 'id',
    width: 90,
    sortable: true,
    cell: (line) => <span className="id">{line.id}</span>,
  },
  {
    id: 'title',
    head: 'Title',
    phone: 'title',
    cell: (line) => (
      <Link className="b" href={`/changes/${line.id}`}>
        {line.title}
      </Link>
    ),
  },
  { id: 'service', head: 'Service', phone: 'hide', cell: (line) => line.service },
  {
    id: 'state',
    head: 'State',
    phone: 'state',
    cell: (line) => <StatusText state={line.state}>{line.word}</StatusText>,
  },
  { id: 'owner', head: 'Owner', phone: 'hide', cell: (line) => <Person person={line.owner} /> },
  {
    id: 'age',
    head: 'Age',
    numeric: true,
    quiet: true,
    phone: 'end',
    sortable: true,
    cell: (line) => line.age,
  },
];

export const many: readonly Line[] = Array.from({ length: 640 }, (_, n) => ({
  ...(lines[n % 3] as Line),
  id: `CHG-${1000 - n}`,
}));
export const nothing = () => {};
