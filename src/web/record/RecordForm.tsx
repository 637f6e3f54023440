import { useEffect, useId, useMemo, useRef, useState, type FormEvent, type KeyboardEvent, type ReactNode } from 'react';
import { Button } from '#web/ui/Button.tsx';
import { Note } from '#web/ui/Parts.tsx';
import { FormProvider, fieldId, type ShownProblem } from '#web/ui/problem.ts';

interface RecordFormProps {
  readonly title?: string;
  readonly sub?: ReactNode;
  /** Under this key what was typed survives a reload, until it is sent. */
  readonly draftKey: string;
  readonly submit: string;
  /** Answers the problem when it was refused; nothing when it is done. What was typed stays. */
  readonly onSubmit: (values: FormData) => Promise<ShownProblem | undefined>;
  readonly onCancel?: () => void;
  readonly danger?: true;
  readonly children: ReactNode;
}

function draftOf(key: string): ReadonlyMap<string, string> {
  try {
    return new Map(JSON.parse(sessionStorage.getItem(key) ?? '[]') as [string, string][]);
  } catch {
    return new Map();
  }
}

/** Every field by name; an unticked box is kept as '' so that a draft can untick it. */
function entriesOf(form: HTMLFormElement): [string, string][] {
  const ticked = [...form.querySelectorAll<HTMLInputElement>('input[type=checkbox][name]')].map((box): [string, string] => [box.name, box.checked ? box.value : '']);
  const secret = new Set([...form.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input[type=password], [data-secret]')].map((box) => box.name));
  const typed = [...new FormData(form)].flatMap(([name, value]): [string, string][] => (typeof value === 'string' && !secret.has(name) ? [[name, value]] : []));
  return [...typed.filter(([name]) => !ticked.some(([box]) => box === name)), ...ticked];
}

const offline: ShownProblem = {
  title: 'Not sent.',
  sentence: 'The server could not be reached. What you typed is kept; try again.',
};

/** One form for every kind of record: errors at the field and summed up, nothing lost on failure, Ctrl Enter sends. */
export function RecordForm({ title, sub, draftKey, submit, onSubmit, onCancel, danger, children }: RecordFormProps) {
  const id = useId();
  const form = useRef<HTMLFormElement>(null);
  const summary = useRef<HTMLDivElement>(null);
  const [problem, setProblem] = useState<ShownProblem>();
  const [busy, setBusy] = useState(false);
  const [draft, setDraft] = useState(() => draftOf(draftKey));
  const state = useMemo(
    () => ({
      id,
      draft,
      errors: new Map(problem?.fields?.map((each) => [each.field, each.sentence])),
    }),
    [id, draft, problem],
  );
  useEffect(() => {
    if (problem) summary.current?.focus();
  }, [problem]);
  async function send(event?: FormEvent) {
    event?.preventDefault();
    if (!form.current || busy) return;
    setBusy(true);
    const refused = await onSubmit(new FormData(form.current)).catch(() => offline);
    setBusy(false);
    setProblem(refused);
    if (!refused) sessionStorage.removeItem(draftKey);
  }
  function sendOnKey(event: KeyboardEvent) {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    form.current?.requestSubmit();
  }
  function discard() {
    sessionStorage.removeItem(draftKey);
    setDraft(new Map());
    form.current?.reset();
  }
  return (
    <form
      ref={form}
      key={draft.size ? 'drafted' : 'fresh'}
      className="formpage"
      noValidate
      aria-label={title ?? submit}
      onSubmit={(event) => void send(event)}
      onKeyDown={sendOnKey}
      onInput={(event) => sessionStorage.setItem(draftKey, JSON.stringify(entriesOf(event.currentTarget)))}
    >
      {title ? (
        <div>
          <h1>{title}</h1>
          {sub ? <p className="lead">{sub}</p> : null}
        </div>
      ) : null}
      {problem ? (
        <div ref={summary} tabIndex={-1}>
          <Note live state="critical">
            <b className="b">{problem.title}</b> {problem.sentence}
            {problem.fields?.length ? (
              <ul className="errs">
                {problem.fields.map((each) => (
                  <li key={each.field}>
                    <a href={`#${fieldId(id, each.field)}`}>{each.sentence}</a>
                  </li>
                ))}
              </ul>
            ) : null}
          </Note>
        </div>
      ) : null}
      <FormProvider value={state}>
        <div className="fields">{children}</div>
      </FormProvider>
      <div className="end">
        <Button type="submit" variant={danger ? 'danger' : 'primary'} busy={busy} aria-keyshortcuts="Control+Enter">
          {submit}
        </Button>
        {onCancel ? (
          <Button variant="quiet" onClick={onCancel}>
            Cancel
          </Button>
        ) : null}
        {draft.size ? (
          <span className="draft">
            Your draft is back.{' '}
            <button type="button" className="l textual" onClick={discard}>
              Discard it
            </button>
          </span>
        ) : null}
      </div>
    </form>
  );
}
