import { useState } from 'react';
import type { ShownProblem } from '#web/ui/problem.ts';
import { Button } from '#web/ui/Button.tsx';
import { Note } from '#web/ui/Parts.tsx';
import { words } from './words.ts';

const text = words.meaning;

interface TextEditorProps {
  readonly label: string;
  readonly draftKey: string;
  /** What the desk has now; changes under the editor when somebody else writes. */
  readonly latest: { readonly text: string; readonly revision: number; readonly by?: string | undefined };
  readonly busy: boolean;
  readonly problem: ShownProblem | undefined;
  readonly onSave: (typed: string, revision: number) => void;
  readonly onCancel: () => void;
}

/** Writes a text that others may write too: nobody's words are lost, and who comes second sees the first. */
export function TextEditor({ label, draftKey, latest, busy, problem, onSave, onCancel }: TextEditorProps) {
  const [typed, setTyped] = useState(() => sessionStorage.getItem(draftKey) ?? latest.text);
  const [seen, setSeen] = useState(latest.revision);
  const newer = latest.revision !== seen;
  function change(next: string) {
    setTyped(next);
    sessionStorage.setItem(draftKey, next);
  }
  function save() {
    if (newer || busy) return;
    sessionStorage.removeItem(draftKey);
    onSave(typed, seen);
  }
  return (
    <div className="texted">
      <textarea
        className="inp"
        aria-label={label}
        rows={5}
        value={typed}
        autoFocus
        onChange={(event) => change(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) save();
        }}
      />
      {newer ? (
        <Note live state="warning">
          <b className="b">{text.newer}</b> {latest.by}
          <p className="theirs">{latest.text}</p>
          <span className="row">
            <Button size="small" onClick={() => (change(latest.text), setSeen(latest.revision))}>
              {text.theirs}
            </Button>
            <Button size="small" variant="quiet" onClick={() => setSeen(latest.revision)}>
              {text.mine}
            </Button>
          </span>
        </Note>
      ) : problem ? (
        <Note live state="critical">
          {problem.sentence}
        </Note>
      ) : null}
      <div className="row">
        <Button variant="primary" size="small" busy={busy} refused={newer ? text.newer : null} onClick={save}>
          {words.save}
        </Button>
        <Button
          variant="quiet"
          size="small"
          onClick={() => {
            sessionStorage.removeItem(draftKey);
            onCancel();
          }}
        >
          {words.cancel}
        </Button>
      </div>
    </div>
  );
}
