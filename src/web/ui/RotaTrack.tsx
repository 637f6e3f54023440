import { useEffect, useState, type PointerEvent, type ReactNode } from 'react';
import { instantAt, placeOf } from './rota-place.ts';
import type { RotaBar, RotaRow } from './RotaBars.tsx';
import { fullTime, lengthOf, type DayOf } from './time.ts';

interface Drag {
  /** Pixels from the left of the track. */
  readonly began: number;
  readonly at: number;
  /** Of the bars of the row; none where the drag began beside them. */
  readonly moved: number | undefined;
  readonly onto: number | undefined;
}

/** A hand that trembles is no drag. */
const FEWEST = 6;

type RotaTrackProps = {
  readonly row: RotaRow;
  readonly days: readonly DayOf[];
  readonly width: number;
  readonly zone: string;
  readonly onStretch?: (range: { readonly from: number; readonly until: number }) => void;
  readonly onSwap?: (moved: RotaBar, onto: RotaBar) => void;
  readonly children: (dragged: (place: number) => 'moved' | 'onto' | undefined) => ReactNode;
};

const barAt = (target: Element | null): number | undefined => {
  const said = target?.closest('[data-bar]')?.getAttribute('data-bar');
  return said ? Number(said) : undefined;
};

/** The bars of one row, and what a mouse does with them: it marks a stretch of time, or puts one shift onto another. Fingers scroll. */
export function RotaTrack({ row, days, width, zone, onStretch, onSwap, children }: RotaTrackProps) {
  const [drag, setDrag] = useState<Drag>();
  useEffect(() => {
    if (!drag) return;
    const leave = (event: KeyboardEvent) => (event.key === 'Escape' ? setDrag(undefined) : undefined);
    addEventListener('keydown', leave);
    return () => removeEventListener('keydown', leave);
  }, [drag]);
  const takes = onStretch ?? onSwap;
  if (!takes) return <div className="tr">{children(() => undefined)}</div>;

  const isDrag = drag !== undefined && Math.abs(drag.at - drag.began) >= FEWEST;
  const marked = isDrag && onStretch ? stretchOf(drag) : undefined;
  function stretchOf({ began, at }: Drag) {
    const [from, until] = [instantAt(Math.min(began, at) / width, days, width), instantAt(Math.max(began, at) / width, days, width)];
    return from < until ? { from, until } : undefined;
  }
  const inTrack = (event: PointerEvent<HTMLElement>) => Math.min(width, Math.max(0, event.clientX - event.currentTarget.getBoundingClientRect().left));
  const isShift = (place: number | undefined): place is number => place !== undefined && row.bars[place]?.person !== undefined && row.bars[place].kind === 'shift';
  function begin(event: PointerEvent<HTMLElement>) {
    const bar = barAt(event.target instanceof Element ? event.target : null);
    if (event.button !== 0 || event.pointerType === 'touch' || (onSwap && !isShift(bar))) return;
    // A bar that is a link would be dragged away by the browser itself.
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    setDrag({ began: inTrack(event), at: inTrack(event), moved: bar, onto: undefined });
  }
  function move(event: PointerEvent<HTMLElement>) {
    if (!drag) return;
    const below = event.currentTarget.contains(document.elementFromPoint(event.clientX, event.clientY))
      ? barAt(document.elementFromPoint(event.clientX, event.clientY))
      : undefined;
    const other = isShift(below) && isShift(drag.moved) && row.bars[below]?.person?.id !== row.bars[drag.moved]?.person?.id ? below : undefined;
    setDrag({ ...drag, at: inTrack(event), onto: onSwap ? other : undefined });
  }
  function end() {
    setDrag(undefined);
    if (!drag || !isDrag) return;
    if (marked) onStretch?.(marked);
    const [moved, onto] = [row.bars[drag.moved ?? -1], row.bars[drag.onto ?? -1]];
    if (moved && onto) onSwap?.(moved, onto);
  }
  const from = marked ? placeOf(marked.from, days) : 0;
  return (
    <div className={onStretch ? 'tr marks' : 'tr swaps'} onPointerDown={begin} onPointerMove={move} onPointerUp={end} onPointerCancel={() => setDrag(undefined)}>
      {children((place) => (isDrag && drag.moved === place && onSwap ? 'moved' : isDrag && drag.onto === place ? 'onto' : undefined))}
      {marked ? (
        <div className="mark" style={{ left: `${from * 100}%`, width: `${(placeOf(marked.until, days) - from) * 100}%` }}>
          <span className={from > 0.6 ? 'says left' : 'says'}>
            {fullTime(marked.from, zone)} to {fullTime(marked.until, zone)} · {lengthOf(marked.until - marked.from)}
          </span>
        </div>
      ) : null}
    </div>
  );
}
