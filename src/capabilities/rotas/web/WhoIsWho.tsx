import { personChoice, searchPeople } from '#web/record/choices.tsx';
import { Combobox } from '#web/ui/Combobox.tsx';
import { Section } from '#web/ui/Parts.tsx';
import { Person } from '#web/ui/People.tsx';
import { Table, type Column } from '#web/ui/Table.tsx';
import type { Out } from '#kernel/contract.ts';
import type { rotas } from '../contract/index.ts';
import { words } from './words.ts';

const text = words.moveIn;
type Who = Out<(typeof rotas)['verbs']['planMove']>['people'][number];

/** Who the people of a file are here: known by address or name, else to be said. */
export function WhoIsWho({
  people,
  said,
  onSay,
}: {
  readonly people: readonly Who[];
  readonly said: Readonly<Record<string, string>>;
  readonly onSay: (key: string, number: string) => void;
}) {
  const rows: readonly Column<Who>[] = [
    { id: 'name', head: text.there, width: 240, phone: 'title', cell: (row) => <b className="b">{row.name}</b> },
    { id: 'email', head: text.address, width: 240, quiet: true, phone: 'hide', cell: (row) => row.email ?? '–' },
    {
      id: 'person',
      head: text.here,
      phone: 'state',
      cell: (row) =>
        row.person && said[row.key] === undefined ? (
          <Person person={{ id: row.person.id, name: row.person.title }} />
        ) : (
          <Combobox
            label={text.whoIs(row.name)}
            chosen={row.person ? personChoice(row.person) : undefined}
            search={searchPeople}
            onChoose={(choice) => (choice ? onSay(row.key, choice.id) : undefined)}
            none={text.choosePerson}
          />
        ),
    },
  ];
  return (
    <Section title={text.people} count={text.known(people.filter(({ person }) => person).length, people.length)}>
      <Table label={text.people} columns={rows} rows={people} keyOf={(row) => row.key} blocks />
    </Section>
  );
}
