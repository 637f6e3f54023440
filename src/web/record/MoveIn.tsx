import { FolderInput } from 'lucide-react';
import { useRef, useState, type ReactNode } from 'react';
import { problemOf } from '#web/api.ts';
import { Button } from '#web/ui/Button.tsx';
import { Field, Textarea } from '#web/ui/Field.tsx';
import { Note } from '#web/ui/Parts.tsx';

interface Texts {
  readonly title: string;
  readonly sub: string;
  readonly file: string;
  readonly hint: string;
  readonly choose: string;
  readonly look: string;
  readonly make: (count: number) => string;
  readonly empty: string;
  readonly nothing: string;
  readonly mayNot: string;
}

interface MoveInProps<Plan, Moved> {
  readonly text: Texts;
  readonly may: boolean;
  /** Endings of files that may be chosen. */
  readonly accept: string;
  readonly plan: (source: string) => Promise<Plan>;
  readonly make: (source: string) => Promise<Moved>;
  /** How much of the plan would be made. */
  readonly news: (plan: Plan) => number;
  /** The plan as people read it; `again` asks for it anew, after something was said about it. */
  readonly shown: (plan: Plan, again: () => void) => ReactNode;
  readonly done: (moved: Moved) => ReactNode;
  readonly onMoved: () => void;
}

/** From the file of another system to records of the desk: first the plan, then the records. */
export function MoveIn<Plan, Moved>({ text, may, accept, plan: askPlan, make: askMake, news, shown, done, onMoved }: MoveInProps<Plan, Moved>) {
  const picker = useRef<HTMLInputElement>(null);
  const [source, setSource] = useState('');
  const [busy, setBusy] = useState(false);
  const [plan, setPlan] = useState<Plan>();
  const [moved, setMoved] = useState<Moved>();
  const [refused, setRefused] = useState<string>();
  async function ask<T>(call: Promise<T>, then: (answer: T) => void) {
    setBusy(true);
    setRefused(undefined);
    await call.then(then, (error: unknown) => setRefused(problemOf(error).sentence));
    setBusy(false);
  }
  const change = (typed: string) => {
    setSource(typed);
    setPlan(undefined);
    setMoved(undefined);
    setRefused(undefined);
  };
  const look = () => void ask(askPlan(source), setPlan);
  const make = () =>
    void ask(askMake(source), (answer) => {
      setMoved(answer);
      setPlan(undefined);
      onMoved();
    });
  return (
    <div className="stack16 movein">
      <div>
        <h1>{text.title}</h1>
        <p className="lead">{text.sub}</p>
      </div>
      {may ? null : <Note state="warning">{text.mayNot}</Note>}
      <Field name="text" label={text.file} hint={text.hint}>
        <Textarea value={source} rows={plan ? 4 : 10} spellCheck={false} autoCapitalize="none" onChange={(event) => change(event.currentTarget.value)} />
      </Field>
      <input
        ref={picker}
        type="file"
        accept={accept}
        hidden
        aria-label={text.choose}
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? [];
          if (file) void file.text().then(change);
        }}
      />
      {refused ? (
        <Note live state="critical">
          {refused}
        </Note>
      ) : null}
      {moved ? done(moved) : null}
      {plan ? shown(plan, look) : null}
      <div className="row">
        {plan ? (
          <Button variant="primary" busy={busy} refused={news(plan) === 0 ? text.nothing : null} onClick={make}>
            {text.make(news(plan))}
          </Button>
        ) : (
          <Button variant="primary" busy={busy} refused={source.trim() === '' ? text.empty : may ? null : text.mayNot} onClick={look}>
            {text.look}
          </Button>
        )}
        <Button icon={FolderInput} onClick={() => picker.current?.click()}>
          {text.choose}
        </Button>
      </div>
    </div>
  );
}
