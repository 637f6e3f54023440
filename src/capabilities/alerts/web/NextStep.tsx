import { PhoneCall } from 'lucide-react';
import type { Paging } from '#capabilities/oncall/contract.ts';
import { Icon } from '#web/ui/Icon.tsx';
import { Link } from '#web/ui/Link.tsx';
import { useZone } from '#web/ui/now.ts';
import { Note } from '#web/ui/Parts.tsx';
import { Countdown } from '#web/ui/Time.tsx';
import { clockSeconds, zoneName } from '#web/ui/time.ts';
import { words } from './words.ts';

/** What comes next by itself and when: the next step, the end of an acknowledgement or of a snooze, support hours. */
export function NextStep({ paging, number }: { readonly paging: Paging | undefined; readonly number: string }) {
  const zone = useZone();
  if (!paging || paging.state === 'none' || paging.state === 'ended') return null;
  const { state, nextAt, until, comes, pages } = paging;
  const at = nextAt ?? until;
  const all = pages.length ? (
    <Link className="l s12" href={`/pages?record=${number}`}>
      {words.alert.allPages}
    </Link>
  ) : null;
  if (state === 'exhausted') return <Note state="critical">The policy has come to its end without an answer. The administrators are paged.</Note>;
  if (!at) return comes ? <Note state="info">{comes}</Note> : all;
  return (
    <div className="nx" role="timer" aria-label={words.alert.next}>
      <div className="row b s13">
        <Icon of={PhoneCall} size={14} />
        {state === 'acknowledged' ? words.alert.nextTaken : words.alert.next}
      </div>
      <div className="big">
        <Countdown to={at} />
      </div>
      <p>
        {comes}{' '}
        <span className="num nw">
          {clockSeconds(at, zone)} {zoneName(at, zone)}
        </span>
      </p>
      {all}
    </div>
  );
}
