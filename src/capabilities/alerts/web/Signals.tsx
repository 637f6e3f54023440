import { Section } from '#web/ui/Parts.tsx';
import { Table, type Column } from '#web/ui/Table.tsx';
import { Time } from '#web/ui/Time.tsx';
import { counted } from './look.tsx';
import type { Detail } from './WhyMe.tsx';
import { words } from './words.ts';

const text = words.signals;
type Signal = Detail['signals'][number] & { readonly place: number };

const columns: readonly Column<Signal>[] = [
  { id: 'at', head: text.at, width: 108, quiet: true, phone: 'end', cell: (row) => <Time at={row.at} form="seconds" /> },
  { id: 'kind', head: text.kind, width: 140, phone: 'title', cell: (row) => text.kinds[row.kind] ?? row.kind },
  { id: 'effect', head: text.effect, cell: (row) => text.effects[row.effect] ?? row.effect },
  { id: 'times', head: text.times, width: 76, numeric: true, phone: 'state', cell: (row) => (row.times > 1 ? `×${counted(row.times)}` : '') },
];

/** What its sender said of it, newest first; repeats that came together are one line. */
export function Signals({ detail: { signals, alert } }: { readonly detail: Detail }) {
  if (!signals.length) return null;
  return (
    <Section title={words.alert.signals} count={counted(alert.signalCount)}>
      <Table label={words.alert.signals} columns={columns} rows={signals.map((signal, place) => ({ ...signal, place }))} keyOf={(row) => `${row.place}`} blocks />
    </Section>
  );
}
