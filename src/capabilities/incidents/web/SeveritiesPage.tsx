import { useState } from 'react';
import { useTitle } from '#web/address.ts';
import { send, useRead } from '#web/api.ts';
import { RecordForm } from '#web/record/RecordForm.tsx';
import { fieldText } from '#web/record/field-text.ts';
import { Button } from '#web/ui/Button.tsx';
import { Field, Input, Textarea } from '#web/ui/Field.tsx';
import { Crumbs, Note, Skeleton } from '#web/ui/Parts.tsx';
import { Ago } from '#web/ui/Time.tsx';
import '#web/styles/run.css';
import type { SeverityDefinition } from '../contract/severities.ts';
import { incidentsApi } from './api.ts';
import { SeverityMark } from './look.tsx';
import { words } from './words.ts';

const text = words.definitions;

/** What each severity means in this house: what people choose by at 03:00. */
export default function SeveritiesPage() {
  const { data, problem } = useRead(incidentsApi.severities, {}, { on: ['severity.'] });
  const [open, setOpen] = useState<string>();
  useTitle(text.title);
  return (
    <>
      <Crumbs path={[{ label: words.list.title, href: '/incidents' }, { label: text.title }]} />
      <div className="listhead">
        <h1>{text.title}</h1>
      </div>
      <p className="lead">{text.sub}</p>
      {problem ? <Note state="warning">{problem.sentence}</Note> : null}
      {data ? null : <Skeleton width="70%" />}
      <ul className="plainrows severities">
        {data?.items.map((one) => (
          <li key={one.severity}>
            {open === one.severity ? (
              <Edit definition={one} onDone={() => setOpen(undefined)} />
            ) : (
              <>
                <span>
                  <SeverityMark severity={one.severity} /> <b className="b">{one.means}</b>
                  {one.examples ? <span className="why block">{one.examples}</span> : null}
                  <span className="why block">
                    {one.writtenBy && one.at ? (
                      <>
                        {text.by(one.writtenBy.title)} <Ago at={one.at} />
                      </>
                    ) : (
                      text.ours
                    )}
                  </span>
                </span>
                <span className="end">
                  <Button size="small" refused={data.may.write} aria-label={`${text.edit} ${one.severity}`} onClick={() => setOpen(one.severity)}>
                    {text.edit}
                  </Button>
                </span>
              </>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

function Edit({ definition, onDone }: { readonly definition: SeverityDefinition; readonly onDone: () => void }) {
  const { severity, means, examples } = definition;
  return (
    <RecordForm
      draftKey={`severity ${severity}`}
      submit={text.save}
      onCancel={onDone}
      onSubmit={(values) => send(incidentsApi.defineSeverity, { severity, means: fieldText(values, 'means'), examples: fieldText(values, 'examples') }, onDone)}
    >
      <SeverityMark severity={severity} />
      <Field name="means" label={text.means} hint={text.meansHint}>
        <Input defaultValue={means} maxLength={300} />
      </Field>
      <Field name="examples" label={text.examples} optional>
        <Textarea defaultValue={examples} maxLength={1000} />
      </Field>
    </RecordForm>
  );
}
