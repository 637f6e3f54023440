import { useState } from 'react';
import type { Out } from '#kernel/contract.ts';
import { api, useRead, useWrite } from '#web/api.ts';
import { Link } from '#web/ui/Link.tsx';
import { Note, Section, Skeleton } from '#web/ui/Parts.tsx';
import { StatusIcon } from '#web/ui/Status.tsx';
import { Time } from '#web/ui/Time.tsx';
import { catalog } from '../../contract/index.ts';
import { RULE_LEVELS } from '../../rules/index.ts';
import { Exempting } from './Exempting.tsx';
import { LevelText } from './look.tsx';
import { valueText, words } from './words.ts';

const text = words.panel;
const STATES = { passed: 'good', exempt: 'info', failed: 'warning' } as const;
type Result = Out<(typeof catalog)['verbs']['standing']>['results'][number];

interface LineProps {
  readonly result: Result;
  readonly may: boolean;
  readonly onExempt: () => void;
}

function Line({ result, may, onExempt }: LineProps) {
  const { rule, outcome, value, exemption } = result;
  const end = useWrite(api(catalog).endExemption);
  return (
    <li>
      <StatusIcon small state={STATES[outcome]} word={words.outcomes[outcome]} />
      <span className="b">{rule.title}</span>
      <span className="found">{rule.label === null ? words.unknownFact : `${rule.label}: ${valueText(value)}`}</span>
      {may && outcome === 'failed' ? (
        <button type="button" className="l textual" aria-label={text.exemptLabel(rule.title)} onClick={onExempt}>
          {text.exempt}
        </button>
      ) : null}
      {may && exemption ? (
        <button type="button" className="l textual" aria-label={text.endLabel(rule.title)} aria-busy={end.busy || undefined} onClick={() => end.act({ id: exemption.id })}>
          {text.end}
        </button>
      ) : null}
      {outcome === 'failed' ? <span className="todo">{rule.advice}</span> : null}
      {exemption ? (
        <span className="todo">
          {text.exemptUntil} <Time at={`${exemption.until}T12:00:00Z`} form="day" />
          {exemption.by ? ` ${text.by} ${exemption.by.title}` : ''}: {exemption.reason}
        </span>
      ) : null}
      {end.problem ? (
        <Note live state="critical">
          {end.problem.sentence}
        </Note>
      ) : null}
    </li>
  );
}

/** Which level a service has, and what to do for the next one; what holds is folded away. */
export function ScorecardPanel({ number }: { readonly number: string }) {
  const { data, problem } = useRead(api(catalog).standing, { number }, { on: ['scorecard.', 'edge.', 'redundancy.', 'check.', 'policy.'] });
  const [all, setAll] = useState(false);
  const [excusing, setExcusing] = useState<Result['rule']>();
  if (!data) return <Section title={words.title}>{problem ? <Note state="warning">{problem.sentence}</Note> : <Skeleton width="70%" />}</Section>;
  const { level, next, missing, results, may } = data;
  const holding = results.filter(({ outcome }) => outcome === 'passed');
  return (
    <Section
      title={words.title}
      count={<LevelText level={level} />}
      end={
        <Link className="l" href="/catalog/scorecard">
          {text.every}
        </Link>
      }
    >
      <p className="mut s13">{results.length === 0 ? text.noRules : next ? text.missing(missing, words.levels[next]) : text.top}</p>
      {RULE_LEVELS.map((one) => {
        const its = results.filter(({ rule }) => rule.level === one);
        const shown = all ? its : its.filter(({ outcome, exemption }) => outcome !== 'passed' || exemption);
        return shown.length ? (
          <div key={one} className="forlevel">
            <h3>
              {text.toReach(words.levels[one])} <span className="cnt">{text.holds(its.filter(({ outcome }) => outcome !== 'failed').length, its.length)}</span>
            </h3>
            <ul className="sclines">
              {shown.map((result) => (
                <Line key={result.rule.id} result={result} may={may.exempt === null} onExempt={() => setExcusing(result.rule)} />
              ))}
            </ul>
          </div>
        ) : null;
      })}
      {holding.length ? (
        <button type="button" className="l textual saysmore" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? text.less : text.all(holding.length)}
        </button>
      ) : null}
      {excusing ? <Exempting number={number} rule={excusing} onClose={() => setExcusing(undefined)} /> : null}
    </Section>
  );
}
