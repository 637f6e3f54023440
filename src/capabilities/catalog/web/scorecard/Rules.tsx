import { ArrowDown, ArrowUp, Pencil, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { api, useRead, useWrite } from '#web/api.ts';
import { Confirm } from '#web/record/Confirm.tsx';
import { Button } from '#web/ui/Button.tsx';
import { Dialog } from '#web/ui/Dialog.tsx';
import { Note, Section, Skeleton } from '#web/ui/Parts.tsx';
import { Badge } from '#web/ui/Status.tsx';
import { catalog, type ScoreRule } from '../../contract/index.ts';
import { RULE_LEVELS } from '../../rules/index.ts';
import { Asked, LevelText } from './look.tsx';
import { RuleForm } from './RuleForm.tsx';
import { words } from './words.ts';

const text = words.rules;

/** The list with a rule and the one before or after it swapped. */
function swapped(rules: readonly ScoreRule[], one: ScoreRule, other: ScoreRule): string[] {
  return rules.map((rule) => (rule === one ? other.id : rule === other ? one.id : rule.id));
}

interface LineProps {
  readonly rule: ScoreRule;
  readonly onUp: (() => void) | undefined;
  readonly onDown: (() => void) | undefined;
  readonly onChange: () => void;
  readonly onRemove: () => void;
}

function Acts({ rule, onUp, onDown, onChange, onRemove }: LineProps) {
  return (
    <span className="acts">
      <Button
        variant="quiet"
        size="small"
        square
        icon={ArrowUp}
        aria-label={`${text.up}: ${rule.title}`}
        onClick={onUp}
        {...(!onUp && { className: 'off', tabIndex: -1, 'aria-hidden': true })}
      />
      <Button
        variant="quiet"
        size="small"
        square
        icon={ArrowDown}
        aria-label={`${text.down}: ${rule.title}`}
        onClick={onDown}
        {...(!onDown && { className: 'off', tabIndex: -1, 'aria-hidden': true })}
      />
      <Button variant="quiet" size="small" square icon={Pencil} aria-label={`${text.change}: ${rule.title}`} onClick={onChange} />
      <Button variant="quiet" size="small" square icon={Trash2} aria-label={`${text.remove}: ${rule.title}`} onClick={onRemove} />
    </span>
  );
}

/** What each level asks for; leads add, change, order and remove. */
export function Rules() {
  const { data, problem } = useRead(api(catalog).scorecard, {}, { on: ['scorecard.'] });
  const [form, setForm] = useState<ScoreRule | 'new'>();
  const [removing, setRemoving] = useState<ScoreRule>();
  const order = useWrite(api(catalog).orderRules);
  const remove = useWrite(api(catalog).removeRule, () => setRemoving(undefined));
  if (!data) return problem ? <Note state="critical">{problem.sentence}</Note> : <Skeleton width="60%" />;
  const { rules, facts, may } = data;
  const close = () => setForm(undefined);
  return (
    <>
      <div className="listbar">
        <p className="mut s13 grow">{text.levelHint}</p>
        <Button variant="primary" icon={Plus} refused={may.createRule} onClick={() => setForm('new')}>
          {text.add}
        </Button>
      </div>
      {order.problem ? (
        <Note live state="critical">
          {order.problem.sentence}
        </Note>
      ) : null}
      {RULE_LEVELS.map((level) => {
        const its = rules.filter((rule) => rule.level === level);
        const swap = (one: ScoreRule, other: ScoreRule | undefined) => other && (() => order.act({ rules: swapped(rules, one, other) }));
        return (
          <Section key={level} title={words.levels[level]} count={<LevelText level={level}>{text.count(its.length)}</LevelText>}>
            {its.length ? null : <p className="dim s13">{text.none}</p>}
            <ul className="scrules">
              {its.map((rule, at) => (
                <li key={rule.id}>
                  <span className="asks">
                    <span className="row">
                      <span className="b">{rule.title}</span>
                      {rule.tiers.length ? <Badge>{words.tierOf(rule.tiers)}</Badge> : null}
                    </span>
                    <span className="mut s12">
                      <Asked rule={rule} />
                    </span>
                  </span>
                  <span className="mut advice">{rule.advice}</span>
                  {may.createRule ? null : (
                    <Acts rule={rule} onUp={swap(rule, its[at - 1])} onDown={swap(rule, its[at + 1])} onChange={() => setForm(rule)} onRemove={() => setRemoving(rule)} />
                  )}
                </li>
              ))}
            </ul>
          </Section>
        );
      })}
      <Dialog title={form === 'new' ? text.add : text.change} open={form !== undefined} onClose={close}>
        {form ? <RuleForm {...(form !== 'new' && { rule: form })} facts={facts} onClose={close} /> : null}
      </Dialog>
      <Confirm
        title={text.removeTitle(removing?.title ?? '')}
        sub={text.removeText}
        act={text.remove}
        open={removing !== undefined}
        onClose={() => setRemoving(undefined)}
        write={remove}
        onAct={() => removing && remove.act({ id: removing.id })}
      />
    </>
  );
}
