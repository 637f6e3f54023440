import { Clock as ClockIcon } from 'lucide-react';
import { useEffect, useRef, useState, type CSSProperties } from 'react';
import { Icon } from './Icon.tsx';
import { useZone } from './now.ts';
import { Link } from './Link.tsx';
import { Avatar, coloursApart, initialsOf, type Colour, type PersonRef } from './People.tsx';
import { RotaTrack } from './RotaTrack.tsx';
import { placeOf } from './rota-place.ts';
import { StatusShape } from './Status.tsx';
import { clockTime, daysOf, fullTime, ms, type DayOf, type Instant } from './time.ts';

export interface RotaBar {
  readonly from: Instant;
  readonly until: Instant;
  readonly person?: PersonRef;
  /** `asked`: whoever has it asks somebody to take it. */
  readonly kind: 'shift' | 'override' | 'gap' | 'off' | 'asked';
  readonly href?: string;
}

export interface RotaRow {
  readonly id: string;
  readonly label: string;
  readonly sub?: string;
  readonly bars: readonly RotaBar[];
  /** The row that says who is paged in the end. */
  readonly result?: boolean;
  /** What the pointer does in it: mark a stretch of time, or put one shift onto another. */
  readonly drag?: 'stretch' | 'swap';
}

type RotaProps = {
  readonly label: string;
  readonly window: { readonly from: Instant; readonly until: Instant; readonly zone?: string };
  readonly rows: readonly RotaRow[];
  readonly now: Instant;
  /** A stretch marked by dragging over a row with `drag: 'stretch'`. For the mouse; whoever uses keys has the form. */
  readonly onStretch?: (range: { readonly from: number; readonly until: number }, row: RotaRow) => void;
  /** One shift dragged onto another of the same row with `drag: 'swap'`. */
  readonly onSwap?: (moved: RotaBar, onto: RotaBar, row: RotaRow) => void;
};

type BarProps = {
  readonly bar: RotaBar;
  /** Its number in the row, by which a drag finds it. */
  readonly place: number;
  readonly drag?: 'moved' | 'onto' | undefined;
  readonly days: readonly DayOf[];
  readonly width: number;
  readonly zone: string;
  readonly colours: ReadonlyMap<string, Colour>;
};

function Bar({ bar, place, drag, days, width, zone, colours }: BarProps) {
  const left = placeOf(ms(bar.from), days);
  const share = placeOf(ms(bar.until), days) - left;
  if (share <= 0) return null;
  const pixels = share * width;
  const span = `${fullTime(bar.from, zone)} to ${fullTime(bar.until, zone)}`;
  const style: CSSProperties = {
    left: `calc(${left * 100}% + 1px)`,
    width: `calc(${share * 100}% - 2px)`,
  };
  const who = bar.kind === 'gap' ? 'Nobody' : (bar.person?.name ?? 'Off');
  const says = `${who}${bar.kind === 'override' ? ', override' : bar.kind === 'asked' ? ' asks for cover' : bar.kind === 'off' && bar.person ? ' is off' : ''}, ${span}`;
  const shape = { title: says, style, 'data-bar': place, ...(drag && { 'data-drag': drag }) };
  const given = who.split(' ')[0];
  const look =
    bar.kind === 'gap'
      ? 'gap'
      : bar.kind === 'off' || bar.kind === 'asked'
        ? 'lv'
        : `${bar.person ? colours.get(bar.person.id) : ''}${bar.kind === 'override' ? ' ov' : ''}${pixels < 52 ? ' tiny' : pixels < 76 ? ' sm' : ''}`;
  const inside =
    bar.kind === 'gap' ? (
      <>
        <StatusShape state="critical" className="i i12" />
        <span>{pixels < 30 ? '' : 'Gap'}</span>
      </>
    ) : bar.kind === 'asked' ? (
      <span className="el">{pixels < 60 ? '?' : 'Cover?'}</span>
    ) : bar.kind === 'off' ? (
      <span className="el">Off</span>
    ) : pixels < 52 ? (
      <span className="el">{pixels < 24 ? '' : initialsOf(who)}</span>
    ) : (
      <>
        {pixels >= 76 && bar.person ? <Avatar person={bar.person} /> : null}
        <span className="el">{pixels < 115 ? given : who}</span>
      </>
    );
  if (bar.href)
    return (
      <Link {...shape} href={bar.href} className={`rb ${look}`}>
        {inside}
        <span className="sr">, {says}</span>
      </Link>
    );
  return (
    <span {...shape} role="img" aria-label={says} className={`rb ${look}`}>
      {inside}
    </span>
  );
}

/** A rota as coloured bars over days. Bar colour is the person; a gap is hatched and says so; the now line runs behind the bars. */
export function RotaBars({ label, window: range, rows, now, onStretch, onSwap }: RotaProps) {
  const viewer = useZone();
  const zone = range.zone ?? viewer;
  const days = daysOf({ from: range.from, until: range.until, zone }, now);
  const colours = coloursApart(rows.flatMap((row) => row.bars.flatMap((bar) => bar.person ?? [])));
  const many = days.length > 16;
  const figure = useRef<HTMLElement>(null);
  const [width, setWidth] = useState(870);
  useEffect(() => {
    const node = figure.current;
    if (!node) return;
    const watch = new ResizeObserver(() => setWidth(node.clientWidth - 148));
    watch.observe(node);
    return () => watch.disconnect();
  }, []);
  const place = placeOf(ms(now), days);
  const inside = ms(now) >= ms(range.from) && ms(now) < ms(range.until);
  return (
    <div className="rtw" tabIndex={0} role="region" aria-label={label}>
      <figure className={many ? 'rt long' : width / days.length < 54 ? 'rt close' : 'rt'} ref={figure} style={{ '--days': days.length, '--now': place } as CSSProperties}>
        <div className="rh">
          <div className="lb" />
          <div className="dy">
            {days.map((day) => (
              <span key={day.from} className={`${day.weekend ? 'we ' : ''}${day.today ? 'td' : ''}`}>
                {many ? day.label.split(' ')[1] : day.label}
                {day.hours === 24 ? null : (
                  <em title={`The clocks change: this day has ${day.hours} hours`}>
                    <Icon of={ClockIcon} size={12} />
                    {day.hours} h
                  </em>
                )}
              </span>
            ))}
          </div>
        </div>
        {rows.map((row) => (
          <div key={row.id} className={row.result ? 'ln fin' : 'ln'} role="group" aria-label={row.label}>
            <div className="lb">
              <b className="b">{row.label}</b>
              <span>{row.sub}</span>
            </div>
            <RotaTrack
              row={row}
              days={days}
              width={width}
              zone={zone}
              {...(onStretch && row.drag === 'stretch' && { onStretch: (range) => onStretch(range, row) })}
              {...(onSwap && row.drag === 'swap' && { onSwap: (moved, onto) => onSwap(moved, onto, row) })}
            >
              {(dragged) =>
                row.bars.map((bar, place) => (
                  <Bar
                    key={`${ms(bar.from)}${bar.kind}${bar.person?.id ?? ''}`}
                    bar={bar}
                    place={place}
                    drag={dragged(place)}
                    days={days}
                    width={width}
                    zone={zone}
                    colours={colours}
                  />
                ))
              }
            </RotaTrack>
          </div>
        ))}
        {inside ? (
          <div className="nowl">
            <span>{clockTime(now, zone)}</span>
          </div>
        ) : null}
      </figure>
    </div>
  );
}
