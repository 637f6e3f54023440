import { ArrowDown, ArrowUp, Plus, Waypoints, X } from 'lucide-react';
import { useState } from 'react';
import { api, useRead, useWrite } from '#web/api.ts';
import { recordChoice, searchServices } from '#web/record/choices.tsx';
import { useMay } from '#web/session.ts';
import { Button } from '#web/ui/Button.tsx';
import { Combobox, type Choosable } from '#web/ui/Combobox.tsx';
import { Field, Input } from '#web/ui/Field.tsx';
import { Crumbs, Empty, Note, Skeleton } from '#web/ui/Parts.tsx';
import { alerts } from '../contract/index.ts';
import { RulesTabs } from './rules/RulesTabs.tsx';
import { words as rules } from './rules/words.ts';
import { words } from './words.ts';

const text = words.bindings;

interface Line {
  readonly id: string;
  readonly matchers: string;
  readonly service: Choosable | undefined;
}

let fresh = 0;
const blank = (): Line => ({ id: `new ${++fresh}`, matchers: '', service: undefined });

function Editor({ start, refused }: { readonly start: readonly Line[]; readonly refused: string | undefined }) {
  const [lines, setLines] = useState(start);
  const save = useWrite(api(alerts).setBindings);
  const [saved, setSaved] = useState(false);
  const change = (id: string, to: Partial<Line>) => edit(lines.map((line) => (line.id === id ? { ...line, ...to } : line)));
  function edit(next: readonly Line[]) {
    setSaved(false);
    setLines(next);
  }
  function move(at: number, by: number) {
    const next = [...lines];
    const [line] = next.splice(at, 1);
    if (line) next.splice(at + by, 0, line);
    edit(next);
  }
  const complete = lines.every(({ matchers, service }) => matchers.trim() && service);
  const sent = () =>
    save.send({ rules: lines.flatMap(({ matchers, service }) => (service ? [{ matchers, service: service.id }] : [])) }).then(
      () => setSaved(true),
      () => undefined,
    );
  return (
    <div className="stack16">
      {save.problem ? (
        <Note live state="critical">
          <b className="b">{save.problem.title}</b> {[save.problem.sentence, ...(save.problem.fields ?? []).map(({ sentence }) => sentence)].join(' ')}
        </Note>
      ) : null}
      {saved ? (
        <Note live state="good">
          {text.saved}
        </Note>
      ) : null}
      {lines.length ? null : <Empty icon={Waypoints} title={text.emptyTitle} sentence={text.emptyText} first={{ label: text.add, refused, onAct: () => edit([blank()]) }} />}
      <ol className="stack8">
        {lines.map((line, at) => (
          <li key={line.id} className="inlineform bindline">
            <Field name={`matchers${at}`} label={`${text.matchers}, rule ${at + 1}`}>
              <Input value={line.matchers} spellCheck={false} onChange={(event) => change(line.id, { matchers: event.currentTarget.value })} />
            </Field>
            <Field name={`service${at}`} label={words.service}>
              <Combobox label={words.service} chosen={line.service} search={searchServices} onChoose={(service) => change(line.id, { service })} />
            </Field>
            <span className="row">
              <Button square variant="quiet" icon={ArrowUp} aria-label={`${text.up}: rule ${at + 1}`} {...(!at && { refused: 'It is the first.' })} onClick={() => move(at, -1)} />
              <Button
                square
                variant="quiet"
                icon={ArrowDown}
                aria-label={`${text.down}: rule ${at + 1}`}
                {...(at === lines.length - 1 && { refused: 'It is the last.' })}
                onClick={() => move(at, 1)}
              />
              <Button square variant="quiet" icon={X} aria-label={`${text.remove}: rule ${at + 1}`} onClick={() => edit(lines.filter(({ id }) => id !== line.id))} />
            </span>
          </li>
        ))}
      </ol>
      {lines.length ? <p className="dim s12">{text.matchersHint}</p> : null}
      <div className="row">
        <Button variant="primary" refused={refused ?? (complete ? undefined : 'Each rule needs labels and a service.')} busy={save.busy} onClick={() => void sent()}>
          {text.save}
        </Button>
        <Button icon={Plus} refused={refused} onClick={() => edit([...lines, blank()])}>
          {text.add}
        </Button>
      </div>
    </div>
  );
}

/** The rules that give an alert its service, first match decides; saved as one list. */
export default function BindingsPage() {
  const may = useMay('alerts.configure');
  const { data, problem } = useRead(api(alerts).bindings, {});
  const start = data?.items.map(({ id, matchers, service }) => ({ id, matchers, service: recordChoice(service) }));
  return (
    <>
      <Crumbs path={[{ label: words.list.title, href: '/alerts' }, { label: rules.title }]} />
      <h1>{rules.title}</h1>
      <p className="lead">{rules.sub}</p>
      <RulesTabs current="bindings" />
      <p className="lead">{text.sub}</p>
      {problem ? <Note state="warning">{problem.sentence}</Note> : null}
      <div className="setbody">
        {data && start ? (
          <div className="stack16">
            <Note state="info">{text.before(data.labelNames.join(', '))}</Note>
            <Editor start={start} refused={may ? undefined : 'Only a lead or an administrator may change the rules.'} />
          </div>
        ) : problem ? null : (
          <Skeleton width="60%" />
        )}
      </div>
    </>
  );
}
