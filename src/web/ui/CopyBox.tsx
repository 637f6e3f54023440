import { useState } from 'react';
import { Button } from './Button.tsx';

const words = { copy: 'Copy', copied: 'Copied', select: 'Select it by hand' } as const;

/** Text to be taken elsewhere: an address, a key, a piece of configuration. Long ones keep their lines. */
export function CopyBox({ label, value }: { readonly label: string; readonly value: string }) {
  const [said, setSaid] = useState<'copied' | 'select'>();
  async function copy() {
    // The clipboard exists only on HTTPS and localhost; elsewhere the text is selected by hand.
    const done = await navigator.clipboard?.writeText(value).then(
      () => true,
      () => false,
    );
    setSaid(done ? 'copied' : 'select');
  }
  return (
    <div className={value.includes('\n') ? 'copybox lines' : 'copybox'} role="group" aria-label={label}>
      <pre tabIndex={0}>{value}</pre>
      <Button size="small" aria-label={`${words[said ?? 'copy']}: ${label}`} onClick={() => void copy()}>
        {words[said ?? 'copy']}
      </Button>
    </div>
  );
}
