import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import type { Out } from '#kernel/contract.ts';
import { Icon } from '#web/ui/Icon.tsx';
import { StatusText, type State } from '#web/ui/Status.tsx';
import type { catalog } from '../../contract/index.ts';
import { words } from './words.ts';

const text = words.run;
type Finding = Out<(typeof catalog)['verbs']['run']>['findings'][number];

const FEW = 20;
const LEVELS = ['error', 'warning', 'info'] as const;
const STATES: Readonly<Record<Finding['level'], State>> = { error: 'critical', warning: 'warning', info: 'info' };
// A few groups with little in them are read at once.
const OPENED = 3;

const titleOf = (code: string) => code.charAt(0).toUpperCase() + code.slice(1).replaceAll('-', ' ');

/** Findings of one kind together, errors first, then what occurs most. */
function groupsOf(findings: readonly Finding[]) {
  const groups = [...Map.groupBy(findings, ({ level, code }) => `${level} ${code}`)].map(([key, all]) => ({ key, level: all[0]!.level, code: all[0]!.code, all }));
  return groups.toSorted((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level) || b.all.length - a.all.length);
}

const Place = ({ finding: { file, line } }: { readonly finding: Finding }) =>
  file ? <code>{line === null ? file : `${file}:${line}`}</code> : <span className="dim s12">{text.whole}</span>;

function Group({ group, isOpen }: { readonly group: ReturnType<typeof groupsOf>[number]; readonly isOpen: boolean }) {
  const [all, setAll] = useState(false);
  const shown = all ? group.all : group.all.slice(0, FEW);
  return (
    <details className="finding" open={isOpen}>
      <summary>
        <Icon of={ChevronRight} size={14} />
        <StatusText state={STATES[group.level]}>{text.levels[group.level]}</StatusText>
        <b className="b">{titleOf(group.code)}</b>
        <span className="dim num">{group.all.length.toLocaleString('en-GB')}</span>
      </summary>
      <ul>
        {shown.map((finding, at) => (
          <li key={at}>
            <Place finding={finding} />
            <span>{finding.sentence}</span>
          </li>
        ))}
      </ul>
      {shown.length < group.all.length ? (
        <button type="button" className="textual saysmore" onClick={() => setAll(true)}>
          {text.showAll(group.all.length)}
        </button>
      ) : null}
    </details>
  );
}

/** What a person should know about the source, by kind and place. */
export function Findings({ findings }: { readonly findings: readonly Finding[] }) {
  const groups = groupsOf(findings);
  return (
    <section aria-label={text.findings}>
      {groups.length ? null : <p className="dim s13">{text.noFindings}</p>}
      {groups.map((group, at) => (
        <Group key={group.key} group={group} isOpen={group.level === 'error' || (at < OPENED && group.all.length <= 5)} />
      ))}
    </section>
  );
}
