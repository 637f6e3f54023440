import { CalendarClock, Hash, UserRound, Users, X } from 'lucide-react';
import { notify } from '#capabilities/notify/contract.ts';
import { rotas as rotaContract } from '#capabilities/rotas/contract/index.ts';
import { api } from '#web/api.ts';
import { searchPeople, searchTeams } from '#web/record/choices.tsx';
import { Fold } from '#web/record/Fold.tsx';
import { Button } from '#web/ui/Button.tsx';
import { Combobox, type Choosable } from '#web/ui/Combobox.tsx';
import { Checkbox, Field, Input } from '#web/ui/Field.tsx';
import { Icon } from '#web/ui/Icon.tsx';
import { useZone } from '#web/ui/now.ts';
import { SEVERITIES } from '../rules/conditions.ts';
import type { StepLine, TargetKind, When } from './steps.ts';
import { officeHours, WeeklyTimes } from './WeeklyTimes.tsx';
import { words } from './words.ts';
import './paging.css';

const text = words.policy;
export const PICTURES = { rota: CalendarClock, person: UserRound, team: Users, channel: Hash } as const;
const KIND_OF: Readonly<Record<string, TargetKind>> = { ROT: 'rota', PER: 'person', TEAM: 'team', CHN: 'channel' };
const TIERS = [1, 2, 3, 4];

/** Rotas first: they are what a policy should name. */
async function searchTargets(q: string): Promise<readonly Choosable[]> {
  const named = q.trim().toLowerCase();
  const [rotas, teams, people, channels] = await Promise.all([
    api(rotaContract).list({ limit: 8, ...(q && { q }) }),
    searchTeams(q),
    searchPeople(q),
    api(notify)
      .channels({ limit: 100 })
      .catch(() => ({ items: [] })),
  ]);
  const found = channels.items.filter(({ name }) => name.toLowerCase().includes(named)).slice(0, 8);
  return [
    ...rotas.items.map(({ number, name }) => ({ id: number, label: name, detail: 'rota', picture: <Icon of={CalendarClock} size={14} /> })),
    ...teams,
    ...found.map(({ number, name }) => ({ id: number, label: name, detail: 'channel', picture: <Icon of={Hash} size={14} /> })),
    ...people.slice(0, 8),
  ];
}

interface ConditionProps {
  readonly at: number;
  readonly when: When;
  readonly onChange: (when: When) => void;
}

const toggled = <T,>(list: readonly T[], one: T): T[] => (list.includes(one) ? list.filter((each) => each !== one) : [...list, one]);

/** When the step applies; what is not chosen is not asked for. */
function Condition({ at, when, onChange }: ConditionProps) {
  const zone = useZone();
  const { severities = [], tiers = [], times } = when;
  return (
    <Fold label={text.when} fields={[`steps.${at}.when`]} filled={severities.length + tiers.length > 0 || times !== undefined}>
      <div className="row wrap" role="group" aria-label={text.severities}>
        <span className="lbl2">{text.severities}</span>
        {SEVERITIES.map((severity) => (
          <Checkbox key={severity} label={severity} checked={severities.includes(severity)} onChange={() => onChange({ ...when, severities: toggled(severities, severity) })} />
        ))}
      </div>
      <div className="row wrap" role="group" aria-label={text.tiers}>
        <span className="lbl2">{text.tiers}</span>
        {TIERS.map((tier) => (
          <Checkbox key={tier} label={`tier ${tier}`} checked={tiers.includes(tier)} onChange={() => onChange({ ...when, tiers: toggled(tiers, tier) })} />
        ))}
      </div>
      <Checkbox
        label={text.atTimes}
        checked={times !== undefined}
        onChange={(event) => onChange(event.currentTarget.checked ? { ...when, times: officeHours(zone) } : { severities, tiers })}
      />
      {times ? <WeeklyTimes label={text.atTimes} times={times} onChange={(to) => onChange({ ...when, times: to })} /> : null}
    </Fold>
  );
}

interface StepCardProps {
  readonly step: StepLine;
  readonly at: number;
  readonly only: boolean;
  readonly onChange: (to: Partial<StepLine>) => void;
  readonly onRemove: () => void;
}

/** One step: whom it pages, how, when, and how long it waits. */
export function StepCard({ step, at, only, onChange, onRemove }: StepCardProps) {
  function add(choice: Choosable | undefined) {
    const kind = KIND_OF[choice?.id.split('-')[0] ?? ''];
    if (!choice || !kind || step.targets.some(({ number }) => number === choice.id)) return;
    onChange({ targets: [...step.targets, { kind, number: choice.id, title: choice.label }] });
  }
  return (
    <div className="stepbox" role="group" aria-label={`${text.step} ${at + 1}`}>
      <div className="row">
        <b className="b s13">
          {text.step} {at + 1}
        </b>
        <Button square size="small" variant="quiet" icon={X} aria-label={`${text.removeStep} ${at + 1}`} {...(only && { refused: text.oneStep })} onClick={onRemove} />
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
                  onClick={() => onChange({ targets: step.targets.filter(({ number }) => number !== target.number) })}
                />
              </span>
            ))}
          </span>
        ) : null}
        <Combobox label={text.addTarget} none={text.addTarget} search={searchTargets} onChoose={add} />
      </Field>
      <Field name={`steps.${at}.waitMinutes`} label={text.wait}>
        <Input type="number" min={1} max={9000} value={step.waitMinutes} onChange={(event) => onChange({ waitMinutes: Number(event.currentTarget.value) })} />
      </Field>
      <Checkbox label={text.turns} hint={text.turnsHint} checked={step.turns} onChange={(event) => onChange({ turns: event.currentTarget.checked })} />
      <Checkbox label={text.everyone} hint={text.everyoneHint} checked={step.everyone} onChange={(event) => onChange({ everyone: event.currentTarget.checked })} />
      <Condition at={at} when={step.when} onChange={(when) => onChange({ when })} />
    </div>
  );
}
