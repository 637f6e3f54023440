import { Check, Pencil, RotateCcw, X } from 'lucide-react';
import { useState } from 'react';
import { useAddress, useTitle } from '#web/address.ts';
import { api, send, useRead, useWrite } from '#web/api.ts';
import { RecordWaiting } from '#web/record/RecordWaiting.tsx';
import { RecordForm } from '#web/record/RecordForm.tsx';
import { RecordPage } from '#web/record/RecordPage.tsx';
import { RecordSide } from '#web/record/RecordSide.tsx';
import { Button } from '#web/ui/Button.tsx';
import { Dialog } from '#web/ui/Dialog.tsx';
import { Field, Input } from '#web/ui/Field.tsx';
import { Link } from '#web/ui/Link.tsx';
import { Note, Section } from '#web/ui/Parts.tsx';
import { Person } from '#web/ui/People.tsx';
import { Time } from '#web/ui/Time.tsx';
import { followups } from '../contract.ts';
import '#web/styles/run.css';
import { ActionFields } from './ActionForm.tsx';
import { HandOn } from './HandOn.tsx';
import { Due, Shown, StateMark } from './look.tsx';
import { words } from './words.ts';
import { fieldText } from '#web/record/field-text.ts';

const actionsApi = api(followups);

/** One promise: what, by whom, by when. */
export default function ActionPage() {
  const { number } = useAddress();
  const { data, problem } = useRead(actionsApi.get, { number });
  const [asked, setAsked] = useState<'edit' | 'drop' | 'complete'>();
  const reopen = useWrite(actionsApi.reopen);
  const judge = useWrite(actionsApi.judge);
  useTitle(data?.action.title);
  if (!data) return <RecordWaiting problem={problem} />;
  const { action, may } = data;
  const { version, owner, team, about } = action;
  const refused = judge.problem ?? reopen.problem;
  const close = () => setAsked(undefined);
  const dash = <span className="dim">–</span>;
  const actions =
    action.state === 'open'
      ? [
          { label: words.drop, icon: X, refused: may.drop, onAct: () => setAsked('drop') },
          { label: words.edit, icon: Pencil, refused: may.update, onAct: () => setAsked('edit') },
          { label: words.complete, icon: Check, variant: 'primary' as const, refused: may.complete, onAct: () => setAsked('complete') },
        ]
      : [{ label: words.reopen, icon: RotateCcw, refused: may.reopen, busy: reopen.busy, onAct: () => reopen.act({ number, version }) }];
  return (
    <RecordPage
      crumbs={[{ label: words.title, href: '/actions' }, { label: number }]}
      title={action.title}
      number={number}
      state={<StateMark action={action} />}
      facts={[
        { label: words.owner, value: owner ? <Person person={{ id: owner.id, name: owner.title }} /> : <span className="dim">{words.nobody}</span> },
        { label: words.due, value: <Due action={action} /> },
        {
          label: words.team,
          value: team ? (
            <Link className="l" href={`/teams/${team.number}`}>
              {team.title}
            </Link>
          ) : (
            dash
          ),
        },
        { label: words.kind, value: words.kinds[action.kind] },
        ...(action.factor ? [{ label: words.factor, value: action.factor }] : []),
        { label: words.priority, value: words.priorities[action.priority] },
        {
          label: words.aboutLabel,
          value: about ? (
            <Link className="l" href={`/records/${about.number}`}>
              {about.number}
            </Link>
          ) : (
            dash
          ),
        },
        ...(action.closedAt ? [{ label: words.closed, value: <Time at={action.closedAt} /> }] : []),
      ]}
      actions={actions}
      side={<RecordSide number={number} />}
    >
      {refused ? (
        <Note live state="critical">
          {refused.sentence}
        </Note>
      ) : null}
      {action.state === 'dropped' ? (
        <Note>
          <b className="b">{words.dropped}</b> {action.reason}
        </Note>
      ) : null}
      {action.state === 'done' ? (
        <>
          <Section title={words.evidence}>
            <Shown text={action.evidence} />
          </Section>
          <Section title={words.helpedTitle} count={words.helped[action.helped]}>
            <p className="dim s13">{words.helpedAsk}</p>
            <div className="row">
              {action.helped === 'open' ? (
                <>
                  <Button size="small" refused={may.judge} busy={judge.busy} onClick={() => judge.act({ number, version, helped: 'yes' })}>
                    {words.yes}
                  </Button>
                  <Button size="small" refused={may.judge} busy={judge.busy} onClick={() => judge.act({ number, version, helped: 'no' })}>
                    {words.no}
                  </Button>
                </>
              ) : (
                <Button size="small" variant="quiet" refused={may.judge} busy={judge.busy} onClick={() => judge.act({ number, version, helped: 'open' })}>
                  {words.again}
                </Button>
              )}
            </div>
          </Section>
        </>
      ) : null}
      <HandOn page={data} />
      <Section title={words.detail}>{action.detail ? <p className="prose pre essay">{action.detail}</p> : <p className="dim s13">{words.detailNone}</p>}</Section>
      <Dialog title={words.edit} open={asked === 'edit'} onClose={close}>
        <ActionFields action={action} onDone={close} onCancel={close} />
      </Dialog>
      <Dialog title={words.completeTitle} sub={words.completeSub} open={asked === 'complete'} onClose={close}>
        <RecordForm
          draftKey={`complete ${number}`}
          submit={words.complete}
          onCancel={close}
          onSubmit={(values) => send(actionsApi.complete, { number, version, evidence: fieldText(values, 'evidence') }, close)}
        >
          <Field name="evidence" label={words.evidence} hint={words.evidenceHint}>
            <Input required autoFocus autoComplete="off" />
          </Field>
        </RecordForm>
      </Dialog>
      <Dialog title={words.dropTitle} sub={words.dropSub} open={asked === 'drop'} onClose={close}>
        <RecordForm
          draftKey={`drop ${number}`}
          submit={words.drop}
          danger
          onCancel={close}
          onSubmit={(values) => send(actionsApi.drop, { number, version, reason: fieldText(values, 'reason') }, close)}
        >
          <Field name="reason" label={words.why}>
            <Input required autoFocus autoComplete="off" />
          </Field>
        </RecordForm>
      </Dialog>
    </RecordPage>
  );
}
