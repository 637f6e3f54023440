import { Button } from '#web/ui/Button.tsx';
import { Dialog } from '#web/ui/Dialog.tsx';
import { Note } from '#web/ui/Parts.tsx';
import type { ShownProblem } from '#web/ui/problem.ts';

interface ConfirmProps {
  readonly title: string;
  readonly sub: string;
  /** On the button: what happens. */
  readonly act: string;
  readonly open: boolean;
  readonly onClose: () => void;
  readonly onAct: () => void;
  readonly write: { readonly busy: boolean; readonly problem: ShownProblem | undefined };
}

/** Asks once more before something that is not easily taken back; its refusal stays in sight. */
export function Confirm({ title, sub, act, open, onClose, onAct, write }: ConfirmProps) {
  return (
    <Dialog title={title} sub={sub} open={open} onClose={onClose}>
      {write.problem ? (
        <Note live state="critical">
          {write.problem.sentence}
        </Note>
      ) : null}
      <div className="end">
        <Button variant="danger" busy={write.busy} onClick={onAct}>
          {act}
        </Button>
      </div>
    </Dialog>
  );
}
