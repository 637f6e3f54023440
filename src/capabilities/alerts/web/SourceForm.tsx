import { useState } from 'react';
import { api, send } from '#web/api.ts';
import { searchServices, recordChoice } from '#web/record/choices.tsx';
import { Choose } from '#web/record/Choose.tsx';
import { RecordForm } from '#web/record/RecordForm.tsx';
import { Button } from '#web/ui/Button.tsx';
import { Field, Input, Textarea } from '#web/ui/Field.tsx';
import { useGo } from '#web/ui/Link.tsx';
import { alerts } from '../contract/index.ts';
import { Snippets, type Key } from './Snippets.tsx';
import type { Source } from './SourceHealth.tsx';
import { words } from './words.ts';
import { fieldText } from '#web/record/field-text.ts';

const text = words.sourceForm;

interface SourceFieldsProps {
  readonly source?: Source;
  readonly onMade?: (key: Key) => void;
  readonly onDone?: () => void;
  readonly onCancel: () => void;
}

/** Connects a source, or changes one when it is given. */
export function SourceFields({ source, onMade, onDone, onCancel }: SourceFieldsProps) {
  return (
    <RecordForm
      {...(!source && { title: text.title, sub: text.sub })}
      draftKey={source ? `edit ${source.number}` : 'source'}
      submit={source ? words.save : text.submit}
      onCancel={onCancel}
      onSubmit={(values) => {
        const said = { name: fieldText(values, 'name'), about: fieldText(values, 'about'), service: fieldText(values, 'service') || null };
        if (source) return send(api(alerts).updateSource, { number: source.number, version: source.version, ...said }, () => onDone?.());
        return send(api(alerts).createSource, said, (key) => onMade?.(key));
      }}
    >
      <Field name="name" label={words.name} hint="Like “Alertmanager, Frankfurt”.">
        <Input defaultValue={source?.name} required maxLength={200} />
      </Field>
      <Field name="about" label={words.about} optional>
        <Textarea defaultValue={source?.about} />
      </Field>
      <Choose optional name="service" label={words.service} hint={words.serviceHint} search={searchServices} start={source?.service ? recordChoice(source.service) : undefined} />
    </RecordForm>
  );
}

export default function SourceForm() {
  const go = useGo();
  const [made, setMade] = useState<Key>();
  if (!made) return <SourceFields onMade={setMade} onCancel={() => go('/alerts/sources')} />;
  return (
    <div className="setsec stack16">
      <h1>{text.done(made.source.name)}</h1>
      <Snippets made={made} />
      <div className="row">
        <Button variant="primary" href={`/sources/${made.source.number}`}>
          {text.open}
        </Button>
      </div>
    </div>
  );
}
