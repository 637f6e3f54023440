import { useState } from 'react';
import { api, send } from '#web/api.ts';
import { fieldText } from '#web/record/field-text.ts';
import { RecordForm } from '#web/record/RecordForm.tsx';
import { Checkbox, Field, Input, Select, Textarea } from '#web/ui/Field.tsx';
import { useGo } from '#web/ui/Link.tsx';
import { oncall } from '../contract.ts';
import type { Policy } from './PoliciesList.tsx';
import { Preview } from './Preview.tsx';
import { Steps } from './Steps.tsx';
import { blankStep, inputOf, isWhole, linesOf, type StepLine, type Urgency } from './steps.ts';
import { UrgencyFields } from './UrgencyFields.tsx';
import { words } from './words.ts';

const text = words.policy;
const REPEATS = [0, 1, 2, 3, 4, 5].map((value) => ({ value: String(value), label: value === 0 ? 'never' : value === 1 ? 'once' : `${value} times` }));

interface PolicyFieldsProps {
  readonly policy?: Policy;
  readonly onDone: (policy: Policy) => void;
  readonly onCancel: () => void;
}

/** Makes a policy, or changes one when it is given. */
export function PolicyFields({ policy, onDone, onCancel }: PolicyFieldsProps) {
  const [steps, setSteps] = useState<readonly StepLine[]>(() => (policy ? linesOf(policy) : [blankStep()]));
  const [urgency, setUrgency] = useState<Urgency>(policy?.urgency ?? { by: 'high', support: null });
  const [answerMinutes, setAnswerMinutes] = useState(policy?.answerMinutes ?? 30);
  const [repeat, setRepeat] = useState(policy?.repeat ?? 1);
  return (
    <RecordForm
      {...(!policy && { title: text.formTitle, sub: text.formSub })}
      draftKey={policy ? `edit ${policy.number}` : 'policy'}
      submit={policy ? words.save : text.submit}
      onCancel={onCancel}
      onSubmit={(values) => {
        const said = {
          name: fieldText(values, 'name'),
          about: fieldText(values, 'about'),
          repeat,
          isDefault: values.get('isDefault') === 'on',
          steps: inputOf(steps),
          urgency,
          answerMinutes,
        };
        const restart = values.get('restart') === 'on';
        return policy ? send(api(oncall).updatePolicy, { number: policy.number, version: policy.version, ...said, restart }, onDone) : send(api(oncall).createPolicy, said, onDone);
      }}
    >
      <Field name="name" label={words.name} hint="Like “Infrastructure, critical”.">
        <Input defaultValue={policy?.name} required />
      </Field>
      <Field name="about" label={words.about} optional>
        <Textarea defaultValue={policy?.about} />
      </Field>
      <Steps steps={steps} onChange={setSteps} />
      <Field name="repeat" label={text.repeat} hint={text.repeatHint}>
        <Select options={REPEATS} value={String(repeat)} onChange={(event) => setRepeat(Number(event.currentTarget.value))} />
      </Field>
      <UrgencyFields urgency={urgency} onChange={setUrgency} answerMinutes={answerMinutes} onAnswer={setAnswerMinutes} />
      <Checkbox name="isDefault" label={text.isDefault} defaultChecked={policy?.isDefault ?? false} />
      {policy ? <Checkbox name="restart" label={text.restart} hint={text.restartHint} /> : null}
      <Preview said asked={{ steps: inputOf(steps), repeat, urgency }} ready={isWhole(steps)} />
    </RecordForm>
  );
}

export default function PolicyForm() {
  const go = useGo();
  return <PolicyFields onCancel={() => go('/policies')} onDone={(policy) => go(`/policies/${policy.number}`)} />;
}
