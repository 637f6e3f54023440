import { Shield, Zap } from 'lucide-react';
import { Button } from '#web/ui/Button.tsx';
import { Icon } from '#web/ui/Icon.tsx';
import { Section } from '#web/ui/Parts.tsx';
import { Badge, StatusIcon, type State } from '#web/ui/Status.tsx';
import type { MapFall } from '../../contract/index.ts';
import { kindOf, type Fate } from './look.ts';
import type { MapData } from './use-layout.ts';
import { words } from './words.ts';

const text = words.whatIf;
const STATES: Readonly<Record<MapFall['becomes'], State>> = { down: 'critical', degraded: 'warning', reduced: 'info' };
const ORDER = ['down', 'degraded', 'reduced'] as const;

export function FateBadge({ fate }: { readonly fate: Fate }) {
  if (fate === 'failed')
    return (
      <span className="bdg critical">
        <Icon of={Zap} size={12} />
        {words.fates.failed}
      </span>
    );
  if (fate === 'spared') return <Badge icon={<Icon of={Shield} size={12} />}>{words.fates.spared}</Badge>;
  return <Badge state={STATES[fate]}>{words.fates[fate]}</Badge>;
}

interface FallRowProps {
  readonly fall: MapFall;
  readonly isSelected: boolean;
  readonly onSelect: (id: string) => void;
}

export function FallRow({ fall, isSelected, onSelect }: FallRowProps) {
  const facts = [kindOf(fall), fall.usersAffected ? `${fall.usersAffected.toLocaleString('en-GB')} users` : ''].filter(Boolean).join(', ');
  return (
    <li>
      <button type="button" aria-pressed={isSelected} onClick={() => onSelect(fall.number)}>
        <StatusIcon small state={STATES[fall.becomes]} word={words.fates[fall.becomes]} />
        <span className="b el">{fall.name}</span>
        <span className="dim s12 nw">{facts}</span>
        <span className="because">{fall.why}</span>
      </button>
    </li>
  );
}

interface FallsProps {
  readonly data: MapData;
  readonly selected: string | undefined;
  readonly onSelect: (id: string) => void;
  readonly onClear: () => void;
}

/** What falls with the marked ones and why: services first, by tier and users. */
export function Falls({ data, selected, onSelect, onClear }: FallsProps) {
  const { falls, marked } = data;
  const unseen = falls.hidden.down + falls.hidden.degraded + falls.hidden.reduced;
  return (
    <section className="falls" aria-label={text.title}>
      <div className="panelhead">
        <h2 className="grow">{text.title}</h2>
        <Button variant="quiet" size="small" onClick={onClear}>
          {text.clear}
        </Button>
      </div>
      <p className="verdict" role="status">
        {text.sentence(
          marked.failed.map(({ title }) => title),
          { ...falls, services: falls.moreCount ? undefined : falls.list.filter(({ kind, becomes }) => kind === 'service' && becomes === 'down').length },
        )}
        {unseen ? <span className="mut"> {`${text.unseen(unseen).charAt(0).toUpperCase()}${text.unseen(unseen).slice(1)}.`}</span> : null}
      </p>
      {ORDER.map((becomes) => {
        const list = falls.list.filter((fall) => fall.becomes === becomes);
        return list.length === 0 ? null : (
          <Section key={becomes} title={text.heads[becomes]} count={falls[becomes]}>
            <ul className="falllist">
              {list.map((fall) => (
                <FallRow key={fall.number} fall={fall} isSelected={fall.number === selected} onSelect={onSelect} />
              ))}
            </ul>
          </Section>
        );
      })}
      {falls.moreCount ? <p className="dim s12">{text.listMore(falls.moreCount)}</p> : null}
    </section>
  );
}
