import { FolderInput } from 'lucide-react';
import { useRef, useState } from 'react';
import { api, cache, problemOf } from '#web/api.ts';
import { useMay } from '#web/session.ts';
import { Button } from '#web/ui/Button.tsx';
import { Field, Textarea } from '#web/ui/Field.tsx';
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

/** From the file of another system to checks: first the plan, then the checks. */
export default function MoveInPage() {
  const may = useMay('checks.write');
  const picker = useRef<HTMLInputElement>(null);
  const [source, setSource] = useState('');
  const [busy, setBusy] = useState(false);
  const [plan, setPlan] = useState<MovePlan>();
  const [moved, setMoved] = useState<Moved>();
  const [refused, setRefused] = useState<string>();
  async function ask<T>(call: Promise<T>, done: (answer: T) => void) {
    setBusy(true);
    setRefused(undefined);
    await call.then(done, (error: unknown) => setRefused(problemOf(error).sentence));
    setBusy(false);
  }
  const change = (typed: string) => {
    setSource(typed);
    setPlan(undefined);
    setMoved(undefined);
    setRefused(undefined);
  };
  const look = () => ask(api(checks).planMove({ text: source }), setPlan);
  const make = () =>
    ask(api(checks).moveIn({ text: source }), (answer) => {
      setMoved(answer);
      setPlan(undefined);
      void cache.invalidateQueries({ queryKey: [api(checks).list.key] });
    });
  return (
    <div className="stack16 movein">
      <div>
        <h1>{text.title}</h1>
        <p className="lead">{text.sub}</p>
      </div>
      {may ? null : <Note state="warning">{text.mayNot}</Note>}
      <Field name="text" label={text.file} hint={text.hint}>
        <Textarea value={source} rows={plan ? 4 : 10} spellCheck={false} autoCapitalize="none" onChange={(event) => change(event.currentTarget.value)} />
      </Field>
      <input
        ref={picker}
        type="file"
        accept=".json,.yaml,.yml"
        hidden
        aria-label={text.choose}
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? [];
          if (file) void file.text().then(change);
        }}
      />
      {refused ? (
        <Note live state="critical">
          {refused}
        </Note>
      ) : null}
      {moved ? <Done moved={moved} /> : null}
      {plan ? <Plan plan={plan} /> : null}
      <div className="row">
        {plan ? (
          <Button variant="primary" busy={busy} refused={plan.counts.new === 0 ? text.nothing : null} onClick={() => void make()}>
            {text.make(plan.counts.new)}
          </Button>
        ) : (
          <Button variant="primary" busy={busy} refused={source.trim() === '' ? text.empty : may ? null : text.mayNot} onClick={() => void look()}>
            {text.look}
          </Button>
        )}
        <Button icon={FolderInput} onClick={() => picker.current?.click()}>
          {text.choose}
        </Button>
      </div>
    </div>
  );
}
