import { PhoneCall } from 'lucide-react';
import type { Paging } from '#capabilities/oncall/contract.ts';
import { Icon } from '#web/ui/Icon.tsx';
import { useZone } from '#web/ui/now.ts';
import { Note } from '#web/ui/Parts.tsx';
import { Countdown } from '#web/ui/Time.tsx';
import { clockSeconds, zoneName } from '#web/ui/time.ts';
import { words } from './words.ts';

/** When the next step of the policy comes and whom it pages; nothing while nobody is being paged. */
export function NextStep({ paging }: { readonly paging: Paging | undefined }) {
  const zone = useZone();
  if (!paging) return null;
  if (paging.state === 'exhausted') return <Note state="critical">The policy has come to its end without an answer. The administrators are paged.</Note>;
  if (paging.state !== 'running' || !paging.nextAt) return null;
  const { nextAt, nextPeople, stepNumber, stepCount } = paging;
  const who = nextPeople.map(({ title }) => title).join(', ');
  return (
    <div className="nx" role="timer" aria-label={words.alert.next}>
      <div className="row b s13">
        <Icon of={PhoneCall} size={14} />
        {words.alert.next}
      </div>
      <div className="big">
        <Countdown to={nextAt} />
      </div>
      <p>
        {who ? (
          <>
            <b className="b">{who}</b> {nextPeople.length === 1 ? 'is' : 'are'} paged at{' '}
          </>
        ) : (
          <>
            Step {stepNumber} of {stepCount} ends, and the policy goes on, at{' '}
          </>
        )}
        <span className="num nw">
          {clockSeconds(nextAt, zone)} {zoneName(nextAt, zone)}
        </span>
        .
      </p>
    </div>
  );
}
