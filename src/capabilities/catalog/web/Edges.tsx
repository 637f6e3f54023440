import { useState } from 'react';
import { api, useWrite } from '#web/api.ts';
import { searchCatalog } from '#web/record/choices.tsx';
import { Button } from '#web/ui/Button.tsx';
import { Combobox, type Choosable } from '#web/ui/Combobox.tsx';
import { Dialog } from '#web/ui/Dialog.tsx';
import { Field, Input, Select } from '#web/ui/Field.tsx';
import { Note } from '#web/ui/Parts.tsx';
import type { Out } from '#kernel/contract.ts';
import { catalog } from '../contract.ts';
import { words } from './words.ts';

const text = words.edges;
const IMPACTS = ['hard', 'soft', 'none'] as const;
const impacts = IMPACTS.map((value) => ({ value, label: words.impacts[value] }));
const impactOf = (said: string) => IMPACTS.find((each) => each === said) ?? 'hard';
const directions = [
  { value: 'provider', label: text.provider },
  { value: 'consumer', label: text.consumer },
];

interface EdgesProps {
  readonly number: string;
  readonly id: string;
  readonly name: string;
  readonly graph: Out<(typeof catalog)['verbs']['graph']>;
  readonly onClose: () => void;
}

/** The direct dependencies of one record: add, change how a failure passes, end. */
export function Edges({ number, id, name, graph, onClose }: EdgesProps) {
  const [direction, setDirection] = useState('provider');
  const [impact, setImpact] = useState<(typeof IMPACTS)[number]>('hard');
  const [note, setNote] = useState('');
  const [chosen, setChosen] = useState<Choosable>();
  const [cycle, setCycle] = useState<string | null>(null);
  const add = useWrite(api(catalog).addEdge, (answer) => {
    setCycle(answer.cycle);
    setChosen(undefined);
    setNote('');
  });
  const update = useWrite(api(catalog).updateEdge);
  const end = useWrite(api(catalog).endEdge);
  const problem = add.problem ?? update.problem ?? end.problem;
  const named = new Map(graph.nodes.map((node) => [node.id, node.name]));
  const own = graph.edges.filter(({ providerId, consumerId }) => providerId === id || consumerId === id);
  const send = () => chosen && add.act({ impact, note, ...(direction === 'provider' ? { provider: chosen.id, consumer: number } : { provider: number, consumer: chosen.id }) });
  return (
    <Dialog wide title={`${text.title} of ${name}`} sub={text.sub} open onClose={onClose}>
      <div className="stack16">
        {problem ? (
          <Note live state="critical">
            {problem.sentence}
          </Note>
        ) : null}
        {cycle ? (
          <Note live state="warning">
            {text.cycle}
            {cycle}
          </Note>
        ) : null}
        {own.length ? (
          <ul className="plainrows">
            {own.map((edge) => {
              const uses = edge.consumerId === id;
              const other = named.get(uses ? edge.providerId : edge.consumerId) ?? '';
              return (
                <li key={edge.id}>
                  <span>
                    <span className="dim">{uses ? text.provider : text.consumer}</span> <b className="b">{other}</b>
                    {edge.note ? <span className="why block">{edge.note}</span> : null}
                  </span>
                  <span className="end">
                    <Select
                      aria-label={`${text.impact}: ${other}`}
                      options={impacts}
                      value={edge.impact}
                      onChange={(event) => update.act({ id: edge.id, impact: impactOf(event.currentTarget.value) })}
                    />
                    <Button size="small" variant="danger" busy={end.busy} aria-label={`${text.end}: ${other}`} onClick={() => end.act({ id: edge.id })}>
                      {text.end}
                    </Button>
                  </span>
                </li>
              );
            })}
          </ul>
        ) : (
          <p className="dim s13">{text.none}</p>
        )}
        <div className="stepbox">
          <div className="pair">
            <Field name="direction" label={text.direction}>
              <Select options={directions} value={direction} onChange={(event) => setDirection(event.currentTarget.value)} />
            </Field>
            <Field name="other" label={text.other}>
              <Combobox label={text.other} chosen={chosen} search={searchCatalog} onChoose={setChosen} />
            </Field>
          </div>
          <div className="pair">
            <Field name="impact" label={text.impact}>
              <Select options={impacts} value={impact} onChange={(event) => setImpact(impactOf(event.currentTarget.value))} />
            </Field>
            <Field name="note" label={text.note} optional>
              <Input value={note} maxLength={500} onChange={(event) => setNote(event.currentTarget.value)} />
            </Field>
          </div>
          <div className="row">
            <Button variant="primary" busy={add.busy} {...(!chosen && { refused: 'Choose a service or component first.' })} onClick={send}>
              {text.add}
            </Button>
          </div>
        </div>
      </div>
    </Dialog>
  );
}
