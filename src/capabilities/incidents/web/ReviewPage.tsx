import { BookOpenCheck, Pencil, RotateCcw, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { useAddress, useTitle } from '#web/address.ts';
import { send, useRead, useWrite } from '#web/api.ts';
import { personChoice, searchPeople } from '#web/record/choices.tsx';
import { Choose } from '#web/record/Choose.tsx';
import { RecordForm } from '#web/record/RecordForm.tsx';
import { RecordPage } from '#web/record/RecordPage.tsx';
import { RecordWaiting } from '#web/record/RecordWaiting.tsx';
import { RecordSide } from '#web/record/RecordSide.tsx';
import type { Action } from '#web/ui/Button.tsx';
import { Dialog } from '#web/ui/Dialog.tsx';
import { Field, Input } from '#web/ui/Field.tsx';
import { Link } from '#web/ui/Link.tsx';
import { Note } from '#web/ui/Parts.tsx';
import { Person } from '#web/ui/People.tsx';
import { Badge, StatusText } from '#web/ui/Status.tsx';
import { Time } from '#web/ui/Time.tsx';
import type { ReviewPage as Page } from '../contract/review.ts';
import '#web/styles/metrics.css';
import '#web/styles/print.css';
import '#web/styles/run.css';
import { incidentsApi } from './api.ts';
import { personOf, SeverityMark } from './look.tsx';
import { ReviewActions } from './ReviewActions.tsx';
import { HandOn } from './HandOn.tsx';
import { ReviewKnown, ReviewTimes } from './ReviewFacts.tsx';
import { ReviewFindings, ReviewWording } from './ReviewFindings.tsx';
import { ReviewSection } from './ReviewSection.tsx';
import { ReviewTimeline } from './ReviewTimeline.tsx';
import { words } from './words.ts';
import { fieldText } from '#web/record/field-text.ts';

const text = words.review;
type Asked = 'finish' | 'edit' | undefined;

const NO_ACTION = /say why none/;

function Dialogs({ page, asked, onClose }: { readonly page: Page; readonly asked: Asked; readonly onClose: () => void }) {
  const { number, version, title, owner, dueOn, noActionReason } = page.review;
  const bare = page.missing.some((each) => NO_ACTION.test(each));
  return (
    <>
      <Dialog title={text.finishTitle} sub={text.finishSub} open={asked === 'finish'} onClose={onClose}>
        <RecordForm
          draftKey={`finish ${number}`}
          submit={text.finish}
          onCancel={onClose}
          onSubmit={(values) => send(incidentsApi.finishReview, { number, version, noActionReason: fieldText(values, 'noActionReason') }, onClose)}
        >
          {bare ? (
            <Field name="noActionReason" label={text.noAction} hint={text.noActionHint}>
              <Input defaultValue={noActionReason} autoFocus />
            </Field>
          ) : null}
        </RecordForm>
      </Dialog>
      <Dialog title={text.editTitle} open={asked === 'edit'} onClose={onClose}>
        <RecordForm
          draftKey={`edit ${number}`}
          submit={words.save}
          onCancel={onClose}
          onSubmit={(values) => {
            const to = fieldText(values, 'owner');
            return send(incidentsApi.updateReview, { number, version, title: fieldText(values, 'title'), dueOn: fieldText(values, 'dueOn'), ...(to && { owner: to }) }, onClose);
          }}
        >
          <Field name="title" label={text.name}>
            <Input defaultValue={title} required />
          </Field>
          <Choose name="owner" label={text.owner} search={searchPeople} start={owner ? personChoice(owner) : undefined} />
          <Field name="dueOn" label={text.due}>
            <Input type="date" defaultValue={dueOn} required />
          </Field>
        </RecordForm>
      </Dialog>
    </>
  );
}

function useActions(page: Page | undefined, ask: (asked: Asked) => void): { readonly actions: readonly Action[]; readonly refused: string | undefined } {
  const submit = useWrite(incidentsApi.submitReview);
  const back = useWrite(incidentsApi.returnReview);
  const pass = useWrite(incidentsApi.passReview);
  const reopen = useWrite(incidentsApi.reopenReview);
  const refused = (submit.problem ?? back.problem ?? pass.problem ?? reopen.problem)?.sentence;
  if (!page) return { actions: [], refused };
  const { review, may, missing } = page;
  const seen = { number: review.number, version: review.version };
  if (review.state === 'closed')
    return { actions: [{ label: text.reopen, icon: RotateCcw, refused: may.reopenReview, busy: reopen.busy, onAct: () => reopen.act(seen) }], refused };
  // The reason why nothing follows is asked for on closing.
  const hindered = missing.filter((each) => !NO_ACTION.test(each));
  const mayFinish = review.state === 'reviewed' ? (may.updateReview ?? (hindered.length ? hindered : null)) : may.finishReview;
  const finish: Action = { label: text.finish, icon: BookOpenCheck, refused: mayFinish, onAct: () => ask('finish') };
  const edit: Action = { label: text.edit, icon: Pencil, refused: may.updateReview, onAct: () => ask('edit') };
  if (review.state === 'draft')
    return { actions: [edit, { label: text.submit, variant: 'primary', refused: may.submitReview, busy: submit.busy, onAct: () => submit.act(seen) }], refused };
  const returned: Action = { label: text.back, icon: Undo2, refused: may.returnReview, busy: back.busy, onAct: () => back.act(seen) };
  const read: Action = { label: text.pass, variant: 'primary', refused: may.passReview, busy: pass.busy, onAct: () => pass.act(seen) };
  return { actions: [returned, edit, review.state === 'in review' ? read : { ...finish, variant: 'primary' }], refused };
}

/** A blameless review: what happened, how it came about, and what is done about it. */
export default function ReviewPage() {
  const { number } = useAddress();
  const { data: page, problem, again } = useRead(incidentsApi.review, { number }, { on: ['action.'] });
  const [asked, setAsked] = useState<Asked>();
  const { actions, refused } = useActions(page, setAsked);
  useTitle(page?.review.title);
  if (!page) return <RecordWaiting problem={problem} />;
  const { review, sections, missing, may } = page;
  const due = <Time at={`${review.dueOn}T12:00:00Z`} form="day" />;
  return (
    <RecordPage
      crumbs={[{ label: words.reviews.title, href: '/reviews' }, { label: review.number }]}
      title={review.title}
      number={review.number}
      state={<Badge {...(review.state === 'closed' && { state: 'good' as const })}>{words.reviews.states[review.state]}</Badge>}
      sub={text.blameless}
      facts={[
        {
          label: words.reviews.incident,
          value: review.incident ? (
            <Link className="l" href={`/incidents/${review.incident.number}`}>
              {review.incident.number}
            </Link>
          ) : (
            words.none
          ),
        },
        { label: text.severity, value: <SeverityMark severity={review.severity} /> },
        { label: text.owner, value: review.owner ? <Person person={personOf(review.owner)} /> : <span className="dim">{words.reviews.nobody}</span> },
        review.finishedAt
          ? { label: text.finished, value: <Time at={review.finishedAt} /> }
          : { label: text.due, value: review.overdue ? <StatusText state="warning">{due}</StatusText> : due },
      ]}
      actions={actions}
      side={<RecordSide number={number} />}
    >
      {refused ? (
        <Note live state="critical">
          {refused}
        </Note>
      ) : null}
      {missing.length ? (
        <Note state="info">
          <b className="b">{text.missing}</b>
          <ul className="bullets">
            {missing.map((each) => (
              <li key={each}>{each}</li>
            ))}
          </ul>
        </Note>
      ) : null}
      <ReviewWording page={page} />
      <HandOn page={page} />
      <div className="sections">
        <ReviewTimes facts={page.facts} />
        <ReviewKnown facts={page.facts} />
        {sections.map((part) => (
          <ReviewSection key={`${number} ${part.section}`} number={number} part={part} refused={may.writeSection} onConflict={again} />
        ))}
        <ReviewFindings page={page} />
        <ReviewActions page={page} />
        <ReviewTimeline page={page} />
      </div>
      {asked ? <Dialogs page={page} asked={asked} onClose={() => setAsked(undefined)} /> : null}
    </RecordPage>
  );
}
