import { useState } from 'react';
import { api, send } from '#web/api.ts';
import { searchTeams } from '#web/record/choices.tsx';
import { Choose } from '#web/record/Choose.tsx';
import { RecordForm } from '#web/record/RecordForm.tsx';
import { Field, Input, Select, Textarea } from '#web/ui/Field.tsx';
import { useGo } from '#web/ui/Link.tsx';
import { useZone } from '#web/ui/now.ts';
import { rotas } from '../contract/index.ts';
import { layerOf, namedAsHere } from './layer-values.ts';
import { LayerFields } from './LayerFields.tsx';
import { windowOf } from './window.ts';
import { words } from './words.ts';
import { zoneOptions } from '#web/ui/zones.ts';
import { fieldText } from '#web/record/field-text.ts';

const text = words.rotaForm;

/** Makes a rota with its first layer; the first handover offered is this Monday at nine. */
export default function RotaForm() {
  const go = useGo();
  const zone = useZone();
  const [now] = useState(Date.now);
  return (
    <RecordForm
      title={text.title}
      sub={text.sub}
      draftKey="rota"
      submit={text.submit}
      onCancel={() => go('/on-call')}
      onSubmit={async (values) => {
        const team = fieldText(values, 'team');
        const said = { name: fieldText(values, 'name'), about: fieldText(values, 'about'), zone: fieldText(values, 'zone'), ...(team && { team }), layer: layerOf(values) };
        return namedAsHere(await send(api(rotas).create, said, (rota) => go(`/on-call/${rota.number}`)));
      }}
    >
      <Field name="name" label={words.name} hint="Like “Infrastructure”.">
        <Input required maxLength={200} />
      </Field>
      <Field name="about" label={words.about} optional>
        <Textarea />
      </Field>
      <Field name="zone" label={text.zone} hint={text.zoneHint}>
        <Select defaultValue={zone} options={zoneOptions([zone])} />
      </Field>
      <Choose optional name="team" label={words.team} search={searchTeams} />
      <LayerFields start={`${windowOf('week', undefined, { now, zone }).day}T09:00`} />
    </RecordForm>
  );
}
