import { api, send } from '#web/api.ts';
import { recordChoice, searchTeams } from '#web/record/choices.tsx';
import { Choose } from '#web/record/Choose.tsx';
import { RecordForm } from '#web/record/RecordForm.tsx';
import { Dialog } from '#web/ui/Dialog.tsx';
import { Field, Input, Textarea } from '#web/ui/Field.tsx';
import { rotas } from '../contract/index.ts';
import { type Rota } from './LayerFields.tsx';
import { words } from './words.ts';
import { fieldText } from '#web/record/field-text.ts';

/** Renames or describes a rota, or gives it to a team. */
export function RotaChange({ rota, onDone }: { readonly rota: Rota; readonly onDone: () => void }) {
  const { number, version } = rota;
  return (
    <Dialog title={words.rota.change} open onClose={onDone}>
      <RecordForm
        draftKey={`edit ${number}`}
        submit={words.save}
        onCancel={onDone}
        onSubmit={(values) =>
          send(api(rotas).update, { number, version, name: fieldText(values, 'name'), about: fieldText(values, 'about'), team: fieldText(values, 'team') || null }, onDone)
        }
      >
        <Field name="name" label={words.name}>
          <Input defaultValue={rota.name} required />
        </Field>
        <Field name="about" label={words.about} optional>
          <Textarea defaultValue={rota.about} />
        </Field>
        <Choose optional name="team" label={words.team} search={searchTeams} start={rota.team ? recordChoice(rota.team) : undefined} />
      </RecordForm>
    </Dialog>
  );
}
