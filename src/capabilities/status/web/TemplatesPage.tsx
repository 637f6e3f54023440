import { useState } from 'react';
import { useAddress } from '#web/address.ts';
import { api, send, useRead, useWrite } from '#web/api.ts';
import { fieldText } from '#web/record/field-text.ts';
import { RecordForm } from '#web/record/RecordForm.tsx';
import { RecordWaiting } from '#web/record/RecordWaiting.tsx';
import { useMay } from '#web/session.ts';
import type { Out } from '#kernel/contract.ts';
import { Button } from '#web/ui/Button.tsx';
import { Field, Input, Textarea } from '#web/ui/Field.tsx';
import { Crumbs, Note, Section } from '#web/ui/Parts.tsx';
import { Badge } from '#web/ui/Status.tsx';
import { Tabs } from '#web/ui/Tabs.tsx';
import { status } from '../contract/index.ts';
import { AUDIENCES, FACTS } from '../rules/templates.ts';
import './status.css';
import { words } from './words.ts';

const text = words.telling;
const client = api(status);
type Template = Out<typeof status.verbs.templates>['items'][number];
type Audience = Out<typeof status.verbs.audiences>['items'][number];

/** What each audience is told, and who belongs to it. */
export default function TemplatesPage() {
  const { search } = useAddress();
  const may = useMay('status.manage');
  const { data, problem, again } = useRead(client.templates, {});
  const audiences = useRead(client.audiences, {});
  if (!data) return <RecordWaiting problem={problem} />;
  const current = AUDIENCES.find((one) => one === search['audience']) ?? 'technical';
  const audience = audiences.data?.items.find((one) => one.audience === current);
  return (
    <>
      <Crumbs path={[{ label: words.title, href: '/status-pages' }, { label: text.title }]} />
      <h1>{text.title}</h1>
      <p className="lead">{text.sub}</p>
      <Tabs label={text.title} current={current} tabs={AUDIENCES.map((id) => ({ id, label: text.audiences[id], href: `/status-pages/templates?audience=${id}` }))} />
      {data.items
        .filter((template) => template.audience === current)
        .map((template) => (
          <TemplateOf key={`${current} ${template.occasion}`} template={template} may={may} onChange={again} />
        ))}
      {current === 'customers' ? <Note>{text.customers}</Note> : null}
      {audience ? <Belonging key={`who ${current}`} audience={audience} may={may} onChange={audiences.again} /> : null}
    </>
  );
}

function TemplateOf({ template, may, onChange }: { readonly template: Template; readonly may: boolean; readonly onChange: () => void }) {
  const { audience, occasion } = template;
  const [edits, setEdits] = useState(false);
  const { data: filled, again } = useRead(client.fillTemplate, { audience, occasion });
  const done = () => {
    setEdits(false);
    onChange();
    again();
  };
  const reset = useWrite(client.resetTemplate, done);
  const end = may ? (
    <>
      {template.edited ? (
        <Button size="small" variant="quiet" busy={reset.busy} onClick={() => reset.act({ audience, occasion })}>
          {text.reset}
        </Button>
      ) : null}
      <Button size="small" aria-label={`${text.edit}: ${text.occasions[occasion]}`} onClick={() => setEdits(!edits)}>
        {text.edit}
      </Button>
    </>
  ) : null;
  return (
    <Section title={text.occasions[occasion]} count={template.edited ? <Badge>{text.edited}</Badge> : undefined} end={end}>
      {edits ? (
        <RecordForm
          draftKey={`template-${audience}-${occasion}`}
          submit={text.save}
          onCancel={() => setEdits(false)}
          onSubmit={(values) => send(client.changeTemplate, { audience, occasion, title: fieldText(values, 'title'), text: fieldText(values, 'text') }, done)}
        >
          <Field name="title" label={text.subject}>
            <Input required defaultValue={template.title} />
          </Field>
          <Field
            name="text"
            label={text.text}
            hint={text.facts(
              Object.keys(FACTS)
                .map((name) => `{${name}}`)
                .join(', '),
            )}
          >
            <Textarea rows={8} required defaultValue={template.text} />
          </Field>
        </RecordForm>
      ) : filled ? (
        <div className="mail">
          <p className="dim s12">{text.example}</p>
          <b className="b">{filled.title}</b>
          <p className="mailtext">{filled.text}</p>
          {filled.unknown.length > 0 ? <p className="dim s12">{text.unknown(filled.unknown.join(', '))}</p> : null}
        </div>
      ) : null}
    </Section>
  );
}

const numbersOf = (values: FormData, name: string) =>
  fieldText(values, name)
    .split(/[\s,]+/)
    .filter(Boolean);

function Belonging({ audience, may, onChange }: { readonly audience: Audience; readonly may: boolean; readonly onChange: () => void }) {
  const [edits, setEdits] = useState(false);
  const inside = audience.audience;
  const kinds = ['people', 'teams', 'channels'] as const;
  const everybody = kinds.flatMap((kind) => audience[kind]);
  const end = may ? (
    <Button size="small" aria-label={`${text.edit}: ${text.who}`} onClick={() => setEdits(!edits)}>
      {text.edit}
    </Button>
  ) : null;
  return (
    <Section title={text.who} end={end}>
      {edits && inside !== 'customers' ? (
        <RecordForm
          draftKey={`audience-${inside}`}
          submit={text.save}
          onCancel={() => setEdits(false)}
          onSubmit={(values) =>
            send(
              client.changeAudience,
              { audience: inside, people: numbersOf(values, 'people'), teams: numbersOf(values, 'teams'), channels: numbersOf(values, 'channels') },
              () => {
                setEdits(false);
                onChange();
              },
            )
          }
        >
          {kinds.map((kind) => (
            <Field key={kind} name={kind} label={text[kind]} hint={text.numbers} optional>
              <Input defaultValue={audience[kind].map(({ number }) => number).join(' ')} />
            </Field>
          ))}
        </RecordForm>
      ) : everybody.length === 0 ? (
        <p className="dim s13">{text.nobody}</p>
      ) : (
        <ul className="plainrows">
          {everybody.map(({ id, title, number }) => (
            <li key={id}>
              <span>
                {title} <span className="id">{number}</span>
              </span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
