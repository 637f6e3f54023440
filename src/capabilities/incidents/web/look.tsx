import { Fragment, type ReactNode } from 'react';
import type { Ref } from '#kernel/contract.ts';
import { useRead } from '#web/api.ts';
import { Link } from '#web/ui/Link.tsx';
import type { PersonRef } from '#web/ui/People.tsx';
import { Severity, type SeverityLevel } from '#web/ui/Status.tsx';
import { SEVERITIES, STAGES, type Severity as SeverityName } from '../contract.ts';
import { MEANINGS } from '../rules/severities.ts';
import { incidentsApi } from './api.ts';
import { words } from './words.ts';

export const SeverityMark = ({ severity }: { readonly severity: SeverityName }) => <Severity level={Number(severity.slice(3)) as SeverityLevel} />;

export const personOf = ({ id, title }: Pick<Ref, 'id' | 'title'>): PersonRef => ({ id, name: title });
export const sentence = (said: string): string => said.charAt(0).toUpperCase() + said.slice(1);
export const firstName = (name: string): string => name.split(' ')[0] ?? name;

export const severityOptions = SEVERITIES.map((value) => ({ value, label: value }));
export const LIVE_STAGES = STAGES.filter((stage) => stage !== 'resolved');
export const stageOptions = LIVE_STAGES.map((value) => ({ value, label: words.stages[value] }));
export const severityOf = (value: unknown): SeverityName => SEVERITIES.find((each) => each === value) ?? 'SEV3';

const NUMBER = /\b((?:INC|ALR|REV|ACT|SVC|CMP|CHK|ROT|PER|TEAM|SRC|POL)-\d+)\b/;

/** Text of people in which record numbers are links. */
export function Linked({ text }: { readonly text: string }): ReactNode {
  return text.split(NUMBER).map((part, at) => (
    <Fragment key={at}>
      {at % 2 ? (
        <Link className="l" href={`/records/${part}`}>
          {part}
        </Link>
      ) : (
        part
      )}
    </Fragment>
  ));
}

/** One of four by its definition, not by its name. */
export function SeverityPick({ start }: { readonly start: SeverityName | undefined }) {
  const { data } = useRead(incidentsApi.severities, {}, { on: ['severity.'] });
  return (
    <fieldset className="sevpick">
      <legend>{words.declare.severity}</legend>
      {SEVERITIES.map((severity) => (
        <label key={severity}>
          <input type="radio" name="severity" value={severity} defaultChecked={severity === start} />
          <SeverityMark severity={severity} />
          <span>{data?.items.find((one) => one.severity === severity)?.means ?? MEANINGS[severity].means}</span>
        </label>
      ))}
      <Link className="l" href="/incidents/severities">
        {words.definitions.open}
      </Link>
    </fieldset>
  );
}
