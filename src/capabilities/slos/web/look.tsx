import type { CSSProperties } from 'react';
import type { Out } from '#kernel/contract.ts';
import { Link } from '#web/ui/Link.tsx';
import { StatusText, type State } from '#web/ui/Status.tsx';
import { Time } from '#web/ui/Time.tsx';
import { lengthOf, ms } from '#web/ui/time.ts';
import type { Slo, slos } from '../contract.ts';
import { percent } from '../rules/index.ts';
import { words } from './words.ts';

export type Detail = Out<(typeof slos)['verbs']['get']>;

export const LOOK: Readonly<Record<Slo['state'], State>> = { good: 'good', warning: 'warning', critical: 'critical', unknown: 'unknown' };

export const SloState = ({ slo }: { readonly slo: Pick<Slo, 'state'> }) => <StatusText state={LOOK[slo.state]}>{words.states[slo.state]}</StatusText>;

export const share = (value: number | null, digits = 2): string => (value === null ? words.unknown : percent(value, digits));

/** "1.4×"; a rate of none is a dash. */
export const rate = (value: number | null): string => (value === null ? '–' : `${value >= 10 ? Math.round(value) : Math.round(value * 10) / 10}×`);

/** The burn rate from which a rule alerts: "14.4×". */
export const limit = (value: number): string => `${Math.round(value * 10) / 10}×`;

/** What is left of the budget as a bar and a figure; overspent is empty and says by how much. */
export function Budget({ left }: { readonly left: number | null }) {
  if (left === null) return <span className="dim">{words.unknown}</span>;
  const state = left <= 0 ? 'critical' : left < 0.25 ? 'warning' : 'good';
  return (
    <span className="sbud">
      <span className={`sbar ${state}`} aria-hidden="true">
        <span style={{ '--left': Math.max(0, Math.min(1, left)) } as CSSProperties} />
      </span>
      <span className="num">{percent(left, 0)}</span>
    </span>
  );
}

/** What ate the budget, line by line. */
export function Outages({ outages }: { readonly outages: Detail['outages'] }) {
  const text = words.page;
  if (!outages.length) return <p className="dim s13">{text.ateNone}</p>;
  const named = outages.some(({ check }) => check);
  return (
    <table className="flat" aria-label={text.ate}>
      <thead>
        <tr>
          <th scope="col">{text.ateFrom}</th>
          <th scope="col">{text.ateLasted}</th>
          {named ? <th scope="col">{text.ateCheck}</th> : null}
          {named ? <th scope="col">{text.ateWhy}</th> : null}
          <th scope="col" className="r">
            {text.ateSpent}
          </th>
        </tr>
      </thead>
      <tbody>
        {outages.map(({ from, until, check, reason, spent }) => (
          <tr key={`${from}${check?.number ?? ''}`}>
            <td className="num nw">
              <Time at={from} />
            </td>
            <td className="num nw">{lengthOf(ms(until) - ms(from))}</td>
            {named ? (
              <td>
                {check ? (
                  <Link className="l" href={`/checks/${check.number}`}>
                    {check.title}
                  </Link>
                ) : null}
              </td>
            ) : null}
            {named ? <td className="m">{reason}</td> : null}
            <td className="r num">{spent < 0.001 ? '< 0.1 %' : percent(spent, 1)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
