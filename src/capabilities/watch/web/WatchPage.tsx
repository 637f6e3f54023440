import { useEffect } from 'react';
import { useAddress } from '#web/address.ts';
import { api, useRead } from '#web/api.ts';
import { useMay } from '#web/session.ts';
import { Button } from '#web/ui/Button.tsx';
import { Note, Skeleton } from '#web/ui/Parts.tsx';
import { Segmented } from '#web/ui/Tabs.tsx';
import { MINUTE } from '#web/ui/time.ts';
import { scope as scopes, watch, type Scope } from '../contract.ts';
import '#web/styles/run.css';
import { Changed } from './Changed.tsx';
import { Needs } from './Needs.tsx';
import { Today } from './Today.tsx';
import { words } from './words.ts';

const ON = ['incident.', 'alert.', 'page.', 'paging.', 'review.', 'action.', 'rota.', 'absence.', 'holidays.', 'policy.', 'service.', 'check.', 'contact.'];
const WHOSE = scopes.options;

function Calm({ scope, bare }: { readonly scope: Scope; readonly bare: boolean }) {
  const plans = useMay('oncall.plan');
  return (
    <div className="calm">
      <p>{words.calm[scope]}</p>
      {bare && plans ? (
        <Button size="small" href="/start">
          {words.begin}
        </Button>
      ) : null}
    </div>
  );
}

/** What needs attention now, what runs, what changed and what comes. */
export default function WatchPage() {
  const { search, keep } = useAddress();
  const scope = scopes.catch('mine').parse(search['scope']);
  const needs = useRead(api(watch).needs, { scope }, { on: ON });
  const today = useRead(api(watch).today, { mineOnly: scope !== 'everyone' }, { on: ON });
  const { again } = needs;
  useEffect(() => {
    // Time alone changes the order; no event tells of it.
    const timer = setInterval(() => document.visibilityState === 'visible' && again(), MINUTE);
    return () => clearInterval(timer);
  }, [again]);
  const { data } = needs;
  return (
    <div className="w">
      <div>
        <div className="whead">
          <h1>{data ? words.title(data.items.length + data.moreCount, scope) : <Skeleton width={220} />}</h1>
          {data?.pagesWaiting ? <span className="dim s13 sub">{words.pages(data.pagesWaiting)}</span> : null}
          <span className="grow" />
          <Segmented
            label={words.whose}
            current={scope}
            choices={WHOSE.map((id) => ({ id, label: words.scopes[id], count: data?.counts[id] }))}
            onChoose={(id) => keep({ scope: id === 'mine' ? undefined : id })}
          />
        </div>
        {needs.problem ? (
          <Note live state="warning">
            {needs.problem.sentence}
          </Note>
        ) : null}
        {data ? (
          data.items.length ? (
            <Needs items={data.items} more={data.moreCount} pageWaits={data.pagesWaiting > 0} />
          ) : (
            <Calm scope={scope} bare={today.data?.onCall.length === 0} />
          )
        ) : needs.problem ? null : (
          <Waiting />
        )}
        <Changed changed={today.data?.changed} more={today.data?.changedMore ?? false} />
      </div>
      <div className="side">{today.problem ? <Note state="warning">{today.problem.sentence}</Note> : <Today today={today.data} />}</div>
    </div>
  );
}

const Waiting = () => (
  <div className="waiting" role="status" aria-label="Loading">
    <Skeleton width="70%" />
    <Skeleton width="55%" />
    <Skeleton width="62%" />
  </div>
);
