import { Archive, CalendarClock, Pencil, Plus, Unlink } from 'lucide-react';
import type { Out, Ref } from '#kernel/contract.ts';
import { useAddress } from '#web/address.ts';
import { api, useRead } from '#web/api.ts';
import { pageOf } from '#web/record/page-of.ts';
import { RecordList } from '#web/record/RecordList.tsx';
import { Select } from '#web/ui/Field.tsx';
import { Icon } from '#web/ui/Icon.tsx';
import { Link } from '#web/ui/Link.tsx';
import { useNow, useZone } from '#web/ui/now.ts';
import { Badge } from '#web/ui/Status.tsx';
import type { Column } from '#web/ui/Table.tsx';
import { DAY, instantOf, MINUTE, wallOf } from '#web/ui/time.ts';
import { catalog } from '../contract/index.ts';
import { Moves, Named } from './look.tsx';
import { words } from './words.ts';
import './record.css';

const text = words.changes;
type Differences = Out<(typeof catalog)['verbs']['differences']>;
type Change = keyof typeof text.kinds;

interface Row {
  readonly key: string;
  readonly change: Change;
  readonly fields: Differences['records'][number]['fields'];
  readonly record: Ref;
  /** Set for a dependency: what `record` depends on. */
  readonly provider?: Ref;
}

const PRESETS = [
  { id: 'day', label: text.day, days: 1 },
  { id: '', label: text.week, days: 7 },
  { id: 'month', label: text.month, days: 30 },
] as const;
const KINDS = [
  { value: 'added', label: text.kinds.added },
  { value: 'changed', label: text.kinds.changed },
  { value: 'over', label: text.over },
];
// What is shown ends a little in the future, so that the question stays the same while the page is open.
const STEP = 10 * MINUTE;

const PICTURES = { added: Plus, changed: Pencil, retired: Archive, ended: Unlink } as const;

const columns: readonly Column<Row>[] = [
  { id: 'change', head: 'Change', width: 112, phone: 'state', cell: ({ change }) => <Badge icon={<Icon of={PICTURES[change]} size={12} />}>{text.kinds[change]}</Badge> },
  {
    id: 'what',
    head: 'What',
    width: '40%',
    phone: 'title',
    cell: ({ record, provider }) =>
      provider ? (
        <span className="between">
          <Named record={record} /> <span className="dim">{text.needs}</span> <Named record={provider} />
        </span>
      ) : (
        <Link className="b" href={pageOf(record)}>
          {record.title}
        </Link>
      ),
  },
  { id: 'fields', head: 'Before and after', cell: ({ fields }) => (fields.length ? <Moves fields={fields} /> : null) },
  { id: 'id', head: 'Id', width: 84, phone: 'id', cell: ({ record, provider }) => (provider ? null : <span className="id">{record.number}</span>) },
];

function rowsOf({ records, edges }: Differences): readonly Row[] {
  return [
    ...records.map((each): Row => ({ ...each, key: each.record.id })),
    ...edges.map(({ provider, consumer, ...each }): Row => ({ ...each, key: `${provider.id} ${consumer.id} ${each.change}`, record: consumer, provider })),
  ];
}

/** What the address asks for: two days, or a length that ends now. */
function useWindow() {
  const { search } = useAddress();
  const now = useNow('minute');
  const end = Math.ceil(now / STEP) * STEP;
  const [from, until] = [search['from'], search['until']].map((said) => (said === undefined ? Number.NaN : Date.parse(String(said))));
  const preset = PRESETS.find(({ id }) => id === String(search['show'] ?? '')) ?? PRESETS[1];
  const isOwn = Boolean(from);
  const last = until || end;
  return { preset: isOwn ? 'own' : preset.id, from: from || last - preset.days * DAY, until: last };
}

function Day({ label, at, isEnd, onChoose }: { readonly label: string; readonly at: number; readonly isEnd?: true; readonly onChoose: (at: string) => void }) {
  const zone = useZone();
  const { year, month, day } = wallOf(isEnd ? at - 1 : at, zone);
  const shown = [year, String(month).padStart(2, '0'), String(day).padStart(2, '0')].join('-');
  function choose(said: string) {
    const [y, m, d] = said.split('-').map(Number);
    if (!y || !m || !d) return;
    onChoose(new Date(instantOf({ year: y, month: m, day: isEnd ? d + 1 : d, hour: 0, minute: 0, second: 0 }, zone)).toISOString());
  }
  return (
    <label className="dayfield">
      <span className="dim s12">{label}</span>
      <input type="date" className="inp" value={shown} onChange={(event) => choose(event.currentTarget.value)} />
    </label>
  );
}

/** What of the graph is not what it was: records and dependencies between two instants. */
export default function ChangesPage() {
  const { search, keep } = useAddress();
  const window = useWindow();
  const [from, until] = [new Date(window.from).toISOString(), new Date(window.until).toISOString()];
  const { data, loading, problem, again } = useRead(api(catalog).differences, { from, until }, { on: ['edge.', 'redundancy.', 'service.', 'component.'] });
  const kind = KINDS.find(({ value }) => value === search['kind'])?.value;
  const rows = data ? rowsOf(data).filter(({ change }) => !kind || change === kind || (kind === 'over' && (change === 'retired' || change === 'ended'))) : [];
  return (
    <div className="told">
      <RecordList
        title={text.title}
        {...(data && { sub: text.count(data.records.length, data.edges.length) })}
        filters={PRESETS}
        filter={window.preset}
        onFilter={(id) => keep({ show: id, from: undefined, until: undefined })}
        tools={
          <>
            <Day label={text.from} at={window.from} onChoose={(at) => keep({ from: at, show: undefined })} />
            <Day label={text.until} at={window.until} isEnd onChoose={(at) => keep({ from, until: at, show: undefined })} />
            <Select aria-label={text.every} none={text.every} options={KINDS} value={kind ?? ''} onChange={(event) => keep({ kind: event.currentTarget.value })} />
            <span className="end">
              {data?.moreCount ? <span>{text.more(data.moreCount)}</span> : null}
              <Link className="l" href={`/catalog/map?at=${encodeURIComponent(from)}`}>
                {text.map}
              </Link>
            </span>
          </>
        }
        columns={columns}
        rows={rows}
        keyOf={(row) => row.key}
        hrefOf={(row) => pageOf(row.record)}
        loading={loading}
        problem={problem}
        onRetry={again}
        empty={{ icon: CalendarClock, title: text.none, sentence: text.noneText }}
      />
    </div>
  );
}
