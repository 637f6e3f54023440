import { useEffect, useRef } from 'react';

/** A hidden field says nothing of its changes; whoever looks at the form while it is filled is told by the event of any other field. */
export function useTelling(value: string) {
  const field = useRef<HTMLInputElement>(null);
  const told = useRef(value);
  useEffect(() => {
    if (told.current === value) return;
    told.current = value;
    field.current?.dispatchEvent(new Event('input', { bubbles: true }));
  }, [value]);
  return field;
}
