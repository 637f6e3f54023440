import { CalendarClock, Plus, UserRound, Users, X } from 'lucide-react';
import { api } from '#web/api.ts';
import { searchPeople, searchTeams } from '#web/record/choices.tsx';
import { Button } from '#web/ui/Button.tsx';
import { Combobox, type Choosable } from '#web/ui/Combobox.tsx';
import { Field, Input } from '#web/ui/Field.tsx';
import { Icon } from '#web/ui/Icon.tsx';
import { rotas as rotaContract } from '#capabilities/rotas/contract/index.ts';
import type { Policy } from './PoliciesList.tsx';
import { words } from './words.ts';

const text = words.policy;
export type TargetKind = 'rota' | 'person' | 'team';
export const PICTURES = { rota: CalendarClock, person: UserRound, team: Users } as const;

export interface Target {
  readonly kind: TargetKind;
  readonly number: string;
  readonly title: string;
}

export interface StepLine {
  readonly key: number;
  readonly targets: readonly Target[];
  readonly waitMinutes: number;
}

let made = 0;
export const blankStep = (): StepLine => ({ key: ++made, targets: [], waitMinutes: 5 });
export const linesOf = (policy: Policy): readonly StepLine[] =>
  policy.steps.map(({ targets, waitMinutes }) => ({
    key: ++made,
    waitMinutes,
    targets: targets.map(({ kind, record }) => ({ kind, number: record.number, title: record.title })),
  }));

const KIND_OF: Readonly<Record<string, TargetKind>> = { ROT: 'rota', PER: 'person', TEAM: 'team' };

/** Rotas first: they are what a policy should name. */
async function searchTargets(q: string): Promise<readonly Choosable[]> {
  const [rotas, teams, people] = await Promise.all([api(rotaContract).list({ limit: 8, ...(q && { q }) }), searchTeams(q), searchPeople(q)]);
  return [...rotas.items.map(({ number, name }) => ({ id: number, label: name, detail: 'rota', picture: <Icon of={CalendarClock} size={14} /> })), ...teams, ...people.slice(0, 8)];
}

interface StepsProps {
  readonly steps: readonly StepLine[];
  readonly onChange: (steps: readonly StepLine[]) => void;
}

/** The steps of a policy, each with whom it pages and how long it waits. */
export function Steps({ steps, onChange }: StepsProps) {
  const change = (key: number, to: Partial<StepLine>) => onChange(steps.map((step) => (step.key === key ? { ...step, ...to } : step)));
  function add(step: StepLine, choice: Choosable | undefined) {
    const kind = KIND_OF[choice?.id.split('-')[0] ?? ''];
    if (!choice || !kind || step.targets.some(({ number }) => number === choice.id)) return;
    change(step.key, { targets: [...step.targets, { kind, number: choice.id, title: choice.label }] });
  }
  return (
    <div className="stack8">
      {steps.map((step, at) => (
        <div key={step.key} className="stepbox" role="group" aria-label={`${text.step} ${at + 1}`}>
          <div className="row">
            <b className="b s13">
              {text.step} {at + 1}
            </b>
            <Button
              square
              size="small"
              variant="quiet"
              icon={X}
              aria-label={`${text.removeStep} ${at + 1}`}
              {...(steps.length === 1 && { refused: 'A policy has at least one step.' })}
              onClick={() => onChange(steps.filter(({ key }) => key !== step.key))}
            />
          </div>
          <Field name={`steps.${at}.targets`} label={text.targets}>
            {step.targets.length ? (
              <span className="chiplist">
                {step.targets.map((target) => (
                  <span key={target.number} className="tag">
                    <Icon of={PICTURES[target.kind]} size={14} />
                    {target.title}
                    <Button
                      square
                      size="small"
                      variant="quiet"
                      icon={X}
                      aria-label={`Remove ${target.title} from step ${at + 1}`}
                      onClick={() => change(step.key, { targets: step.targets.filter(({ number }) => number !== target.number) })}
                    />
                  </span>
                ))}
              </span>
            ) : null}
            <Combobox label={text.addTarget} none={text.addTarget} search={searchTargets} onChoose={(choice) => add(step, choice)} />
          </Field>
          <Field name={`steps.${at}.waitMinutes`} label={text.wait}>
            <Input type="number" min={1} max={9000} value={step.waitMinutes} onChange={(event) => change(step.key, { waitMinutes: Number(event.currentTarget.value) })} />
          </Field>
        </div>
      ))}
      <div className="row">
        <Button size="small" icon={Plus} {...(steps.length >= 10 && { refused: 'A policy has at most ten steps.' })} onClick={() => onChange([...steps, blankStep()])}>
          {text.addStep}
        </Button>
      </div>
    </div>
  );
}
