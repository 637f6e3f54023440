import { useState } from 'react';
import { api, send } from '#web/api.ts';
import { searchPeople } from '#web/record/choices.tsx';
import { Choose } from '#web/record/Choose.tsx';
import { RecordForm } from '#web/record/RecordForm.tsx';
import { Field, Input, Select } from '#web/ui/Field.tsx';
import { Card, Note } from '#web/ui/Parts.tsx';
import { rotas } from '../contract/index.ts';
import { type Rota } from './LayerFields.tsx';
import { words } from './words.ts';
import { fieldText } from '#web/record/field-text.ts';

const text = words.rota;

interface AddOverrideProps {
  readonly rota: Rota;
  readonly refused: string | null;
  /** Wall-clock times of the rota that are offered. */
  readonly from: string;
  readonly until: string;
}

/** Lets somebody else, or nobody, be on call for a time. */
export function AddOverride({ rota, refused, from, until }: AddOverrideProps) {
  const [turn, setTurn] = useState(0);
  return (
    <div id="override">
      <Card title={text.addTitle}>
        {refused ? (
          <Note state="unknown">{refused}</Note>
        ) : (
          <RecordForm
            key={turn}
            draftKey={`override ${rota.number} ${from}`}
            submit={text.override}
            onSubmit={(values) =>
              send(
                api(rotas).override,
                {
                  number: rota.number,
                  person: fieldText(values, 'person') || null,
                  from: fieldText(values, 'from'),
                  until: fieldText(values, 'until'),
                  layerId: fieldText(values, 'layerId') || null,
                  note: fieldText(values, 'note'),
                },
                () => setTurn(turn + 1),
              )
            }
          >
            <Choose optional name="person" label={text.who} none={words.nobody} hint={text.whoNone} search={searchPeople} />
            <Field name="from" label={text.from} hint={rota.zone.replaceAll('_', ' ')}>
              <Input type="datetime-local" defaultValue={from} required />
            </Field>
            <Field name="until" label={text.until}>
              <Input type="datetime-local" defaultValue={until} required />
            </Field>
            {rota.layers.length > 1 ? (
              <Field name="layerId" label={text.layer} optional>
                <Select none={text.anyLayer} options={rota.layers.map(({ id, name }) => ({ value: id, label: name }))} />
              </Field>
            ) : null}
            <Field name="note" label={text.note} optional>
              <Input maxLength={300} />
            </Field>
          </RecordForm>
        )}
      </Card>
    </div>
  );
}
