import { useId, useState } from 'react';
import { api, useWrite } from '#web/api.ts';
import { searchCatalog } from '#web/record/choices.tsx';
import { Button } from '#web/ui/Button.tsx';
import { Combobox, type Choosable } from '#web/ui/Combobox.tsx';
import { Field, Input, Select } from '#web/ui/Field.tsx';
import { Note } from '#web/ui/Parts.tsx';
import { catalog } from '../../contract/index.ts';
import { words } from '../words.ts';
import { IMPACTS, impactOf } from './impacts.ts';

const text = words.edges;
const DIRECTIONS = [
  { value: 'provider', label: text.provider },
  { value: 'consumer', label: text.consumer },
];
const FRESH = { group: '', confidence: '100', note: '' };

interface AddEdgeProps {
  readonly number: string;
  /** Redundancy groups that it has already. */
  readonly groups: readonly string[];
  readonly onAdded: () => void;
}

/** One more dependency, in either direction; what was chosen stays chosen, so that several of a kind go quickly. */
export function AddEdge({ number, groups, onAdded }: AddEdgeProps) {
  const listId = useId();
  const [direction, setDirection] = useState('provider');
  const [impact, setImpact] = useState<(typeof IMPACTS)[number]['value']>('hard');
  const [said, setSaid] = useState(FRESH);
  const [chosen, setChosen] = useState<Choosable>();
  const [cycle, setCycle] = useState<string | null>(null);
  const add = useWrite(api(catalog).addEdge, (answer) => {
    onAdded();
    setCycle(answer.cycle);
    setChosen(undefined);
    setSaid(({ group }) => ({ ...FRESH, group }));
  });
  const say = (change: Partial<typeof FRESH>) => setSaid({ ...said, ...change });
  const send = () =>
    chosen &&
    add.act({
      impact,
      group: said.group,
      note: said.note,
      confidence: Number(said.confidence || 100),
      ...(direction === 'provider' ? { provider: chosen.id, consumer: number } : { provider: number, consumer: chosen.id }),
    });
  return (
    <div className="stepbox">
      {add.problem ? (
        <Note live state="critical">
          {add.problem.sentence}
        </Note>
      ) : null}
      {cycle ? (
        <Note live state="warning">
          {text.cycle}
          {cycle}
        </Note>
      ) : null}
      <div className="pair">
        <Field name="direction" label={text.direction}>
          <Select options={DIRECTIONS} value={direction} onChange={(event) => setDirection(event.currentTarget.value)} />
        </Field>
        <Field name="other" label={text.other}>
          <Combobox label={text.other} chosen={chosen} search={searchCatalog} onChoose={setChosen} />
        </Field>
      </div>
      <div className="pair">
        <Field name="impact" label={text.impact}>
          <Select options={IMPACTS} value={impact} onChange={(event) => setImpact(impactOf(event.currentTarget.value))} />
        </Field>
        <Field name="group" label={text.group} hint={text.groupHint} optional>
          <Input value={said.group} maxLength={80} {...(direction === 'provider' && { list: listId })} onChange={(event) => say({ group: event.currentTarget.value })} />
        </Field>
      </div>
      <div className="pair">
        <Field name="note" label={text.note} optional>
          <Input value={said.note} maxLength={500} onChange={(event) => say({ note: event.currentTarget.value })} />
        </Field>
        <Field name="confidence" label={text.confidence}>
          <Input type="number" min={0} max={100} value={said.confidence} onChange={(event) => say({ confidence: event.currentTarget.value })} />
        </Field>
      </div>
      <datalist id={listId}>
        {groups.map((group) => (
          <option key={group} value={group} />
        ))}
      </datalist>
      <div className="row">
        <Button variant="primary" busy={add.busy} {...(!chosen && { refused: 'Choose a service or component first.' })} onClick={send}>
          {text.add}
        </Button>
      </div>
    </div>
  );
}
