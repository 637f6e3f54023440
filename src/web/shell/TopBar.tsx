import { PhoneCall, Search } from 'lucide-react';
import type { ReactNode } from 'react';
import { Icon } from '#web/ui/Icon.tsx';
import { Kbd } from '#web/ui/Parts.tsx';
import { useNow, useZone } from '#web/ui/now.ts';
import { Avatar, type PersonRef } from '#web/ui/People.tsx';
import { clockTime, dayName, utcTime, zoneName } from '#web/ui/time.ts';

export interface OnCallNow {
  readonly first?: PersonRef | undefined;
  readonly second?: PersonRef | undefined;
  /** Nobody is on call: said in words, in the colour of a gap. */
  readonly gap?: string | undefined;
}

interface TopBarProps {
  readonly onSearch: () => void;
  readonly onCall?: OnCallNow | undefined;
  readonly me?: string;
  /** The create button with its menu. */
  readonly create?: ReactNode;
}

function Now() {
  const now = useNow('minute');
  const zone = useZone();
  return (
    <span className="zone num" title={utcTime(now)}>
      {dayName(now, zone)}, <b className="b">{clockTime(now, zone)}</b> {zoneName(now, zone)}
    </span>
  );
}

function OnCallLine({ onCall, me }: { readonly onCall: OnCallNow; readonly me: string | undefined }) {
  const { first, second, gap } = onCall;
  const named = (person: PersonRef) => (person.id === me ? 'you' : person.name);
  return (
    <>
      <Icon of={PhoneCall} size={14} dim />
      <span className="dim">On call</span>
      {first ? (
        <>
          <Avatar person={first} />
          <span className="b">{named(first)}</span>
        </>
      ) : (
        <span className="st critical">{gap ?? 'nobody'}</span>
      )}
      {second ? (
        <>
          <span className="dim">then</span>
          <Avatar person={second} />
          <span className="you">{named(second)}</span>
        </>
      ) : null}
      <span className="sep" />
    </>
  );
}

/** Search and actions, who is on call, the time with its zone, create. */
export function TopBar({ onSearch, onCall, me, create }: TopBarProps) {
  return (
    <header className="topbar">
      <button type="button" className="cmd" aria-keyshortcuts="Control+K" onClick={onSearch}>
        <Icon of={Search} size={14} />
        Search or run an action
        <Kbd keys="Ctrl K" />
      </button>
      <div className="oncall" role="group" aria-label="On call now">
        {onCall ? <OnCallLine onCall={onCall} me={me} /> : null}
        <Now />
      </div>
      {create}
    </header>
  );
}
