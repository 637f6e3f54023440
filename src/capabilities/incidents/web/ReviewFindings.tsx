import { Plus } from 'lucide-react';
import { useState } from 'react';
import { send, useRead, useWrite } from '#web/api.ts';
import { fieldText } from '#web/record/field-text.ts';
import { RecordForm } from '#web/record/RecordForm.tsx';
import { Button } from '#web/ui/Button.tsx';
import { Dialog } from '#web/ui/Dialog.tsx';
import { Field, Input, Select, Textarea } from '#web/ui/Field.tsx';
import { Link } from '#web/ui/Link.tsx';
import { Note, Section } from '#web/ui/Parts.tsx';
import { Badge, StatusText } from '#web/ui/Status.tsx';
import type { ReviewPage } from '../contract/review.ts';
import type { Finding } from '../contract.ts';
import { incidentsApi } from './api.ts';
import { Linked } from './look.tsx';
import { words } from './words.ts';

const text = words.review;

interface Asked {
  readonly what: 'write' | 'reason';
  readonly finding?: Finding;
}

function Ask({ number, asked: { what, finding }, onClose }: { readonly number: string; readonly asked: Asked; readonly onClose: () => void }) {
  const factors = useRead(incidentsApi.factors, {});
  const options = (factors.data?.items ?? [])
    .filter(({ retired, name }) => !retired || name === finding?.factor)
    .map(({ name, category }) => ({ value: name, label: `${name} (${category})` }));
  const draftKey = `${what} ${finding?.id ?? number}`;
  if (what === 'reason' && finding)
    return (
      <Dialog title={text.whyNoneTitle} sub={finding.factor} open onClose={onClose}>
        <RecordForm
          draftKey={draftKey}
          submit={text.save}
          onCancel={onClose}
          onSubmit={(values) => send(incidentsApi.changeFinding, { number, finding: finding.id, noActionReason: fieldText(values, 'noActionReason') }, onClose)}
        >
          <Field name="noActionReason" label={text.whyNoneLabel}>
            <Input defaultValue={finding.noActionReason} autoFocus autoComplete="off" />
          </Field>
        </RecordForm>
      </Dialog>
    );
  return (
    <Dialog title={finding ? text.editFinding : text.addFinding} open onClose={onClose}>
      <RecordForm
        draftKey={draftKey}
        submit={text.save}
        onCancel={onClose}
        onSubmit={(values) => {
          const said = { number, factor: fieldText(values, 'factor'), text: fieldText(values, 'text') };
          return finding ? send(incidentsApi.changeFinding, { ...said, finding: finding.id }, onClose) : send(incidentsApi.addFinding, said, onClose);
        }}
      >
        <Field name="factor" label={text.factor}>
          <Select key={options.length} options={options} none="" required defaultValue={finding?.factor ?? ''} />
        </Field>
        <Field name="text" label={text.how}>
          <Textarea defaultValue={finding?.text} required />
        </Field>
      </RecordForm>
    </Dialog>
  );
}

/** What had to come together; each leads to an action or says why not. */
export function ReviewFindings({ page }: { readonly page: ReviewPage }) {
  const { findings, may, review } = page;
  const [asked, setAsked] = useState<Asked>();
  const remove = useWrite(incidentsApi.removeFinding);
  return (
    <Section
      title={text.findings}
      {...(findings.length && { count: findings.length })}
      end={
        <Button variant="quiet" size="small" icon={Plus} refused={may.addFinding} onClick={() => setAsked({ what: 'write' })}>
          {text.addFinding}
        </Button>
      }
    >
      {remove.problem ? (
        <Note live state="critical">
          {remove.problem.sentence}
        </Note>
      ) : null}
      {findings.length ? (
        <ul className="findings">
          {findings.map((one) => (
            <li key={one.id}>
              <div className="row">
                <b className="b">{one.factor}</b>
                <Badge>{one.category}</Badge>
                {may.addFinding === null ? (
                  <span className="row noprint end">
                    <Button size="small" variant="quiet" aria-label={`${text.editFinding}: ${one.factor}`} onClick={() => setAsked({ what: 'write', finding: one })}>
                      {text.editFinding}
                    </Button>
                    {one.actions.length ? null : (
                      <Button size="small" variant="quiet" aria-label={`${text.whyNone}: ${one.factor}`} onClick={() => setAsked({ what: 'reason', finding: one })}>
                        {text.whyNone}
                      </Button>
                    )}
                    <Button
                      size="small"
                      variant="quiet"
                      busy={remove.busy}
                      aria-label={`${text.removeFinding}: ${one.factor}`}
                      onClick={() => remove.act({ number: review.number, finding: one.id })}
                    >
                      {text.removeFinding}
                    </Button>
                  </span>
                ) : null}
              </div>
              <p className="prose pre essay">
                <Linked text={one.text} />
              </p>
              <p className="s12">
                {one.actions.length ? (
                  one.actions.map((action) => (
                    <Link key={action} className="l id" href={`/actions/${action}`}>
                      {action}{' '}
                    </Link>
                  ))
                ) : one.noActionReason ? (
                  <span className="dim">
                    {text.becauseOf} {one.noActionReason}
                  </span>
                ) : (
                  <StatusText state="warning">{text.needs}</StatusText>
                )}
              </p>
            </li>
          ))}
        </ul>
      ) : (
        <p className="dim s13">{review.noActionReason || text.findingsNone}</p>
      )}
      {asked ? <Ask number={review.number} asked={asked} onClose={() => setAsked(undefined)} /> : null}
    </Section>
  );
}

/** Where the words may blame somebody, and what to ask instead; nothing is forbidden. */
export function ReviewWording({ page }: { readonly page: ReviewPage }) {
  const { wording } = page;
  if (!wording.length || page.review.state === 'closed') return null;
  const titles: Readonly<Record<string, string>> = text.sections;
  return (
    <div className="noprint">
      <Note state="info">
        <b className="b">{text.wording}</b> {text.wordingSub}
        <ul className="bullets">
          {wording.map(({ where, quote, sentence, suggestion }, at) => (
            <li key={at}>
              “{quote}” ({titles[where] ?? where}). {sentence} {suggestion}
            </li>
          ))}
        </ul>
      </Note>
    </div>
  );
}
