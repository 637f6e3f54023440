import { Siren } from 'lucide-react';
import { Fragment } from 'react';
import { Icon } from '#web/ui/Icon.tsx';
import { Link } from '#web/ui/Link.tsx';
import { useNow } from '#web/ui/now.ts';
import { Severity, type SeverityLevel } from '#web/ui/Status.tsx';
import { countdown, lengthOf, ms, type Instant } from '#web/ui/time.ts';

export interface LiveIncident {
  readonly number: string;
  readonly title: string;
  readonly severity: SeverityLevel;
  readonly since: Instant;
  readonly updateDue?: Instant | undefined;
  readonly href: string;
}

const SHOWN = 2;

/** The live incidents, worst first; nothing when there is none. On an incident's own page it lists the others. */
export function LiveStrip({ incidents, except }: { readonly incidents: readonly LiveIncident[]; readonly except?: string | undefined }) {
  const now = useNow('second');
  const others = incidents.filter((incident) => incident.number !== except).toSorted((one, other) => one.severity - other.severity);
  const worst = others[0];
  if (!worst) return null;
  const due = ({ updateDue }: LiveIncident) => {
    if (updateDue === undefined) return '';
    const left = ms(updateDue) - now;
    return ` · update ${left < 0 ? 'overdue by' : 'in'} ${countdown(left)}`;
  };
  return (
    <div className={worst.severity > 2 ? 'strip low' : 'strip'} role="region" aria-label="Live incidents">
      <span className="lead">
        <Icon of={Siren} size={14} />
        {others.length < incidents.length ? 'Also live' : `${others.length} live`}
      </span>
      {others.slice(0, SHOWN).map((incident, at) => (
        <Fragment key={incident.number}>
          {at ? <span className="vr" /> : null}
          <Link href={incident.href}>
            <Severity level={incident.severity} />
            <span className="tt el">{incident.title}</span>
            <span className="dim num nw">
              {lengthOf(now - ms(incident.since))}
              {due(incident)}
            </span>
          </Link>
        </Fragment>
      ))}
      {others.length > SHOWN ? <span className="end">and {others.length - SHOWN} more</span> : null}
    </div>
  );
}
