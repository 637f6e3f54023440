import { Menu as MenuIcon } from 'lucide-react';
import { useEffect, useId, useRef, useState, type ReactNode } from 'react';
import { Icon, type Picture } from '#web/ui/Icon.tsx';
import { Link } from '#web/ui/Link.tsx';
import { CountMark, type Area, type Place } from './Rail.tsx';

export interface PhonePlace extends Place {
  readonly icon: Picture;
}

interface PhoneBarProps {
  /** Four at most: Watch, Incidents, Alerts, On call. */
  readonly places: readonly PhonePlace[];
  readonly current?: string | undefined;
  /** Everything else, behind "More". */
  readonly areas: readonly Area[];
  readonly foot?: ReactNode;
}

/** On the phone the rail is a bar under the thumb. */
export function PhoneBar({ places, current, areas, foot }: PhoneBarProps) {
  const [open, setOpen] = useState(false);
  const title = useId();
  const sheet = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const node = sheet.current;
    if (open) node?.showModal();
    else node?.close();
  }, [open]);
  return (
    <>
      <nav className="phonebar" aria-label="Places">
        {places.slice(0, 4).map((place) => (
          <Link key={place.id} href={place.href} aria-current={place.id === current ? 'page' : undefined}>
            <Icon of={place.icon} size={20} />
            {place.label}
            <CountMark count={place.count} />
          </Link>
        ))}
        <button type="button" aria-expanded={open} aria-haspopup="dialog" onClick={() => setOpen(true)}>
          <Icon of={MenuIcon} size={20} />
          More
        </button>
      </nav>
      <dialog
        ref={sheet}
        className="phonesheet"
        aria-labelledby={title}
        onClose={() => setOpen(false)}
        onClick={(event) => (event.target === event.currentTarget || (event.target instanceof Element && event.target.closest('a')) ? setOpen(false) : undefined)}
      >
        <div className="inner">
          <h2 id={title}>Everything</h2>
          {areas.map((area) => (
            <section key={area.id}>
              <h3>{area.label}</h3>
              {(area.places?.length ? area.places : [area]).map((place) => (
                <Link key={place.id} className="lk" href={place.href}>
                  <Icon of={area.icon} />
                  <span className="grow">{place.label}</span>
                  <CountMark count={place.count} />
                </Link>
              ))}
            </section>
          ))}
          {foot}
        </div>
      </dialog>
    </>
  );
}
