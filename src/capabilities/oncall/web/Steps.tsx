import { Plus } from 'lucide-react';
import { Button } from '#web/ui/Button.tsx';
import { StepCard } from './StepCard.tsx';
import { blankStep, type StepLine } from './steps.ts';
import { words } from './words.ts';

interface StepsProps {
  readonly steps: readonly StepLine[];
  readonly onChange: (steps: readonly StepLine[]) => void;
}

/** The steps of a policy, each with whom it pages and how long it waits. */
export function Steps({ steps, onChange }: StepsProps) {
  return (
    <div className="stack8">
      {steps.map((step, at) => (
        <StepCard
          key={step.key}
          step={step}
          at={at}
          only={steps.length === 1}
          onChange={(to) => onChange(steps.map((one) => (one.key === step.key ? { ...one, ...to } : one)))}
          onRemove={() => onChange(steps.filter(({ key }) => key !== step.key))}
        />
      ))}
      <div className="row">
        <Button size="small" icon={Plus} {...(steps.length >= 10 && { refused: words.policy.mostSteps })} onClick={() => onChange([...steps, blankStep()])}>
          {words.policy.addStep}
        </Button>
      </div>
    </div>
  );
}
