import { useState } from 'react';
import { Dialog } from '#web/ui/Dialog.tsx';
import { Checkbox } from '#web/ui/Field.tsx';
import { Kbd } from '#web/ui/Parts.tsx';
import { lettersOff, turnLetters, useRegistered } from './shortcuts.ts';

const ROWS = [
  { keys: 'j', label: 'Next line', group: 'Lists', act: () => {} },
  { keys: 'k', label: 'Line before', group: 'Lists', act: () => {} },
  { keys: 'Enter', label: 'Open the line', group: 'Lists', act: () => {} },
];
const shown = (keys: string) => keys.replace(/\b[a-z]\b/g, (letter) => letter.toUpperCase());

/** Everything the keyboard can do on this page. */
export function Shortcuts({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const registered = useRegistered();
  const [off, setOff] = useState(lettersOff);
  const groups = Map.groupBy([...registered, ...ROWS], (each) => each.group ?? 'Anywhere');
  return (
    <Dialog wide title="Shortcuts" open={open} onClose={onClose}>
      <div className="keys2">
        {[...groups].map(([group, list]) => (
          <section key={group}>
            <h3>{group}</h3>
            <ul>
              {list.map((each) => (
                <li key={each.keys}>
                  {each.label}
                  <span className="ks">
                    <Kbd keys={shown(each.keys)} />
                  </span>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
      <Checkbox
        label="Single letters act"
        hint="Turn this off when dictation or another program types letters for you."
        checked={!off}
        onChange={(event) => {
          turnLetters(event.currentTarget.checked ? 'on' : 'off');
          setOff(!event.currentTarget.checked);
        }}
      />
    </Dialog>
  );
}
