import { Keyboard, Settings } from 'lucide-react';
import { Icon, type Picture } from '#web/ui/Icon.tsx';
import { Link } from '#web/ui/Link.tsx';
import { Avatar, type PersonRef } from '#web/ui/People.tsx';
import { Brand } from './Brand.tsx';

export interface Count {
  readonly count: number;
  /** What is counted, for who cannot see the place: "need you", "live incidents". */
  readonly of: string;
  readonly hot?: boolean;
}

export interface Place {
  readonly id: string;
  readonly label: string;
  readonly href: string;
  readonly count?: Count | undefined;
}

export interface Area extends Place {
  readonly icon: Picture;
  /** Shown while the area is the current one. */
  readonly places?: readonly Place[];
}

interface RailProps {
  readonly areas: readonly Area[];
  readonly area: string;
  /** Id of the place inside the area; none means the area's own page. */
  readonly place?: string | undefined;
  readonly me: PersonRef;
  readonly meHref?: string;
  readonly settingsHref?: string;
  readonly onShortcuts: () => void;
}

export function CountMark({ count }: { readonly count: Count | undefined }) {
  if (!count?.count) return null;
  return (
    <span className={count.hot ? 'n hot' : 'n'}>
      {count.count}
      <span className="sr"> {count.of}</span>
    </span>
  );
}

function AreaLinks({ area, current, place }: { readonly area: Area; readonly current: boolean; readonly place: string | undefined }) {
  return (
    <>
      <Link href={area.href} className={current ? 'on' : undefined} aria-current={current && !place ? 'page' : undefined}>
        <Icon of={area.icon} />
        {area.label}
        {current && area.places?.length ? null : <CountMark count={area.count} />}
      </Link>
      {current && area.places?.length ? (
        <div className="sub">
          {area.places.map((each) => (
            <Link key={each.id} href={each.href} aria-current={each.id === place ? 'page' : undefined}>
              {each.label}
              <CountMark count={each.count} />
            </Link>
          ))}
        </div>
      ) : null}
    </>
  );
}

/** The areas at the left; the current one opens its places. */
export function Rail({ areas, area, place, me, meHref = '/settings/me', settingsHref, onShortcuts }: RailProps) {
  return (
    <nav className="rail" aria-label="Areas">
      <Brand />
      <div className="nav">
        {areas.map((each) => (
          <AreaLinks key={each.id} area={each} current={each.id === area} place={each.id === area ? place : undefined} />
        ))}
      </div>
      <div className="railfoot nav">
        <button type="button" onClick={onShortcuts}>
          <Icon of={Keyboard} />
          Shortcuts<kbd className="n">?</kbd>
        </button>
        {settingsHref ? (
          <Link href={settingsHref} aria-current={area === 'settings' ? 'page' : undefined}>
            <Icon of={Settings} />
            Settings
          </Link>
        ) : null}
        <Link href={meHref}>
          <Avatar person={me} />
          <span className="el">{me.name}</span>
          <span className="sr">, your account</span>
        </Link>
      </div>
    </nav>
  );
}
