import type { ReactNode } from 'react';
import { send } from '#web/api.ts';
import { searchPeople } from '#web/record/choices.tsx';
import { Choose } from '#web/record/Choose.tsx';
import { RecordForm } from '#web/record/RecordForm.tsx';
import { Dialog } from '#web/ui/Dialog.tsx';
import { Checkbox, Field, Input, Select, Textarea } from '#web/ui/Field.tsx';
import { Note as Hint } from '#web/ui/Parts.tsx';
import type { ShownProblem } from '#web/ui/problem.ts';
import { noteKind, noteResult, stage as stages, type IncidentPage, type IncidentRole, type Note } from '../contract.ts';
import { incidentsApi } from './api.ts';
import { EditIncident, Here, Readers, RoleForm } from './AskPeople.tsx';
import { severityOf, SeverityPick, stageOptions } from './look.tsx';
import { words } from './words.ts';
import { fieldText } from '#web/record/field-text.ts';

const text = words.ask;
const board = words.board;

/** One question of the incident's page. */
export type Asked =
  | { readonly about: 'update' | 'resolve' | 'reopen' | 'severity' | 'move' | 'note' | 'here' | 'edit' | 'restrict' }
  | { readonly about: 'role'; readonly role: IncidentRole }
  | { readonly about: 'answer' | 'fix'; readonly note: Note };

export interface AskProps {
  readonly page: IncidentPage;
  readonly onClose: () => void;
}

const stageOf = (values: FormData) => {
  const found = stages.exclude(['resolved']).safeParse(fieldText(values, 'stage')).data;
  return found ? { stage: found } : {};
};
const resultOf = (values: FormData) => {
  const found = noteResult.safeParse(fieldText(values, 'result')).data;
  return found ? { result: found } : {};
};
const resultOptions = noteResult.options.map((value) => ({ value, label: board.results[value] }));

interface Question {
  readonly title: string;
  readonly sub?: string;
  readonly submit: string;
  readonly danger?: true;
  readonly fields: ReactNode;
  readonly onSubmit: (values: FormData) => Promise<ShownProblem | undefined>;
}

