import { Note, Skeleton } from '#web/ui/Parts.tsx';
import type { ShownProblem } from '#web/ui/problem.ts';

/** The page of a record before it is there, or why it will not be. */
export function RecordWaiting({ problem }: { readonly problem: ShownProblem | undefined }) {
  if (problem) return <Note state="warning">{problem.sentence}</Note>;
  return (
    <div className="waiting">
      <Skeleton width={220} />
      <Skeleton width="60%" />
      <Skeleton width="95%" />
    </div>
  );
}
