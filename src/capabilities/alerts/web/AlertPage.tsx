import { Check, CheckCheck, Forward, Siren, Undo2 } from 'lucide-react';
import { oncall } from '#capabilities/oncall/contract.ts';
import { useAddress, useTitle } from '#web/address.ts';
import { api, useRead, useWrite } from '#web/api.ts';
import { RecordPage } from '#web/record/RecordPage.tsx';
import { RecordSide } from '#web/record/RecordSide.tsx';
import type { Action } from '#web/ui/Button.tsx';
import { Note, Skeleton } from '#web/ui/Parts.tsx';
import { Badge } from '#web/ui/Status.tsx';
import { Ago } from '#web/ui/Time.tsx';
import { ms, lengthOf } from '#web/ui/time.ts';
import { alerts } from '../contract/index.ts';
import { useFurther } from './answering/useFurther.tsx';
import { AlertFacts } from './AlertFacts.tsx';
import { ChangesBefore } from './ChangesBefore.tsx';
import { counted, stateOf, stateWord } from './look.tsx';
import { NextStep } from './NextStep.tsx';
import { OfGroup } from './OfGroup.tsx';
import { saidOf } from './said.ts';
import { Signals } from './Signals.tsx';
import { Told } from './Told.tsx';
import { Way } from './Way.tsx';
import { WhyMe, type Detail } from './WhyMe.tsx';
import { words } from './words.ts';

const text = words.alert;

/** One alert: who should do what, why it came, who was told, and what it is. */
export default function AlertPage() {
  const { number } = useAddress();
  const { data, problem } = useRead(api(alerts).get, { number }, { on: ['page.', 'paging.'] });
  const about = data ? toldBy(data) : number;
  const { data: paging } = useRead(api(oncall).paging, { number: about }, { on: ['page.', 'paging.'] });
  const acknowledge = useWrite(api(alerts).acknowledge);
  const takeBack = useWrite(api(alerts).unacknowledge);
  const escalate = useWrite(api(alerts).escalate);
  const resolve = useWrite(api(alerts).resolve);
  const may = data?.may;
  const answers = {
    acknowledge: {
      label: data && isLead(data) ? text.acknowledgeAll(counted(data.group?.open ?? 0)) : text.acknowledge,
      icon: Check,
      refused: may?.acknowledge,
      busy: acknowledge.busy,
      variant: 'primary',
      onAct: () => acknowledge.act({ number }),
    },
    escalate: { label: text.escalate, icon: Forward, refused: may?.escalate, busy: escalate.busy, onAct: () => escalate.act({ number }) },
  } satisfies Readonly<Record<string, Action>>;
  const further = useFurther(about, paging, answers);
  useTitle(data?.alert.title);
  if (problem) return <Note state="warning">{problem.sentence}</Note>;
  if (!data) return <Waiting />;
  const { alert } = data;
  // A group goes on while one of it fires, also when the alert that stands for it is over.
  const state = alert.state === 'resolved' && data.may.acknowledge === null ? 'triggered' : alert.state;
  const refused = [acknowledge, takeBack, escalate, resolve].find((each) => each.problem)?.problem;
  const { acknowledge: have, escalate: passOn } = answers;
  const declare: Action = { label: text.declare, icon: Siren, refused: data.may.declare, href: `/incidents/new?alert=${number}` };
  const over: Action = { label: text.resolve, icon: CheckCheck, refused: data.may.resolve, busy: resolve.busy, onAct: () => resolve.act({ number }) };
  const back: Action = { label: text.takeBack, icon: Undo2, refused: data.may.resolve, busy: takeBack.busy, onAct: () => takeBack.act({ number }) };
  // Nothing that ends the alert comes to lie where "Acknowledge" was: a second tap must not resolve it.
  const { snooze, handOver, help } = further.actions;
  const actions =
    state === 'triggered'
      ? [passOn, snooze, handOver, declare, over, have]
      : state === 'acknowledged'
        ? [help, over, passOn, snooze, handOver, back, declare, ...(data.may.acknowledge === null ? [have] : [])]
        : [over, passOn, declare];
  return (
    <RecordPage
      crumbs={[{ label: words.list.title, href: '/alerts' }, { label: <span className="id">{number}</span> }]}
      title={alert.title}
      state={
        <Badge state={stateOf(alert)}>
          {stateWord(alert)} {alert.resolvedAt ? `after ${lengthOf(ms(alert.resolvedAt) - ms(alert.openedAt))}` : <Ago at={alert.acknowledgedAt ?? alert.openedAt} />}
        </Badge>
      }
      actions={actions}
      side={
        <>
          <NextStep paging={paging} number={about} />
          <AlertFacts detail={data} />
          <RecordSide number={number} describe={(entry) => saidOf(entry, paging)} />
        </>
      }
      sideLabel={text.facts}
    >
      {refused ? (
        <div className="rnotes">
          <Note live state="critical">
            {refused.sentence}
          </Note>
        </div>
      ) : null}
      <WhyMe detail={data} paging={paging} />
      <Way detail={data} />
      <OfGroup detail={data} />
      <Told number={about} {...(about !== number && { as: about })} />
      <ChangesBefore alert={alert} />
      <Signals detail={data} />
      {further.dialogs}
    </RecordPage>
  );
}

const isLead = ({ alert, group }: Detail) => group?.lead?.number === alert.number && group.open > 1;

/** The alert about which people were told of this one: itself, or the one that stands for its group. */
function toldBy({ alert, group }: Detail): string {
  const isHeld = alert.state === 'triggered' && alert.held !== null;
  return group?.lead && alert.outcome === 'page' && !isHeld ? group.lead.number : alert.number;
}

const Waiting = () => (
  <div className="waiting" role="status" aria-label="Loading">
    <Skeleton width={160} />
    <Skeleton width="50%" />
    <Skeleton width="90%" />
    <Skeleton width="70%" />
  </div>
);
