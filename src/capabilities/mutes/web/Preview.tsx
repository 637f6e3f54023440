import { useEffect, useRef, useState } from 'react';
import { api, useRead } from '#web/api.ts';
import { Note, Section } from '#web/ui/Parts.tsx';
import { mutes } from '../contract.ts';
import { AffectedLines, Windows } from './look.tsx';
import type { ReadWhen, WhenInput } from './times.ts';
import { words } from './words.ts';

const text = words.form;
const WAIT = 250;

interface PreviewProps {
  readonly read: (values: FormData) => { readonly matchers: readonly string[]; readonly when: ReadWhen | undefined };
  /** Another text when fields were added or taken away. */
  readonly changed: string;
}

interface Asked {
  readonly matchers: string[];
  readonly when?: WhenInput;
  readonly unread?: string;
}

/** What the form around it would do: the next windows, what it would keep silent, and what would be refused, as it is typed. */
export function Preview({ read, changed }: PreviewProps) {
  const place = useRef<HTMLDivElement>(null);
  const reading = useRef(read);
  reading.current = read;
  const [asked, setAsked] = useState<Asked>({ matchers: [] });
  useEffect(() => {
    const form = place.current?.closest('form');
    if (!form) return;
    let timer: ReturnType<typeof setTimeout>;
    const look = () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        const { matchers, when } = reading.current(new FormData(form));
        setAsked({ matchers: [...matchers], ...(when && ('when' in when ? { when: when.when } : { unread: when.sentence })) });
      }, WAIT);
    };
    look();
    form.addEventListener('input', look);
    return () => {
      clearTimeout(timer);
      form.removeEventListener('input', look);
    };
  }, [changed]);
  const { unread, ...input } = asked;
  const isEmpty = input.matchers.length === 0 && !input.when;
  const { data } = useRead(api(mutes).preview, input, { enabled: !isEmpty });
  const whenRefused = unread ?? data?.whenRefused;
  return (
    <div ref={place} className="mpreview" aria-live="polite">
      <Section title={text.preview}>
        {isEmpty || !data ? <p className="dim s13">{text.previewEmpty}</p> : null}
        {whenRefused ? <Note state="warning">{whenRefused}</Note> : null}
        {data && !unread && data.windows.length ? <Windows windows={data.windows} /> : null}
        {data?.matchersRefused ? <Note state="warning">{data.matchersRefused}</Note> : null}
        {data && input.matchers.length && !data.matchersRefused ? <AffectedLines affected={data.affected} none={text.nothing} /> : null}
      </Section>
    </div>
  );
}
