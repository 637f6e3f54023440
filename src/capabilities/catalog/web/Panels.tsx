import { History } from './History.tsx';
import { Impact } from './Impact.tsx';
import { Resilience } from './Resilience.tsx';

interface PanelsProps {
  readonly number: string;
  /** Why its dependencies may not be changed. */
  readonly refused: string | null;
  readonly onEdit: () => void;
  /** Out of the graph: it has only a past. */
  readonly isRetired: boolean;
}

/** What the graph says of one record: what falls with it, what it survives itself, what it was. */
export function Panels({ number, refused, onEdit, isRetired }: PanelsProps) {
  return (
    <>
      {isRetired ? null : (
        <>
          <Impact number={number} />
          <Resilience number={number} refused={refused} onEdit={onEdit} />
        </>
      )}
      <History number={number} />
    </>
  );
}
