import { useRef } from 'react';
import { api, cache } from '#web/api.ts';
import { MoveIn } from '#web/record/MoveIn.tsx';
import { useMay } from '#web/session.ts';
import { Link } from '#web/ui/Link.tsx';
import { Note, Section } from '#web/ui/Parts.tsx';
import { StatusText } from '#web/ui/Status.tsx';
import { Table, type Column } from '#web/ui/Table.tsx';
import type { Out } from '#kernel/contract.ts';
import { rotas } from '../contract/index.ts';
import { WhoIsWho } from './WhoIsWho.tsx';
import { words } from './words.ts';

const text = words.moveIn;
type Plan = Out<(typeof rotas)['verbs']['planMove']>;
type Line = Plan['rotas'][number];

const BECOMES = { new: 'good', there: 'info', left: 'warning' } as const;

const columns: readonly Column<Line>[] = [
  { id: 'becomes', head: text.becomes, width: 150, phone: 'state', cell: (row) => <StatusText state={BECOMES[row.becomes]}>{text.outcomes[row.becomes]}</StatusText> },
  {
    id: 'name',
    head: words.name,
    width: 200,
    phone: 'title',
    cell: (row) =>
      row.rota ? (
        <Link className="b" href={`/on-call/${row.rota.number}`}>
          {row.name}
        </Link>
      ) : (
        <span className="b">{row.name}</span>
      ),
  },
  { id: 'zone', head: words.rotaForm.zone, width: 140, quiet: true, phone: 'hide', cell: (row) => row.zone.replaceAll('_', ' ') },
  {
    id: 'layers',
    head: words.layer.title,
    width: 260,
    cell: (row) => (
      <span className="saying">
        {row.layers.map((layer) => (
          <span key={layer.name} className="block">
            <b className="b">{layer.name}</b> <span className="dim">{layer.people.join(', ')}</span>
          </span>
        ))}
      </span>
    ),
  },
  {
    id: 'says',
    head: text.notes,
    cell: (row) => <span className="saying">{[row.because, ...row.notes, row.overrides ? text.overrides(row.overrides) : ''].filter(Boolean).join(' ') || '–'}</span>,
  },
];

/** From the schedules of another system to rotas: who is who, the plan, then the rotas. */
export default function MoveInPage() {
  const people = useRef<Record<string, string>>({});
  return (
    <MoveIn
      text={text}
      may={useMay('rotas.plan')}
      accept=".json"
      plan={(source) => api(rotas).planMove({ text: source, people: people.current })}
      make={(source) => api(rotas).moveIn({ text: source, people: people.current })}
      news={(plan) => plan.counts.new}
      shown={(plan, again) => (
        <>
          <WhoIsWho
            people={plan.people}
            said={people.current}
            onSay={(key, number) => {
              people.current = { ...people.current, [key]: number };
              again();
            }}
          />
          <Section title={text.lines} count={text.counts(plan.counts)}>
            <Table label={text.lines} columns={columns} rows={plan.rotas} keyOf={(row) => `${row.name} ${plan.rotas.indexOf(row)}`} blocks />
          </Section>
        </>
      )}
      done={(moved) => (
        <Note live state="good">
          <b className="b">{text.done(moved.made.length)}</b> {text.doneText}{' '}
          <Link className="l" href="/on-call">
            {text.toList}
          </Link>
        </Note>
      )}
      onMoved={() => void cache.invalidateQueries({ queryKey: [api(rotas).now.key] })}
    />
  );
}
