import { Check } from 'lucide-react';
import { api, useRead, useWrite } from '#web/api.ts';
import { Button } from '#web/ui/Button.tsx';
import { Note, Section } from '#web/ui/Parts.tsx';
import { Person } from '#web/ui/People.tsx';
import { Table, type Column } from '#web/ui/Table.tsx';
import { DAY } from '#web/ui/time.ts';
import type { Out } from '#kernel/contract.ts';
import { rotas } from '../contract/index.ts';
import type { Rota } from './layer-values.ts';
import { words } from './words.ts';

const text = words.fairness;
type Fair = Out<(typeof rotas)['verbs']['fairness']>;
type Carried = Fair['people'][number];
const BACK = 30;

const columns: readonly Column<Carried>[] = [
  { id: 'who', head: text.who, phone: 'title', cell: ({ person }) => <Person person={{ id: person.id, name: person.title }} /> },
  { id: 'hours', head: text.hours, width: 76, numeric: true, phone: 'state', cell: (row) => Math.round(row.hours) },
  { id: 'nights', head: text.nights, width: 84, numeric: true, quiet: true, phone: 'hide', cell: (row) => Math.round(row.nights) },
  { id: 'weekends', head: text.weekends, width: 96, numeric: true, quiet: true, phone: 'hide', cell: (row) => Math.round(row.weekends) },
  { id: 'holidays', head: text.holidays, width: 92, numeric: true, quiet: true, phone: 'hide', cell: (row) => Math.round(row.holidays) },
  { id: 'interruptions', head: text.interruptions, width: 110, numeric: true, phone: 'hide', cell: (row) => row.interruptions },
];

/** What each really carried lately, and what the coming weeks could even out. */
export function Fairness({ rota, day, refused }: { readonly rota: Rota; readonly day: number; readonly refused: string | null }) {
  const { data } = useRead(
    api(rotas).fairness,
    { number: rota.number, from: new Date(day - BACK * DAY).toISOString(), until: new Date(day).toISOString() },
    { on: ['rota.', 'absence.'] },
  );
  const accept = useWrite(api(rotas).override);
  if (!data?.people.length) return null;
  return (
    <>
      <Section title={text.title(BACK)} count={text.score(data.score)}>
        <Table label={text.title(BACK)} columns={columns} rows={data.people} keyOf={(row) => row.person.id} blocks />
      </Section>
      {data.proposals.length ? (
        <Section title={text.proposals} count={data.proposals.length}>
          {accept.problem ? (
            <Note live state="critical">
              {accept.problem.sentence}
            </Note>
          ) : null}
          <ul className="plainrows">
            {data.proposals.map((each) => (
              <li key={`${each.person.id} ${each.from}`}>
                <span className="grow">{each.sentence}</span>
                <span className="end">
                  <Button
                    size="small"
                    icon={Check}
                    busy={accept.busy}
                    refused={refused}
                    onClick={() =>
                      accept.act({
                        number: rota.number,
                        kind: 'replace',
                        person: each.person.number,
                        instead: each.instead.number,
                        from: each.fromLocal,
                        until: each.untilLocal,
                        note: text.note,
                      })
                    }
                  >
                    {text.accept}
                  </Button>
                </span>
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
    </>
  );
}
