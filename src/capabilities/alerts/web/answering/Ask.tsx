import { useState } from 'react';
import { oncall } from '#capabilities/oncall/contract.ts';
import { api, useWrite } from '#web/api.ts';
import { searchPeople } from '#web/record/choices.tsx';
import { Choose } from '#web/record/Choose.tsx';
import { Confirm } from '#web/record/Confirm.tsx';
import { Button } from '#web/ui/Button.tsx';
import { Dialog } from '#web/ui/Dialog.tsx';
import { Note } from '#web/ui/Parts.tsx';
import { words } from './words.ts';
import '../alert.css';

interface AskProps {
  readonly number: string;
  readonly open: boolean;
  readonly onClose: () => void;
}

const MINUTES = ['15', '60', '240', '480', '1440'] as const;

/** Until when: one tap each, so that it can be done half asleep. */
export function AskSnooze({ number, open, onClose }: AskProps) {
  const snooze = useWrite(api(oncall).snooze, onClose);
  return (
    <Dialog title={words.snoozeTitle} sub={words.snoozeText} open={open} onClose={onClose}>
      {snooze.problem ? (
        <Note live state="critical">
          {snooze.problem.sentence}
        </Note>
      ) : null}
      <div className="snoozes">
        {MINUTES.map((minutes) => (
          <Button key={minutes} busy={snooze.busy} onClick={() => snooze.act({ number, minutes: Number(minutes) })}>
            {words.choices[minutes]}
          </Button>
        ))}
      </div>
    </Dialog>
  );
}

export function AskHandOver({ number, open, onClose }: AskProps) {
  const [person, setPerson] = useState<string>();
  const hand = useWrite(api(oncall).handOver, onClose);
  return (
    <Dialog title={words.handTitle} sub={words.handText} open={open} onClose={onClose}>
      {hand.problem ? (
        <Note live state="critical">
          {hand.problem.fields?.[0]?.sentence ?? hand.problem.sentence}
        </Note>
      ) : null}
      <Choose name="person" label={words.person} search={searchPeople} onChoose={(choice) => setPerson(choice?.id)} />
      <div className="end">
        <Button variant="primary" busy={hand.busy} {...(!person && { refused: words.noPerson })} onClick={() => person && hand.act({ number, person })}>
          {words.handOver}
        </Button>
      </div>
    </Dialog>
  );
}

export function AskHelp({ number, open, onClose }: AskProps) {
  const help = useWrite(api(oncall).help, onClose);
  return <Confirm title={words.helpTitle} sub={words.helpText} act={words.helpAct} open={open} onClose={onClose} write={help} onAct={() => help.act({ number })} />;
}
