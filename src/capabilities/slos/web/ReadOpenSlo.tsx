import { useState } from 'react';
import { api, useWrite } from '#web/api.ts';
import { Fold } from '#web/record/Fold.tsx';
import { Button } from '#web/ui/Button.tsx';
import { Field, Textarea } from '#web/ui/Field.tsx';
import { Note } from '#web/ui/Parts.tsx';
import { slos, type Draft } from '../contract.ts';
import { percent } from '../rules/index.ts';
import { words } from './words.ts';

const text = words.form;

/** Reads an OpenSLO text and offers its objectives as drafts of the form below. */
export function ReadOpenSlo({ onTake }: { readonly onTake: (draft: Draft) => void }) {
  const [typed, setTyped] = useState('');
  const read = useWrite(api(slos).readOpenSlo);
  const [drafts, setDrafts] = useState<readonly Draft[]>([]);
  const sent = () =>
    read.send({ text: typed }).then(
      (answer) => setDrafts(answer.drafts),
      () => setDrafts([]),
    );
  return (
    <Fold label={text.read} fields={[]} filled={false}>
      <div className="stack8 sread">
        <Field name="openslo" label={text.readText} {...(read.problem && { error: read.problem.sentence })}>
          <Textarea value={typed} spellCheck={false} rows={8} onChange={(event) => setTyped(event.currentTarget.value)} />
        </Field>
        <div>
          <Button size="small" busy={read.busy} onClick={() => void sent()}>
            {text.readIt}
          </Button>
        </div>
        <ul className="sdrafts">
          {drafts.map((draft) => (
            <li key={draft.name}>
              <div className="row">
                <b className="b grow">{draft.name}</b>
                <span className="num dim">
                  {draft.objective === null ? '' : percent(draft.objective, 3)} {draft.windowDays === null ? '' : words.days(draft.windowDays)}
                </span>
                <Button size="small" onClick={() => onTake(draft)} aria-label={`${text.use}: ${draft.name}`}>
                  {text.use}
                </Button>
              </div>
              {draft.notes.length ? <Note state="info">{draft.notes.join(' ')}</Note> : null}
            </li>
          ))}
        </ul>
      </div>
    </Fold>
  );
}
