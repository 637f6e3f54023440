import { useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';

type TipProps = {
  readonly tip: ReactNode;
  readonly className?: string;
  /** Draws the thing that is explained; it takes the id as its `aria-describedby`. */
  readonly children: (describedBy: string) => ReactNode;
};

/** Words that appear on hover and on focus, stay while pointed at, and leave on Escape (WCAG 1.4.13). */
export function TipAnchor({ tip, className = '', children }: TipProps) {
  const id = useId();
  const anchor = useRef<HTMLSpanElement>(null);
  const [place, setPlace] = useState('');
  const [shut, setShut] = useState('');
  function settle() {
    const box = anchor.current?.getBoundingClientRect();
    if (!box) return;
    setShut('');
    setPlace(`${box.right < 288 ? ' start' : ''}${window.innerHeight - box.bottom < 150 ? ' up' : ''}`);
  }
  function leave(event: KeyboardEvent) {
    if (event.key === 'Escape') setShut(' shut');
  }
  return (
    <span className="refuse" ref={anchor} onPointerEnter={settle} onFocus={settle} onKeyDown={leave}>
      {children(id)}
      <span className={`tip ${className}${place}${shut}`} id={id} role="tooltip">
        {tip}
      </span>
    </span>
  );
}
