import type { ReactNode } from 'react';
import type { Action } from '#web/ui/Button.tsx';
import { Crumbs, FactsRow, type Crumb, type Fact } from '#web/ui/Parts.tsx';
import { RecordActions } from './RecordActions.tsx';

interface RecordPageProps {
  readonly crumbs?: readonly Crumb[];
  readonly title: string;
  /** "INC-214" */
  readonly number?: string;
  /** Badges beside the title: state first, then tier. */
  readonly state?: ReactNode;
  /** What it is, in one sentence. */
  readonly sub?: ReactNode;
  readonly facts?: readonly Fact[];
  readonly actions?: readonly Action[];
  /** Full width between the facts and the two columns: a graph, the one answer. */
  readonly wide?: ReactNode;
  readonly children: ReactNode;
  /** Composer and timeline, facts, related records. */
  readonly side?: ReactNode;
  readonly sideLabel?: string;
}

/** The page of a record at rest: path, title and state, owner and facts, main part, side. Goes inside `<main class="page">`. */
export function RecordPage({ crumbs, title, number, state, sub, facts, actions = [], wide, children, side, sideLabel = 'Activity' }: RecordPageProps) {
  return (
    <div className={actions.length ? 'withthumb' : undefined}>
      {crumbs?.length ? <Crumbs path={crumbs} /> : null}
      <div className="titlerow">
        <div className="what">
          <h1>{title}</h1>
          {number ? <span className="id">{number}</span> : null}
          {state}
        </div>
        {actions.length ? <RecordActions actions={actions} /> : null}
      </div>
      {sub ? <p className="lead">{sub}</p> : null}
      {facts?.length ? <FactsRow facts={facts} /> : null}
      {wide}
      <div className={side ? 'two' : 'two solo'}>
        <div>{children}</div>
        {side ? (
          <aside className="side" aria-label={sideLabel}>
            {side}
          </aside>
        ) : null}
      </div>
    </div>
  );
}

interface LiveRecordPageProps {
  readonly title: string;
  readonly number: string;
  /** Severity badge, left of the number. */
  readonly lead: ReactNode;
  readonly pipeline: ReactNode;
  /** Label and person: "Commander". */
  readonly roles: readonly Fact[];
  readonly clocks?: ReactNode;
  readonly actions: readonly Action[];
  readonly children: ReactNode;
  readonly side: ReactNode;
}

/** The page of a record people work on together right now: stages above the title, roles, clocks, and the timeline as a column. Goes inside `<main class="page flush">`. */
export function LiveRecordPage({ title, number, lead, pipeline, roles, clocks, actions, children, side }: LiveRecordPageProps) {
  return (
    <>
      <header className="ih">
        <div className="titlerow">
          <div className="grow">
            <div className="row marks">
              {lead}
              <span className="id">{number}</span>
              <span className="dim" aria-hidden="true">
                ·
              </span>
              {pipeline}
            </div>
            <h1>{title}</h1>
          </div>
          <RecordActions actions={actions} />
        </div>
        <div className="roles">
          <dl className="rd">
            {roles.map((role) => (
              <div key={role.label}>
                <dt>{role.label}</dt>
                <dd>{role.value}</dd>
              </div>
            ))}
          </dl>
          <span className="grow" />
          <div className="row clocks">{clocks}</div>
        </div>
      </header>
      <div className="ig">
        <div className="il">{children}</div>
        <aside className="ir withthumb" aria-label="Timeline">
          {side}
        </aside>
      </div>
    </>
  );
}
