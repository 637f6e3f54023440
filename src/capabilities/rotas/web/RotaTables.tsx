import { X } from 'lucide-react';
import { api, useRead, useWrite } from '#web/api.ts';
import { Button } from '#web/ui/Button.tsx';
import { Note, Section, Skeleton } from '#web/ui/Parts.tsx';
import { Person } from '#web/ui/People.tsx';
import { Table, type Column } from '#web/ui/Table.tsx';
import { fullTime } from '#web/ui/time.ts';
import type { Out } from '#kernel/contract.ts';
import { rotas } from '../contract/index.ts';
import { People } from './OnCallPage.tsx';
import type { Rota } from './LayerFields.tsx';
import type { Shifts } from './rows.ts';
import { words } from './words.ts';

const text = words.rota;
type Handover = Out<(typeof rotas)['verbs']['handovers']>['items'][number];

const columnsOf = (zone: string): readonly Column<Handover>[] => [
  { id: 'at', head: text.when, width: 230, phone: 'title', cell: (row) => <span className="num nw">{fullTime(row.at, zone)}</span> },
  { id: 'before', head: text.before, cell: (row) => <People people={row.before} /> },
  { id: 'after', head: text.after, cell: (row) => <People people={row.after} /> },
];

/** The next six handovers, on the clock of the rota. */
export function Handovers({ rota }: { readonly rota: Rota }) {
  const { data } = useRead(api(rotas).handovers, { number: rota.number, count: 6 }, { on: ['rota.'] });
  return (
    <Section title={text.handovers}>
      {data ? (
        data.items.length ? (
          <Table label={text.handovers} columns={columnsOf(rota.zone)} rows={data.items} keyOf={(row) => row.at} blocks />
        ) : (
          <p className="dim s13">{text.noHandovers}</p>
        )
      ) : (
        <Skeleton width="70%" />
      )}
    </Section>
  );
}

/** Overrides of the window, each with a way to take it back. */
export function Overrides({ rota, shifts, refused }: { readonly rota: Rota; readonly shifts: Shifts; readonly refused: string | null }) {
  const remove = useWrite(api(rotas).removeOverride);
  return (
    <Section title={text.planned} {...(shifts.overrides.length && { count: shifts.overrides.length })}>
      {remove.problem ? (
        <Note live state="critical">
          {remove.problem.sentence}
        </Note>
      ) : null}
      {shifts.overrides.length ? (
        <ul className="plainrows">
          {shifts.overrides.map(({ id, person, from, until, note }) => (
            <li key={id}>
              <span>
                {person ? <Person person={{ id: person.id, name: person.title }} /> : <b className="b">{words.nobody}</b>}
                <span className="why block num">
                  {fullTime(from, rota.zone)} to {fullTime(until, rota.zone)}
                  {note ? `. ${note}` : ''}
                </span>
              </span>
              <Button size="small" variant="quiet" icon={X} refused={refused} busy={remove.busy} onClick={() => remove.act({ number: rota.number, overrideId: id })}>
                {text.remove}
              </Button>
            </li>
          ))}
        </ul>
      ) : (
        <p className="dim s13">{text.noOverrides}</p>
      )}
    </Section>
  );
}
