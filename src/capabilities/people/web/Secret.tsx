import { useState } from 'react';
import { Button } from '#web/ui/Button.tsx';
import { words } from './words.ts';

/** Something shown once, with a button that copies it. */
export function Secret({ value, label }: { readonly value: string; readonly label: string }) {
  const [copied, setCopied] = useState(false);
  async function copy() {
    // The clipboard exists only on HTTPS and localhost; elsewhere the text is selected by hand.
    await navigator.clipboard?.writeText(value);
    setCopied(true);
  }
  return (
    <div className="secretbox" role="group" aria-label={label}>
      <span>{value}</span>
      <Button size="small" onClick={() => void copy()}>
        {copied ? words.copied : words.copy}
      </Button>
    </div>
  );
}
