import { useState } from 'react';
import { api, useWrite } from '#web/api.ts';
import { Button } from '#web/ui/Button.tsx';
import { Input, Select } from '#web/ui/Field.tsx';
import { Note } from '#web/ui/Parts.tsx';
import { StatusText } from '#web/ui/Status.tsx';
import { catalog, type Redundancy } from '../../contract/index.ts';
import { words } from '../words.ts';

const text = words.edges;
const MODES = ['all', 'count', 'percent'] as const;
type Mode = (typeof MODES)[number];
const OPTIONS = MODES.map((value) => ({ value, label: text.modes[value] }));

interface NeedsProps {
  readonly consumer: string;
  readonly group: string;
  readonly members: number;
  readonly redundancy: Redundancy | undefined;
}

/** How many members of one redundancy group must stay up; a change is kept by "Set". */
export function Needs({ consumer, group, members: seen, redundancy }: NeedsProps) {
  // Of members that the viewer may not see there is only the count.
  const members = Math.max(seen, redundancy?.providers ?? 0);
  const kept = { mode: (redundancy?.unit ?? 'all') as Mode, amount: String(redundancy?.minUp ?? '') };
  const [said, setSaid] = useState<typeof kept>();
  const set = useWrite(api(catalog).setRedundancy, () => setSaid(undefined));
  const { mode, amount } = said ?? kept;
  function choose(next: string) {
    const chosen = MODES.find((each) => each === next) ?? 'all';
    setSaid({ mode: chosen, amount: chosen === 'percent' ? '50' : chosen === 'count' ? String(Math.max(1, members - 1)) : '' });
  }
  return (
    <form
      className="needsbar"
      aria-label={text.needsOf(group)}
      onSubmit={(event) => {
        event.preventDefault();
        set.act({ consumer, group, minUp: mode === 'all' ? null : Number(amount), unit: mode === 'percent' ? 'percent' : 'count' });
      }}
    >
      <h3 className="b">{group}</h3>
      <span className="dim s12">{text.needs}</span>
      <Select aria-label={text.needsOf(group)} options={OPTIONS} value={mode} onChange={(event) => choose(event.currentTarget.value)} />
      {mode === 'all' ? null : (
        <Input
          type="number"
          required
          min={0}
          max={mode === 'percent' ? 100 : members}
          step={mode === 'percent' ? 'any' : 1}
          aria-label={`${text.amount}: ${group}`}
          value={amount}
          onChange={(event) => setSaid({ mode, amount: event.currentTarget.value })}
        />
      )}
      <span className="dim s12 nw">{text.of(members)}</span>
      {said ? (
        <Button type="submit" size="small" variant="primary" busy={set.busy}>
          {text.set}
        </Button>
      ) : redundancy ? (
        <StatusText state={redundancy.survives > 0 ? 'good' : 'warning'}>{words.resilience.survives(redundancy.survives)}</StatusText>
      ) : null}
      {set.problem ? (
        <Note live state="critical">
          {set.problem.sentence}
        </Note>
      ) : null}
    </form>
  );
}
