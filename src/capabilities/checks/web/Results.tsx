import { Section } from '#web/ui/Parts.tsx';
import { Sparkline } from '#web/ui/Sparkline.tsx';
import { StatusText } from '#web/ui/Status.tsx';
import { Table, type Column } from '#web/ui/Table.tsx';
import { Time } from '#web/ui/Time.tsx';
import { useZone } from '#web/ui/now.ts';
import { clockTime } from '#web/ui/time.ts';
import { measuredTitle, measuredWords, tookWords, type Detail } from './look.tsx';
import { words } from './words.ts';

const text = words.page;
type Result = Detail['results'][number];
type Ping = Detail['pings'][number];

const resultColumns: readonly Column<Result>[] = [
  { id: 'at', head: text.time, width: 110, quiet: true, phone: 'end', cell: (row) => <Time at={row.at} form="seconds" /> },
  { id: 'result', head: text.result, phone: 'title', cell: (row) => <StatusText state={row.ok ? 'good' : 'critical'}>{row.ok ? 'Good' : row.words || 'Failed'}</StatusText> },
  { id: 'status', head: text.status, width: 80, numeric: true, quiet: true, phone: 'hide', cell: (row) => row.status ?? '–' },
  { id: 'took', head: text.took, width: 96, numeric: true, quiet: true, cell: (row) => tookWords(row.tookMs) },
];
const measuredColumn: Column<Result> = {
  id: 'measured',
  head: text.measured,
  quiet: true,
  phone: 'hide',
  cell: (row) => measuredWords({ status: null, measured: row.measured }).join(' · '),
};

const KINDS = { success: ['good', 'Success'], start: ['info', 'Start'], fail: ['critical', 'Failure'], log: ['info', 'Log'], ignored: ['unknown', 'Ignored'] } as const;

const pingColumns: readonly Column<Ping>[] = [
  { id: 'at', head: text.time, width: 110, quiet: true, phone: 'end', cell: (row) => <Time at={row.at} form="seconds" /> },
  {
    id: 'kind',
    head: text.result,
    width: 150,
    phone: 'title',
    cell: (row) => {
      const [state, word] = KINDS[row.kind];
      return <StatusText state={state}>{row.exitStatus ? `${word}, exit ${row.exitStatus}` : word}</StatusText>;
    },
  },
  { id: 'from', head: text.from, width: 150, quiet: true, phone: 'hide', cell: (row) => `${row.method} ${row.address}` },
  { id: 'body', head: 'Body', quiet: true, cell: (row) => row.body || '–' },
  { id: 'took', head: text.took, width: 80, numeric: true, quiet: true, phone: 'hide', cell: (row) => tookWords(row.tookMs) },
];

const MOST = 20;

const MOST_CHARTS = 4;

/** Named values that change, as lines: packets lost, rows, what a script measures. */
export function Measured({ results }: { readonly results: readonly Result[] }) {
  const zone = useZone();
  const oldest = results.toReversed();
  const names = [...new Set(oldest.flatMap(({ measured }) => Object.keys(measured)))];
  const lines = names.map((name) => ({ name, points: oldest.flatMap(({ at, measured }) => (measured[name] === undefined ? [] : [{ at, value: measured[name] }])) }));
  return lines
    .filter(({ points }) => new Set(points.map(({ value }) => value)).size > 1)
    .slice(0, MOST_CHARTS)
    .map(({ name, points }) => {
      const title = measuredTitle(name);
      const last = points.at(-1);
      return (
        <Section key={name} title={title} count={`${points.length} results`}>
          <Sparkline
            label={`${title}, now ${last?.value}`}
            values={points.map(({ value }) => value)}
            ticks={[clockTime(points[0]?.at ?? '', zone), clockTime(last?.at ?? '', zone)]}
          />
        </Section>
      );
    });
}

export function Results({ results }: { readonly results: readonly Result[] }) {
  return (
    <Section title={text.results} {...(results.length && { count: Math.min(MOST, results.length) })}>
      {results.length ? (
        <Table
          label={text.results}
          columns={results.some(({ measured }) => Object.keys(measured).length > 0) ? [...resultColumns, measuredColumn] : resultColumns}
          rows={results.slice(0, MOST)}
          keyOf={(row) => row.at}
          blocks
        />
      ) : (
        <p className="dim s13">{text.noResults}</p>
      )}
    </Section>
  );
}

export function Pings({ pings }: { readonly pings: readonly Ping[] }) {
  return (
    <Section title={text.pings} {...(pings.length && { count: Math.min(MOST, pings.length) })}>
      {pings.length ? <Table label={text.pings} columns={pingColumns} rows={pings.slice(0, MOST)} keyOf={(row) => row.id} blocks /> : <p className="dim s13">{text.noPings}</p>}
    </Section>
  );
}
