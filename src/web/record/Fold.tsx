import { ChevronRight } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { Icon } from '#web/ui/Icon.tsx';
import { useForm } from '#web/ui/problem.ts';

interface FoldProps {
  readonly label: string;
  /** Names of the fields in it: an error of one of them, or a draft, opens it. */
  readonly fields: readonly string[];
  /** Something is written in it already. */
  readonly filled: boolean;
  readonly children: ReactNode;
}

/** Fields of a form that few people need, folded away until they are asked for. */
export function Fold({ label, fields, filled, children }: FoldProps) {
  const form = useForm();
  const [asked, setAsked] = useState(filled || fields.some((name) => form?.draft.get(name)));
  const open = asked || fields.some((name) => form?.errors.has(name));
  return (
    <details className="fold" open={open} onToggle={(event) => setAsked(event.currentTarget.open)}>
      <summary>
        <Icon of={ChevronRight} size={14} />
        {label}
      </summary>
      <div className="fields">{children}</div>
    </details>
  );
}
