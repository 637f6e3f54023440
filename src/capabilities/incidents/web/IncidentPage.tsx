import { ArrowUpRight, BookOpenCheck, Flag, Lock, Megaphone, RotateCcw } from 'lucide-react';
import { lazy, Suspense, useCallback, useEffect, useState } from 'react';
import { useAddress, useTitle } from '#web/address.ts';
import { useRead, useWrite } from '#web/api.ts';
import { RecordFiles } from '#web/record/RecordFiles.tsx';
import { RecordLinks } from '#web/record/RecordLinks.tsx';
import { LiveRecordPage } from '#web/record/RecordPage.tsx';
import type { Action } from '#web/ui/Button.tsx';
import { Icon } from '#web/ui/Icon.tsx';
import { Note, Skeleton } from '#web/ui/Parts.tsx';
import { Pipeline } from '#web/ui/Stages.tsx';
import { Badge } from '#web/ui/Status.tsx';
import { Clock, Time } from '#web/ui/Time.tsx';
import { lengthOf, ms } from '#web/ui/time.ts';
import { STAGES, type IncidentPage as Page } from '../contract.ts';
import '#web/styles/run.css';
import { About } from './About.tsx';
import { Alerts } from './Alerts.tsx';
import { incidentsApi } from './api.ts';
import type { Asked } from './Ask.tsx';
import { Board } from './Board.tsx';
import { Changed } from './Changed.tsx';
import { IncidentTimeline } from './IncidentTimeline.tsx';
import { Linked, SeverityMark } from './look.tsx';
import { Meaning } from './Meaning.tsx';
import { useRoles } from './Roles.tsx';
import { Telling } from './Telling.tsx';
import { Similar } from './Similar.tsx';
import { words } from './words.ts';

const text = words.page;
const Ask = lazy(async () => ({ default: (await import('./Ask.tsx')).Ask }));

/** Quiet ones first, what most people should do now last and alone in colour. */
function useActions(page: Page | undefined, ask: (asked: Asked) => void): { readonly actions: readonly Action[]; readonly refused: string | undefined } {
  const assign = useWrite(incidentsApi.assign);
  const open = useWrite(incidentsApi.openReview);
  if (!page) return { actions: [], refused: undefined };
  const { may, incident, review } = page;
  const { number } = incident;
  if (incident.stage === 'resolved') {
    const after: Action = review
      ? { label: text.review, icon: BookOpenCheck, variant: 'primary', href: `/reviews/${review.number}` }
      : { label: text.startReview, icon: BookOpenCheck, refused: may.openReview, busy: open.busy, onAct: () => open.act({ number }) };
    return { actions: [{ label: text.reopen, icon: RotateCcw, refused: may.reopen, onAct: () => ask({ about: 'reopen' }) }, after], refused: open.problem?.sentence };
  }
  const leaderless = incident.roles.commander === null && may.assign === null;
  const update: Action = {
    label: text.update,
    icon: Megaphone,
    refused: may.postUpdate,
    ...(leaderless ? {} : { variant: 'primary' as const }),
    onAct: () => ask({ about: 'update' }),
  };
  const command: Action = { label: text.command, icon: Flag, variant: 'primary', busy: assign.busy, onAct: () => assign.act({ number, role: 'commander', person: 'me' }) };
  return {
    actions: [
      { label: text.severity, icon: ArrowUpRight, refused: may.setSeverity, onAct: () => ask({ about: 'severity' }) },
      { label: text.resolve, refused: may.resolve, onAct: () => ask({ about: 'resolve' }) },
      update,
      ...(leaderless ? [command] : []),
    ],
    refused: assign.problem?.sentence,
  };
}

function Clocks({ page }: { readonly page: Page }) {
  const { declaredAt, resolvedAt, updateDueAt } = page.incident;
  if (resolvedAt)
    return (
      <span className="clock">
        {text.resolved} <Time at={resolvedAt} /> {text.after} <b>{lengthOf(ms(resolvedAt) - ms(declaredAt))}</b>
      </span>
    );
  return (
    <>
      <Clock since={declaredAt} />
      {updateDueAt ? <Clock due={updateDueAt} /> : null}
    </>
  );
}

/** The page people work on together while an incident runs. */
export default function IncidentPage() {
  const { number } = useAddress();
  const { data: page, problem, again } = useRead(incidentsApi.get, { number });
  const [asked, setAsked] = useState<Asked>();
  const close = useCallback(() => setAsked(undefined), []);
  const { actions, refused } = useActions(page, setAsked);
  const roles = useRoles(page, setAsked);
  useTitle(page && `${page.incident.number} ${page.incident.title}`);
  useEffect(close, [number, close]);
  if (problem)
    return (
      <div className="flushed">
        <Note state="warning">{problem.sentence}</Note>
      </div>
    );
  if (!page || page.incident.number !== number)
    return (
      <div className="flushed">
        <Skeleton width={240} />
      </div>
    );
  const { incident, may } = page;
  const { stage, restricted, practice, resolution } = incident;
  return (
    <>
      <LiveRecordPage
        title={incident.title}
        number={number}
        lead={<SeverityMark severity={incident.severity} />}
        pipeline={
          <>
            <Pipeline steps={STAGES.map((each) => words.stages[each])} current={words.stages[stage]} />
            {may.advance ? null : (
              <button type="button" className="textual" onClick={() => setAsked({ about: 'move' })}>
                {text.move}
              </button>
            )}
            {practice ? <Badge>{text.practice}</Badge> : null}
            {restricted ? <Badge icon={<Icon of={Lock} size={12} />}>{text.restricted}</Badge> : null}
          </>
        }
        roles={roles}
        clocks={<Clocks page={page} />}
        actions={actions}
        side={<IncidentTimeline key={number} number={number} refused={may.addNote} />}
      >
        {refused ? (
          <Note live state="critical">
            {refused}
          </Note>
        ) : null}
        {stage === 'resolved' && resolution ? (
          <Note state="good">
            <b className="b">{text.ended}</b> <Linked text={resolution} />
          </Note>
        ) : null}
        <Meaning key={`meaning ${number}`} page={page} onConflict={again} />
        <Changed page={page} />
        <Board page={page} ask={setAsked} />
        <Similar number={number} />
        <Alerts page={page} />
        <Telling key={`telling ${number}`} incident={incident} refused={may.postUpdate} />
        <About page={page} ask={setAsked} />
        <RecordLinks number={number} />
        <RecordFiles number={number} />
      </LiveRecordPage>
      <Suspense>{asked ? <Ask asked={asked} page={page} onClose={close} /> : null}</Suspense>
    </>
  );
}
