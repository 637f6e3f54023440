import type { ReactNode } from 'react';

interface ShellProps {
  readonly rail: ReactNode;
  readonly top: ReactNode;
  /** Offline banner and live strip. */
  readonly strip?: ReactNode;
  readonly phone: ReactNode;
  /** The page brings its own padding: an incident with its timeline column. */
  readonly flush?: boolean;
  readonly children: ReactNode;
}

/** The frame around every page. */
export function Shell({ rail, top, strip, phone, flush, children }: ShellProps) {
  return (
    <>
      <a className="skip" href="#content">
        Skip to content
      </a>
      <div className="app">
        {rail}
        <div className="main">
          {top}
          {strip}
          <main id="content" tabIndex={-1} className={flush ? 'page flush' : 'page'}>
            {children}
          </main>
        </div>
      </div>
      {phone}
    </>
  );
}
