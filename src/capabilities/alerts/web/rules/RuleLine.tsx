import { ArrowDown, ArrowUp, CornerDownRight, Ellipsis, IndentDecrease, IndentIncrease, Trash2 } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { Button } from '#web/ui/Button.tsx';
import { Checkbox, Field, Input } from '#web/ui/Field.tsx';
import { Menu } from '#web/ui/Menu.tsx';
import { StatusShape } from '#web/ui/Status.tsx';
import { idsBelow, moved, refuseMove, removed, type Move } from '../../rules/index.ts';
import type { Faults, Rule } from './draft.ts';
import { MainOptions, MoreOptions } from './OptionFields.tsx';
import { OutcomeBadge } from './Outcome.tsx';
import { ruleSaid, type PolicyNames } from './said.ts';
import { words } from './words.ts';

const text = words.rules;
const MOVED: readonly { readonly move: Move; readonly icon: typeof ArrowUp }[] = [
  { move: 'up', icon: ArrowUp },
  { move: 'down', icon: ArrowDown },
  { move: 'in', icon: IndentIncrease },
  { move: 'out', icon: IndentDecrease },
];

/** What the lines of the tree share. */
export interface Tree {
  readonly rules: readonly Rule[];
  readonly faults: Faults;
  readonly names: PolicyNames;
  readonly mayChange: boolean;
  readonly open: ReadonlySet<string>;
  /** The rule that the address names. */
  readonly named: string | undefined;
  readonly onOpen: (id: string, isOpen: boolean) => void;
  readonly onRules: (rules: readonly Rule[]) => void;
  readonly onAdd: (under: string | null) => void;
}

/** A rule at rest: its name, what it is for and what it does. */
export function RuleLine({ rule, tree }: { readonly rule: Rule; readonly tree: Tree }) {
  const { rules, faults, names, mayChange } = tree;
  const isOpen = tree.open.has(rule.id);
  const place = rules.indexOf(rule);
  const fault = faults.get(`rules.${place}.name`) ?? faults.get(`rules.${place}.matchers`) ?? faults.get(`rules.${place}.groupBy`);
  const said = ruleSaid(rule, names);
  return (
    <div className={tree.named === rule.id ? 'rline is-named' : 'rline'} id={`rule-${rule.id}`}>
      <div className="rhead">
        <div className="grow">
          <div className="row rname">
            <b className="b">{rule.name || text.anonymous}</b>
            <OutcomeBadge outcome={rule.set.outcome} />
          </div>
          {isOpen ? null : (
            <>
              <code className="rmatch">{rule.matchers || '{}'}</code>
              {said ? <span className="dim s12">{said}</span> : null}
              {fault ? (
                <span className="err">
                  <StatusShape state="critical" />
                  {fault}
                </span>
              ) : null}
            </>
          )}
        </div>
        {mayChange ? <Deeds rule={rule} tree={tree} isOpen={isOpen} /> : null}
      </div>
      {isOpen ? <RuleFields rule={rule} tree={tree} place={place} /> : null}
    </div>
  );
}

function Deeds({ rule, tree, isOpen }: { readonly rule: Rule; readonly tree: Tree; readonly isOpen: boolean }) {
  const { rules, onOpen, onRules, onAdd } = tree;
  const { id, name } = rule;
  return (
    <span className="row rdeeds">
      <Button size="small" aria-expanded={isOpen} aria-label={isOpen ? text.closeOne(name) : text.editOne(name)} onClick={() => onOpen(id, !isOpen)}>
        {isOpen ? words.close : words.edit}
      </Button>
      <Menu
        label={text.actions(name)}
        groups={[
          { actions: [{ label: text.addBelow, icon: CornerDownRight, onAct: () => onAdd(id) }] },
          { actions: MOVED.map(({ move, icon }) => ({ label: text[move], icon, refused: refuseMove(rules, id, move), onAct: () => onRules(moved(rules, id, move)) })) },
          { actions: [{ label: text.remove(idsBelow(rules, id).length), icon: Trash2, variant: 'danger', onAct: () => onRules(removed(rules, id)) }] },
        ]}
      >
        <Button size="small" square variant="quiet" icon={Ellipsis} aria-label={text.actions(name)} />
      </Menu>
    </span>
  );
}

function RuleFields({ rule, tree, place }: { readonly rule: Rule; readonly tree: Tree; readonly place: number }) {
  const { rules, faults, names, onRules } = tree;
  const at = `rules.${place}`;
  const first = useRef<HTMLDivElement>(null);
  const isNew = rule.name === '' && rule.matchers === '';
  useEffect(() => {
    if (isNew) first.current?.querySelector('input')?.focus();
    // Only when it appears: a name that is cleared later keeps the focus where it is.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, []);
  const change = (part: Partial<Rule>) => onRules(rules.map((one) => (one.id === rule.id ? { ...one, ...part } : one)));
  const options = { at, set: rule.set, inherits: true, faults, names, onChange: (set: Rule['set']) => change({ set }) };
  return (
    <div className="rfields" ref={first}>
      <Field name={`${at}.name`} label={words.name} error={faults.get(`${at}.name`)}>
        <Input value={rule.name} maxLength={100} autoComplete="off" onChange={(event) => change({ name: event.currentTarget.value })} />
      </Field>
      <Field name={`${at}.matchers`} label={words.matchers} hint={words.matchersHint} error={faults.get(`${at}.matchers`)}>
        <Input value={rule.matchers} className="mono" maxLength={500} spellCheck={false} autoComplete="off" onChange={(event) => change({ matchers: event.currentTarget.value })} />
      </Field>
      <MainOptions {...options} />
      <MoreOptions {...options} />
      <Checkbox label={text.goOn} hint={text.goOnHint} checked={rule.goOn} onChange={(event) => change({ goOn: event.currentTarget.checked })} />
    </div>
  );
}
