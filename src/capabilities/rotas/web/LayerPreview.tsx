import { Note, Section } from '#web/ui/Parts.tsx';
import { Person } from '#web/ui/People.tsx';
import { RotaBars, type RotaBar, type RotaRow } from '#web/ui/RotaBars.tsx';
import { Table, type Column } from '#web/ui/Table.tsx';
import { fullTime } from '#web/ui/time.ts';
import type { OnCall, Preview } from '../rules/index.ts';
import type { Span, Window } from '#kernel/spans.ts';
import { shiftsOfLayer, type Drafted } from './draft.ts';
import type { Rota } from './layer-values.ts';
import { rhythmOf } from './rhythm.ts';
import { words } from './words.ts';

const text = words.layer.editor;
type Carried = Preview['people'][number];

interface LayerPreviewProps {
  readonly rota: Rota;
  readonly made: Drafted;
  readonly window: Window;
  readonly now: number;
  /** What people are called, by id; whoever is new to the rota by number. */
  readonly names: ReadonlyMap<string, string>;
  /** The rhythm of the layer that is being written. */
  readonly rhythm: string | undefined;
}

/** What a change does: the bars as they are and as they will be, who carries more or less, gaps it opens or closes. */
export function LayerPreview({ rota, made, window, now, names, rhythm }: LayerPreviewProps) {
  const { preview, layers } = made;
  const named = (number: string) => ({ id: number, name: names.get(number) ?? number });
  const bars = (spans: readonly Span<OnCall>[], place = 0): RotaBar[] =>
    spans.flatMap(({ from, until, value }) => {
      const number = value.people[place];
      return number === undefined ? [] : [{ from, until, kind: value.by === 'layer' ? 'shift' : 'override', person: named(number) }];
    });
  const deepest = (spans: readonly Span<OnCall>[]) => Math.max(1, ...spans.map(({ value }) => value.people.length));
  const result = (spans: readonly Span<OnCall>[], { label, sub }: { readonly label: string; readonly sub: string }): RotaRow[] =>
    Array.from({ length: deepest(spans) }, (_, place) => ({
      id: `${label} ${place}`,
      label: place ? words.rota.together : label,
      sub: place ? words.rota.togetherSub : sub,
      bars: bars(spans, place),
      result: true,
    }));
  const rows: RotaRow[] = [
    ...layers
      .toSorted((one, other) => other.priority - one.priority)
      .flatMap((layer) => {
        const written = rota.layers.find(({ id }) => id === layer.id);
        const spans = [...(layer.id === 'draft' && made.ended ? shiftsOfLayer(made.ended, window) : []), ...shiftsOfLayer(layer, window)];
        return Array.from({ length: deepest(spans) }, (_, place) => ({
          id: `${layer.id} ${place}`,
          label: place ? words.rota.together : layer.name,
          sub: place ? '' : written ? rhythmOf(written) : (rhythm ?? ''),
          bars: bars(spans, place),
        }));
      }),
    ...result(preview.before, { label: text.before, sub: text.beforeSub }),
    ...(preview.differs.length ? result(preview.after, { label: text.after, sub: text.afterSub }) : []),
  ];
  const gaps = (which: readonly Window[]) => which.map(({ from, until }) => `${fullTime(from, rota.zone)} to ${fullTime(until, rota.zone)}`);
  return (
    <>
      <RotaBars label={text.title(rota.name)} window={{ ...window, zone: rota.zone }} rows={rows} now={now} />
      {preview.gapsMade.length ? (
        <Note live state="critical">
          <b className="b">{text.gapsMade(preview.gapsMade.length)}:</b> {gaps(preview.gapsMade).slice(0, 2).join('; ')}
          {preview.gapsMade.length > 2 ? ' …' : '.'}
        </Note>
      ) : null}
      {preview.gapsClosed.length ? (
        <Note state="good">
          <b className="b">{text.gapsClosed(preview.gapsClosed.length)}:</b> {gaps(preview.gapsClosed).slice(0, 2).join('; ')}
          {preview.gapsClosed.length > 2 ? ' …' : '.'}
        </Note>
      ) : null}
      {preview.differs.length ? null : <p className="draghint">{text.same}</p>}
    </>
  );
}

const change = (before: number, after: number) => (
  <span className="num">
    {Math.round(after)}
    {Math.round(after) === Math.round(before) ? null : (
      <span className="dim">
        {' '}
        {after > before ? '+' : '−'}
        {Math.abs(Math.round(after) - Math.round(before))}
      </span>
    )}
  </span>
);

/** Hours of each person in the window, with what the change adds or takes. */
export function Carry({ people, names }: { readonly people: readonly Carried[]; readonly names: ReadonlyMap<string, string> }) {
  const named = (number: string) => ({ id: number, name: names.get(number) ?? number });
  const columns: readonly Column<Carried>[] = [
    { id: 'who', head: text.who, phone: 'title', cell: (row) => <Person person={named(row.personId)} /> },
    { id: 'hours', head: text.hours, width: 110, phone: 'state', cell: (row) => change(row.before.hours, row.after.hours) },
    { id: 'nights', head: text.nights, width: 110, quiet: true, phone: 'hide', cell: (row) => change(row.before.nights, row.after.nights) },
    { id: 'weekends', head: text.weekends, width: 120, quiet: true, phone: 'hide', cell: (row) => change(row.before.weekends, row.after.weekends) },
  ];
  return (
    <Section title={text.load}>
      <Table label={text.load} columns={columns} rows={people} keyOf={(row) => row.personId} blocks />
    </Section>
  );
}
