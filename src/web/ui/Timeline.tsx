import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { Button } from './Button.tsx';
import { Icon, type Picture } from './Icon.tsx';
import { Kbd } from './Parts.tsx';
import { Avatar, type PersonRef } from './People.tsx';
import { Time } from './Time.tsx';
import type { Instant } from './time.ts';

export interface TimelineEntry {
  readonly id: string;
  readonly at: Instant;
  readonly by: { readonly person: PersonRef } | { readonly machine: string; readonly icon: Picture };
  /** "Decision", "Status page". */
  readonly tag?: { readonly label: string; readonly icon?: Picture };
  readonly text: ReactNode;
  /** What the public saw is boxed. */
  readonly isPublic?: boolean;
}

/** What happened, newest first, in the order given. */
export function Timeline({ entries }: { readonly entries: readonly TimelineEntry[] }) {
  return (
    <ol className="tl">
      {entries.map(({ id, at, by, tag, text, isPublic }) => (
        <li key={id}>
          {'person' in by ? (
            <Avatar person={by.person} />
          ) : (
            <span className="dot">
              <Icon of={by.icon} />
            </span>
          )}
          <div>
            <div className="meta">
              <b>{'person' in by ? by.person.name : by.machine}</b>
              {tag ? (
                <span className="bdg">
                  {tag.icon ? <Icon of={tag.icon} /> : null}
                  {tag.label}
                </span>
              ) : null}
              <Time at={at} />
            </div>
            <div className="tx prose">{isPublic ? <div className="pub">{text}</div> : text}</div>
          </div>
        </li>
      ))}
    </ol>
  );
}

export interface EntryKind {
  readonly id: string;
  readonly label: string;
  readonly icon: Picture;
}

type ComposerProps = {
  readonly label: string;
  readonly placeholder: string;
  readonly submit?: string;
  /** What the text may be marked as, besides a plain comment. */
  readonly kinds?: readonly EntryKind[];
  /** Answers once it is kept; what was typed stays when it fails. */
  readonly onAdd: (text: string, kind: string | undefined) => Promise<void>;
  readonly draftKey?: string;
};

/** Writes to a timeline; Ctrl Enter adds. */
export function Composer({ label, placeholder, submit = 'Add', kinds = [], onAdd, draftKey }: ComposerProps) {
  const box = useRef<HTMLTextAreaElement>(null);
  const [kind, setKind] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  const keep = (text: string) => draftKey && (text ? sessionStorage.setItem(draftKey, text) : sessionStorage.removeItem(draftKey));
  async function add() {
    const text = box.current?.value.trim() ?? '';
    if (!text || busy) return box.current?.focus();
    setBusy(true);
    setFailed(false);
    const kept = await onAdd(text, kind).then(
      () => true,
      () => false,
    );
    setBusy(false);
    setFailed(!kept);
    if (!kept || !box.current) return;
    box.current.value = '';
    keep('');
    setKind(undefined);
  }
  function submitOnKey(event: KeyboardEvent) {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    void add();
  }
  return (
    <div className="composer">
      <textarea
        ref={box}
        aria-label={label}
        placeholder={placeholder}
        onKeyDown={submitOnKey}
        onInput={(event) => keep(event.currentTarget.value)}
        defaultValue={draftKey ? (sessionStorage.getItem(draftKey) ?? '') : ''}
      />
      {failed ? (
        <p className="err" role="alert" style={{ padding: '0 12px' }}>
          Not added. What you typed is kept; try again.
        </p>
      ) : null}
      <div className="bar">
        {kinds.map(({ id, label: word, icon }) => (
          <Button key={id} variant="quiet" size="small" icon={icon} aria-pressed={kind === id} onClick={() => setKind(kind === id ? undefined : id)}>
            {word}
          </Button>
        ))}
        <span className="grow" />
        <Kbd keys="Ctrl ⏎" />
        <Button size="small" busy={busy} onClick={() => void add()}>
          {submit}
        </Button>
      </div>
    </div>
  );
}
