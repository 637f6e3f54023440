import { Impact } from './Impact.tsx';
import { Resilience } from './Resilience.tsx';

interface PanelsProps {
  readonly number: string;
  /** Why its dependencies may not be changed. */
  readonly refused: string | null;
  readonly onEdit: () => void;
}

/** What the graph says of one record in use: what falls with it, what it survives itself. */
export function Panels({ number, refused, onEdit }: PanelsProps) {
  return (
    <>
      <Impact number={number} />
      <Resilience number={number} refused={refused} onEdit={onEdit} />
    </>
  );
}
