import { useEffect, useState } from 'react';
import { oncall } from '#capabilities/oncall/contract.ts';
import { useAddress } from '#web/address.ts';
import { api, useRead, useWrite } from '#web/api.ts';
import { RecordPage } from '#web/record/RecordPage.tsx';
import { Button } from '#web/ui/Button.tsx';
import { Note, Skeleton } from '#web/ui/Parts.tsx';
import { alerts } from '../../contract/index.ts';
import { added } from '../../rules/index.ts';
import { words as list } from '../words.ts';
import { faultsOf, freshRule, pathOf, type Routing, type Shown } from './draft.ts';
import { Inhibits } from './Inhibits.tsx';
import { Otherwise } from './Otherwise.tsx';
import './rules.css';
import { RulesTabs } from './RulesTabs.tsx';
import { RuleTree } from './RuleTree.tsx';
import { TryPanel } from './TryPanel.tsx';
import { words } from './words.ts';

const same = (one: Routing, other: Routing) => JSON.stringify(one) === JSON.stringify(other);

/** Where alerts go: the rules, what holds otherwise, what explains what; tried on the past while they are changed. */
export default function RulesPage() {
  const { data, problem, again } = useRead(api(alerts).routing, {}, { on: ['routing.'] });
  if (problem) return <Note state="warning">{problem.sentence}</Note>;
  return data ? <Editor newest={data} onStale={again} /> : <Skeleton width="60%" />;
}

/** The rules that somebody works on, and those in force when they began. */
function useDraft(newest: Shown) {
  const [base, setBase] = useState(newest);
  const [draft, setDraft] = useState(newest.rules);
  const isChanged = !same(draft, base.rules);
  const take = (shown: Shown) => {
    setBase(shown);
    setDraft(shown.rules);
  };
  // Nothing of one's own is lost by newer ones.
  if (newest.version > base.version && !isChanged) take(newest);
  return { base, draft, setDraft, isChanged, take, keep: () => setBase(newest), isOvertaken: isChanged && newest.version > base.version };
}

function Editor({ newest, onStale }: { readonly newest: Shown; readonly onStale: () => void }) {
  const { search } = useAddress();
  const { base, draft, setDraft, isChanged, take, keep, isOvertaken } = useDraft(newest);
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const [said, setSaid] = useState<string>();
  const policies = useRead(api(oncall).policies, { limit: 100 });
  const names = new Map(policies.data?.items.map(({ number, name }) => [number, name]));
  const save = useWrite(api(alerts).setRouting, (shown) => {
    take(shown);
    setOpen(new Set());
    setSaid(words.saved);
  });
  const faults = faultsOf(draft);
  const refused = base.may.setRouting;
  const mayChange = refused === null;
  const named = draft.rules.find((rule) => search['rule'] && pathOf(draft.rules, rule) === search['rule'])?.id;
  useEffect(() => {
    if (named) document.getElementById(`rule-${named}`)?.scrollIntoView({ block: 'center' });
  }, [named]);
  function change(part: Partial<Routing>) {
    setSaid(undefined);
    setDraft({ ...draft, ...part });
  }
  function add(under: string | null) {
    const fresh = freshRule(under);
    setOpen(new Set([...open, fresh.id]));
    change({ rules: [...added(draft.rules, fresh)] });
  }
  function keepMine() {
    keep();
    setSaid(words.keepText);
  }
  const send = () => save.send({ version: base.version, rules: draft }).catch(onStale);
  const waits = faults.size ? words.faulty : isOvertaken ? words.overtaken(newest.by?.title ?? words.somebody) : undefined;
  const discard = { label: words.discard, onAct: () => take(newest) };
  const actions = [discard, { label: words.save, variant: 'primary' as const, refused: waits, busy: save.busy, onAct: () => void send() }];
  return (
    <RecordPage
      crumbs={[{ label: list.list.title, href: '/alerts' }, { label: words.title }]}
      title={words.title}
      sub={words.sub}
      actions={mayChange && isChanged ? actions : []}
      wide={<RulesTabs current="routing" />}
      side={<TryPanel draft={draft} usable={faults.size === 0} />}
      sideLabel={words.tried.title}
    >
      <Notes refused={refused} said={said} problem={isChanged && save.problem?.kind !== 'conflict' ? save.problem?.sentence : undefined} />
      {isOvertaken ? <Overtaken by={newest.by?.title} onTake={() => take(newest)} onKeep={keepMine} /> : null}
      <RuleTree
        tree={{
          rules: draft.rules,
          faults,
          names,
          mayChange,
          open,
          named,
          onOpen: (id, isOpen) => setOpen(isOpen ? new Set([...open, id]) : new Set([...open].filter((one) => one !== id))),
          onRules: (rules) => change({ rules: [...rules] }),
          onAdd: add,
        }}
      />
      <Otherwise defaults={draft.defaults} mayChange={mayChange} faults={faults} names={names} onChange={(defaults) => change({ defaults })} />
      <Inhibits draft={draft} faults={faults} mayChange={mayChange} onChange={change} />
    </RecordPage>
  );
}

interface NotesProps {
  readonly refused: string | null;
  readonly said: string | undefined;
  readonly problem: string | undefined;
}

function Notes({ refused, said, problem }: NotesProps) {
  if (!refused && !said && !problem) return null;
  return (
    <div className="rnotes">
      {refused ? <Note state="unknown">{refused}</Note> : null}
      {said ? (
        <Note live state="good">
          {said}
        </Note>
      ) : null}
      {problem ? (
        <Note live state="critical">
          {problem}
        </Note>
      ) : null}
    </div>
  );
}

/** Somebody was faster: theirs are shown, or one's own go in their place. */
function Overtaken({ by = words.somebody, onTake, onKeep }: { readonly by: string | undefined; readonly onTake: () => void; readonly onKeep: () => void }) {
  return (
    <div className="rnotes">
      <Note
        live
        state="warning"
        end={
          <span className="row">
            <Button size="small" onClick={onTake}>
              {words.takeNewer}
            </Button>
            <Button size="small" onClick={onKeep}>
              {words.keepMine}
            </Button>
          </span>
        }
      >
        {words.overtaken(by)}
      </Note>
    </div>
  );
}
