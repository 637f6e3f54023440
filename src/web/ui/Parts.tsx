import { ChevronRight, WifiOff } from 'lucide-react';
import { Fragment, useId, type ReactNode } from 'react';
import { ActionButton, type Action } from './Button.tsx';
import { Icon, type Picture } from './Icon.tsx';
import { Link } from './Link.tsx';
import { StatusShape, type State } from './Status.tsx';

type SectionProps = {
  readonly title: string;
  readonly count?: ReactNode;
  readonly end?: ReactNode;
  readonly children: ReactNode;
};

export function Section({ title, count, end, children }: SectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <div className="sech">
        <h2 id={id}>{title}</h2>
        {count === undefined ? null : <span className="cnt">{count}</span>}
        {end ? <div className="end">{end}</div> : null}
      </div>
      {children}
    </section>
  );
}

export function Card({ title, end, children }: { readonly title?: string; readonly end?: ReactNode; readonly children: ReactNode }) {
  return (
    <div className="card">
      {title ? (
        <div className="hd">
          <h2>{title}</h2>
          {end ? <div className="row end">{end}</div> : null}
        </div>
      ) : null}
      <div className="bd">{children}</div>
    </div>
  );
}

export interface Fact {
  readonly label: string;
  readonly value: ReactNode;
}

/** Label and value pairs, one below the other: side columns. */
export function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <dl className="facts">
      {facts.map((fact) => (
        <Fragment key={fact.label}>
          <dt>{fact.label}</dt>
          <dd>{fact.value}</dd>
        </Fragment>
      ))}
    </dl>
  );
}

/** Label above value, side by side between hairlines: below a title. */
export function FactsRow({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <dl className="fr" style={{ '--facts': facts.length } as Record<string, number>}>
      {facts.map((fact) => (
        <div key={fact.label}>
          <dt>{fact.label}</dt>
          <dd>{fact.value}</dd>
        </div>
      ))}
    </dl>
  );
}

type NoteProps = {
  readonly state?: State;
  readonly icon?: ReactNode;
  readonly end?: ReactNode;
  readonly children: ReactNode;
  readonly live?: true;
};

/** A sentence with its state. `live` announces it when it appears. */
export function Note({ state, icon, end, children, live }: NoteProps) {
  return (
    <div className={state ? `note ${state}` : 'note'} role={live ? 'alert' : undefined}>
      {state ? <StatusShape state={state} /> : icon}
      <div className="grow">{children}</div>
      {end}
    </div>
  );
}

export function Banner({ icon = WifiOff, end, children }: { readonly icon?: Picture; readonly end?: ReactNode; readonly children: ReactNode }) {
  return (
    <div className="banner" role="status">
      <Icon of={icon} />
      <span>{children}</span>
      {end}
    </div>
  );
}

type EmptyProps = {
  readonly icon: Picture;
  readonly title: string;
  readonly sentence: ReactNode;
  readonly first?: Action | undefined;
};

/** What is missing, why it matters, and the first step. */
export function Empty({ icon, title, sentence, first }: EmptyProps) {
  return (
    <div className="empty">
      <Icon of={icon} size={20} />
      <b className="b">{title}</b>
      <p>{sentence}</p>
      {first ? <ActionButton action={first} size="small" /> : null}
    </div>
  );
}

export function Skeleton({ width }: { readonly width: number | string }) {
  return <div className="sk" style={{ width }} aria-hidden="true" />;
}

export function Kbd({ keys }: { readonly keys: string }) {
  return (
    <span className="kbds">
      {keys.split(' ').map((key, at) => (
        <Fragment key={`${key}${at}`}>
          {at ? ' ' : null}
          <kbd>{key}</kbd>
        </Fragment>
      ))}
    </span>
  );
}

export interface Crumb {
  readonly label: ReactNode;
  readonly href?: string;
}

export function Crumbs({ path }: { readonly path: readonly Crumb[] }) {
  return (
    <nav className="crumbs" aria-label="Path">
      {path.map((crumb, at) => (
        <Fragment key={at}>
          {at ? <Icon of={ChevronRight} size={12} /> : null}
          {crumb.href ? <Link href={crumb.href}>{crumb.label}</Link> : <span>{crumb.label}</span>}
        </Fragment>
      ))}
    </nav>
  );
}
