import { useMemo, useRef, useState } from 'react';
import { api, useWrite } from '#web/api.ts';
import { Confirm } from '#web/record/Confirm.tsx';
import { useMay } from '#web/session.ts';
import { useShortcuts } from '#web/shell/shortcuts.ts';
import { Note } from '#web/ui/Parts.tsx';
import { alerts } from '../../contract/index.ts';
import { words } from '../words.ts';
import { refuseKey, type Line } from './rows.ts';

const text = words.list;

/** The line that has the focus. */
function focused(lines: readonly Line[]): Line | undefined {
  const row = document.activeElement?.closest<HTMLElement>('[data-row]')?.dataset['row'];
  return row === undefined ? undefined : lines[Number(row)];
}

/** A acknowledges the line that has the focus, R asks whether to resolve it; what cannot be done is said. */
export function Answers({ lines }: { readonly lines: readonly Line[] }) {
  const may = useMay('alerts.answer');
  const shown = useRef(lines);
  shown.current = lines;
  const [said, setSaid] = useState<string>();
  const [over, setOver] = useState<Line>();
  const acknowledge = useWrite(api(alerts).acknowledge);
  const resolve = useWrite(api(alerts).resolve, () => setOver(undefined));
  const { act, clear } = acknowledge;
  const shortcuts = useMemo(() => {
    const answer = (deed: 'acknowledge' | 'resolve', run: (line: Line) => void) => () => {
      const line = focused(shown.current);
      clear();
      const refused = line ? (may ? refuseKey(deed, line) : text.mayNotAnswer) : text.noFocus;
      setSaid(refused);
      if (line && !refused) run(line);
    };
    return [
      { keys: 'a', label: text.keyAcknowledge, group: text.title, act: answer('acknowledge', ({ alert }) => act({ number: alert.number })) },
      { keys: 'r', label: text.keyResolve, group: text.title, act: answer('resolve', setOver) },
    ];
  }, [may, act, clear]);
  useShortcuts(shortcuts);
  const problem = acknowledge.problem?.sentence;
  return (
    <>
      {problem || said ? (
        <div className="above">
          <Note live state={problem ? 'critical' : 'info'}>
            {problem ?? said}
          </Note>
        </div>
      ) : null}
      {over ? (
        <Confirm
          open
          title={text.resolveTitle(over.alert.number)}
          sub={text.resolveText(over.group?.open ?? 1)}
          act={words.alert.resolve}
          onClose={() => {
            setOver(undefined);
            resolve.clear();
          }}
          onAct={() => resolve.act({ number: over.alert.number })}
          write={resolve}
        />
      ) : null}
    </>
  );
}
