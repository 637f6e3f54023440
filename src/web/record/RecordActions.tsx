import { Ellipsis } from 'lucide-react';
import { useState } from 'react';
import { ActionButton, Button, type Action } from '#web/ui/Button.tsx';

/** The first two beside the primary stay in the thumb zone of the phone, the rest waits behind "More". */
const NEAR = 1;

/** What may be done to a record: a row on the right of the title, and a bar in the thumb zone on the phone. Quiet ones first, the primary last. */
export function RecordActions({ actions }: { readonly actions: readonly Action[] }) {
  const [all, setAll] = useState(false);
  const primary = actions.find((action) => action.variant === 'primary');
  const others = actions.filter((action) => action !== primary);
  const hidden = others.length > NEAR + 1 ? others.slice(NEAR) : [];
  return (
    <div className={`acts thumb${all ? ' all' : ''}`} role="group" aria-label="Actions">
      {others.map((action) => (
        <span key={action.label} className={hidden.includes(action) ? 'slot later' : 'slot'}>
          <ActionButton action={action} />
        </span>
      ))}
      {hidden.length ? (
        <Button className="morebtn" icon={Ellipsis} aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? 'Less' : 'More'}
        </Button>
      ) : null}
      {primary ? (
        <span className="slot first">
          <ActionButton action={primary} />
        </span>
      ) : null}
    </div>
  );
}
