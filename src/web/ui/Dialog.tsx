import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { Button } from './Button.tsx';

type DialogProps = {
  readonly title: string;
  readonly sub?: ReactNode;
  readonly wide?: true;
  readonly open: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
};

/** A question that must be answered before going on; Escape and a click outside close it. */
export function Dialog({ title, sub, wide, open, onClose, children }: DialogProps) {
  return (
    <Radix.Root open={open} onOpenChange={(next) => (next ? undefined : onClose())}>
      <Radix.Portal>
        <Radix.Overlay className="veil" />
        <Radix.Content className={wide ? 'dlg wide' : 'dlg'} {...(sub ? {} : { 'aria-describedby': undefined })}>
          <Radix.Title asChild>
            <h2>{title}</h2>
          </Radix.Title>
          {sub ? <Radix.Description className="sub">{sub}</Radix.Description> : null}
          <div className="bd">{children}</div>
          <Radix.Close asChild>
            <Button variant="quiet" size="small" square icon={X} aria-label="Close" className="shutter" />
          </Radix.Close>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
