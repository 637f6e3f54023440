import type { Entry } from '#kernel/records/contract.ts';
import type { ReactNode } from 'react';
import { Section } from '#web/ui/Parts.tsx';
import { RecordFiles } from './RecordFiles.tsx';
import { RecordLinks } from './RecordLinks.tsx';
import { RecordTimeline } from './RecordTimeline.tsx';
import { words } from './words.ts';

/** The side of a record page: timeline with composer, linked records, files. */
export function RecordSide({ number, describe }: { readonly number: string; readonly describe?: (entry: Entry) => ReactNode | undefined }) {
  return (
    <>
      <Section title={words.activity}>
        <RecordTimeline number={number} {...(describe && { describe })} />
      </Section>
      <RecordLinks number={number} />
      <RecordFiles number={number} />
    </>
  );
}