/** The questions that one short form answers. */
function questionOf(asked: Asked, { page, onClose }: AskProps): Question | undefined {
  const { incident, notes } = page;
  // Without the version that was seen: in a room where many act at once, a stale one must not hold up the change.
  const { number, severity } = incident;
  const unanswered = notes.filter((note) => note.kind === 'unknown' && note.answeredAt === null).length;
  const stage = (
    <Field name="stage" label={text.stage}>
      <Select defaultValue={incident.stage} options={stageOptions} />
    </Field>
  );
  switch (asked.about) {
    case 'update':
      return {
        title: text.updateTitle,
        sub: text.updateSub,
        submit: text.post,
        fields: (
          <>
            <Field name="text" label={text.updateText}>
              <Textarea rows={4} required autoFocus />
            </Field>
            {stage}
          </>
        ),
        onSubmit: (values) => send(incidentsApi.postUpdate, { number, text: fieldText(values, 'text'), ...stageOf(values) }, onClose),
      };
    case 'resolve':
      return {
        title: text.resolveTitle,
        sub: text.resolveSub,
        submit: text.resolve,
        fields: (
          <>
            {unanswered ? <Hint state="unknown">{text.unanswered(unanswered)}</Hint> : null}
            <Field name="resolution" label={text.resolution}>
              <Input required autoFocus autoComplete="off" />
            </Field>
            {severity === 'SEV1' || severity === 'SEV2' ? <p className="dim s12">{text.reviewFollows}</p> : <Checkbox name="review" label={text.wantReview} />}
            <Choose name="reviewOwner" label={text.reviewOwner} hint={text.reviewOwnerHint} optional search={searchPeople} />
          </>
        ),
        onSubmit: (values) => {
          const reviewOwner = fieldText(values, 'reviewOwner');
          return send(incidentsApi.resolve, { number, resolution: fieldText(values, 'resolution'), review: values.has('review'), ...(reviewOwner && { reviewOwner }) }, onClose);
        },
      };
    case 'reopen':
      return {
        title: text.reopenTitle,
        sub: text.reopenSub,
        submit: text.reopen,
        fields: (
          <Field name="reason" label={text.why}>
            <Input required autoFocus autoComplete="off" />
          </Field>
        ),
        onSubmit: (values) => send(incidentsApi.reopen, { number, reason: fieldText(values, 'reason') }, onClose),
      };
    case 'severity':
      return {
        title: text.severityTitle,
        sub: text.severitySub,
        submit: text.severity,
        fields: (
          <>
            <SeverityPick start={severity} />
            <Field name="reason" label={text.why} optional>
              <Input autoComplete="off" />
            </Field>
          </>
        ),
        onSubmit: (values) => send(incidentsApi.setSeverity, { number, severity: severityOf(values.get('severity')), reason: fieldText(values, 'reason') }, onClose),
      };
    case 'move':
      return {
        title: text.moveTitle,
        sub: text.moveSub,
        submit: text.move,
        fields: stage,
        onSubmit: (values) => send(incidentsApi.advance, { number, stage: 'investigating', ...stageOf(values) }, onClose),
      };
    case 'note':
      return {
        title: board.add,
        submit: board.add,
        fields: (
          <>
            <Field name="kind" label={board.kind}>
              <Select options={noteKind.options.map((value) => ({ value, label: board.kinds[value] }))} />
            </Field>
            <Field name="text" label={board.text}>
              <Textarea required autoFocus />
            </Field>
            <Field name="result" label={board.result} optional>
              <Select none={words.none} options={resultOptions} />
            </Field>
          </>
        ),
        onSubmit: (values) =>
          send(incidentsApi.addNote, { number, kind: noteKind.catch('tested').parse(fieldText(values, 'kind')), text: fieldText(values, 'text'), ...resultOf(values) }, onClose),
      };
    case 'answer':
      return {
        title: asked.note.text,
        submit: board.answer,
        fields: (
          <Field name="answer" label={board.answerLabel}>
            <Textarea autoFocus />
          </Field>
        ),
        onSubmit: (values) => send(incidentsApi.answerNote, { number, note: asked.note.id, answer: fieldText(values, 'answer') }, onClose),
      };
    case 'fix':
      return {
        title: board.fixTitle,
        submit: words.save,
        fields: (
          <>
            <Field name="text" label={board.text}>
              <Textarea defaultValue={asked.note.text} required autoFocus />
            </Field>
            <Field name="result" label={board.result}>
              <Select defaultValue={asked.note.result} options={resultOptions} />
            </Field>
          </>
        ),
        onSubmit: (values) => send(incidentsApi.changeNote, { number, note: asked.note.id, text: fieldText(values, 'text'), ...resultOf(values) }, onClose),
      };
    default:
      return undefined;
  }
}

function Form({ asked, page, onClose }: AskProps & { readonly asked: Asked }) {
  const question = questionOf(asked, { page, onClose });
  if (!question) return null;
  const { title, sub, submit, fields, onSubmit } = question;
  return (
    <Dialog title={title} {...(sub && { sub })} open onClose={onClose}>
      <RecordForm draftKey={`${asked.about} ${page.incident.number}`} submit={submit} onSubmit={onSubmit} onCancel={onClose}>
        {fields}
      </RecordForm>
    </Dialog>
  );
}

/** The dialog that asks it. */
export function Ask({ asked, ...rest }: AskProps & { readonly asked: Asked }) {
  if (asked.about === 'role') return <RoleForm role={asked.role} {...rest} />;
  if (asked.about === 'here') return <Here {...rest} />;
  if (asked.about === 'edit') return <EditIncident {...rest} />;
  if (asked.about === 'restrict') return <Readers {...rest} />;
  return <Form asked={asked} {...rest} />;
}
