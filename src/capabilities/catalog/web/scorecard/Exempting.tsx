import { api, send } from '#web/api.ts';
import { fieldText } from '#web/record/field-text.ts';
import { RecordForm } from '#web/record/RecordForm.tsx';
import { Dialog } from '#web/ui/Dialog.tsx';
import { Field, Input, Textarea } from '#web/ui/Field.tsx';
import { useNow } from '#web/ui/now.ts';
import { catalog, type ScoreRule } from '../../contract/index.ts';
import { words } from './words.ts';

const text = words.panel;
const DAY = 86_400_000;
const QUARTER = 90;

interface ExemptingProps {
  readonly number: string;
  readonly rule: ScoreRule;
  readonly onClose: () => void;
}

/** Asks why a service need not pass a rule, and until when. */
export function Exempting({ number, rule, onClose }: ExemptingProps) {
  const now = useNow('minute');
  const day = (days: number) => new Date(now + days * DAY).toISOString().slice(0, 10);
  return (
    <Dialog open title={text.exemptTitle(rule.title)} sub={text.exemptText} onClose={onClose}>
      <RecordForm
        draftKey={`exempt ${number} ${rule.id}`}
        submit={text.exempt}
        onCancel={onClose}
        onSubmit={(values) => send(api(catalog).exempt, { number, rule: rule.id, reason: fieldText(values, 'reason'), until: fieldText(values, 'until') }, onClose)}
      >
        <Field name="reason" label={text.reason} hint={text.reasonHint}>
          <Textarea required />
        </Field>
        <Field name="until" label={text.until} hint={text.untilHint}>
          <Input type="date" min={day(0)} max={day(365)} defaultValue={day(QUARTER)} required />
        </Field>
      </RecordForm>
    </Dialog>
  );
}
