import { api, send, useRead } from '#web/api.ts';
import { fieldText } from '#web/record/field-text.ts';
import { RecordForm } from '#web/record/RecordForm.tsx';
import { Button } from '#web/ui/Button.tsx';
import { Dialog } from '#web/ui/Dialog.tsx';
import { Field, Textarea } from '#web/ui/Field.tsx';
import { Note } from '#web/ui/Parts.tsx';
import { useZone } from '#web/ui/now.ts';
import { fullTime } from '#web/ui/time.ts';
import { checks } from '../contract/index.ts';
import { readTargets, writeTargets } from '../rules/index.ts';
import { words } from './words.ts';

const text = words.guard;
export const useGuard = () => useRead(api(checks).guard, {}, { on: ['checks.'] });

/** Says when the desk sees nothing, and, to whom may change that, when nothing would tell. */
export function GuardNote({ onSet, any }: { readonly onSet: (() => void) | undefined; readonly any: boolean }) {
  const zone = useZone();
  const { data } = useGuard();
  if (data?.blindSince)
    return (
      <div className="guardnote">
        <Note live state="critical">
          {words.list.blind(fullTime(data.blindSince, zone))}
        </Note>
      </div>
    );
  if (!data || data.targets.length > 0 || !onSet || !any) return null;
  return (
    <div className="guardnote">
      <Note
        state="info"
        end={
          <Button size="small" onClick={onSet}>
            {words.list.targets}
          </Button>
        }
      >
        {words.list.unguarded}
      </Note>
    </div>
  );
}

/** What is asked before a failure is believed. */
export function GuardDialog({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const { data } = useGuard();
  return (
    <Dialog title={text.title} open={open && data !== undefined} onClose={onClose}>
      <RecordForm
        draftKey="reference targets"
        submit={text.save}
        onCancel={onClose}
        onSubmit={async (values) => {
          const problem = await send(api(checks).setGuard, { targets: [...readTargets(fieldText(values, 'targets'))] }, onClose);
          return problem?.fields ? { ...problem, fields: problem.fields.slice(0, 1).map((each) => ({ ...each, field: 'targets' })) } : problem;
        }}
      >
        <p className="dim s13">{text.text}</p>
        <Field name="targets" label={text.field} hint={text.hint} optional>
          <Textarea defaultValue={writeTargets(data?.targets ?? [])} rows={5} spellCheck={false} autoCapitalize="none" />
        </Field>
      </RecordForm>
    </Dialog>
  );
}
