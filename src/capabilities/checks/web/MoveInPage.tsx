import { api, cache } from '#web/api.ts';
import { MoveIn } from '#web/record/MoveIn.tsx';
import { useMay } from '#web/session.ts';
import { Link } from '#web/ui/Link.tsx';
import { Note, Section } from '#web/ui/Parts.tsx';
import { StatusText } from '#web/ui/Status.tsx';
import { Table, type Column } from '#web/ui/Table.tsx';
import type { Out } from '#kernel/contract.ts';
import { checks, type MoveLine, type MovePlan } from '../contract/index.ts';
import { words } from './words.ts';
import './checks.css';

const text = words.moveIn;
type Moved = Out<(typeof checks)['verbs']['moveIn']>;

const BECOMES = { new: 'good', there: 'info', left: 'warning' } as const;

const columns: readonly Column<MoveLine>[] = [
  { id: 'becomes', head: text.becomes, width: 150, phone: 'state', cell: (row) => <StatusText state={BECOMES[row.becomes]}>{text.outcomes[row.becomes]}</StatusText> },
  {
    id: 'name',
    head: words.name,
    width: 200,
    phone: 'title',
    cell: (row) =>
      row.check ? (
        <Link className="b" href={`/checks/${row.check.number}`}>
          {row.name}
        </Link>
      ) : (
        <span className="b">{row.name}</span>
      ),
  },
  { id: 'kind', head: words.kind, width: 92, quiet: true, phone: 'hide', cell: (row) => row.kind },
  { id: 'target', head: words.target, width: 200, quiet: true, phone: 'hide', cell: (row) => row.target || '–' },
  { id: 'service', head: words.service, width: 120, quiet: true, phone: 'hide', cell: (row) => row.service?.title ?? '–' },
  { id: 'says', head: text.notes, cell: (row) => <span className="saying">{[row.because, ...row.notes].filter(Boolean).join(' ') || '–'}</span> },
];

function Plan({ plan }: { readonly plan: MovePlan }) {
  return (
    <>
      <Section title={text.lines} count={text.counts(plan.counts)}>
        <Table label={text.lines} columns={columns} rows={plan.lines} keyOf={(row) => `${row.key} ${plan.lines.indexOf(row)}`} blocks />
      </Section>
      {plan.left.length ? (
        <Section title={text.left} count={plan.left.length}>
          <ul className="leftout">
            {plan.left.map(({ what, because }) => (
              <li key={what}>
                <b className="b">{what}</b> <span className="dim">{because}</span>
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
    </>
  );
}

function Done({ moved }: { readonly moved: Moved }) {
  return (
    <Note live state="good">
      <b className="b">{text.done(moved.made.length)}</b> {text.doneText}{' '}
      <Link className="l" href="/checks">
        {text.toList}
      </Link>
    </Note>
  );
}

/** From the file of another system to checks. */
export default function MoveInPage() {
  return (
    <MoveIn
      text={text}
      may={useMay('checks.write')}
      accept=".json,.yaml,.yml"
      plan={(source) => api(checks).planMove({ text: source })}
      make={(source) => api(checks).moveIn({ text: source })}
      news={(plan) => plan.counts.new}
      shown={(plan) => <Plan plan={plan} />}
      done={(moved) => <Done moved={moved} />}
      onMoved={() => void cache.invalidateQueries({ queryKey: [api(checks).list.key] })}
    />
  );
}
