import type { ReactNode } from 'react';
import { Brand } from '#web/shell/Brand.tsx';
import { words } from './words.ts';

/** The frame of the pages before somebody is signed in. */
export function Gate({ children }: { readonly children: ReactNode }) {
  return (
    <div className="gate">
      <header>
        <Brand />
      </header>
      <main id="content">
        <div className="sheet">{children}</div>
      </main>
      <footer>{words.foot}</footer>
    </div>
  );
}
