import { api, send } from '#web/api.ts';
import { fieldText } from '#web/record/field-text.ts';
import { RecordForm } from '#web/record/RecordForm.tsx';
import { Dialog } from '#web/ui/Dialog.tsx';
import { Field, Input } from '#web/ui/Field.tsx';
import { useNow, useZone } from '#web/ui/now.ts';
import { DAY, instantOf, wallOf } from '#web/ui/time.ts';
import { catalog, type Card } from '../../contract/index.ts';
import { words } from './words.ts';

const LATER = 30 * DAY;

interface IgnoreProps {
  readonly card: Card | undefined;
  readonly onClose: () => void;
  readonly onDone: (card: Card) => void;
}

/** Leaves a question alone until the morning of a day. */
export function Ignore({ card, onClose, onDone }: IgnoreProps) {
  const zone = useZone();
  const now = useNow('minute');
  const { year, month, day } = wallOf(now + LATER, zone);
  const start = [year, String(month).padStart(2, '0'), String(day).padStart(2, '0')].join('-');
  return (
    <Dialog title={words.ignoreTitle} sub={words.ignoreText} open={card !== undefined} onClose={onClose}>
      {card ? (
        <RecordForm
          draftKey={`ignore ${card.id}`}
          submit={words.leave}
          onCancel={onClose}
          onSubmit={(values) => {
            const [y = 0, m = 1, d = 1] = (fieldText(values, 'until') || start).split('-').map(Number);
            const until = new Date(instantOf({ year: y, month: m, day: d, hour: 8, minute: 0, second: 0 }, zone)).toISOString();
            return send(api(catalog).ignoreCard, { id: card.id, until, reason: fieldText(values, 'reason') }, onDone);
          }}
        >
          <p className="b">{card.sentence}</p>
          <Field name="until" label={words.until}>
            <Input type="date" defaultValue={start} required />
          </Field>
          <Field name="reason" label={words.reason} hint={words.reasonHint}>
            <Input maxLength={300} required autoComplete="off" />
          </Field>
        </RecordForm>
      ) : null}
    </Dialog>
  );
}
