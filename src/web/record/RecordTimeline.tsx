import { Cog } from 'lucide-react';
import type { ReactNode } from 'react';
import { records, type Entry } from '#kernel/records/contract.ts';
import { api, usePages, useWrite } from '#web/api.ts';
import { useMay } from '#web/session.ts';
import { Button } from '#web/ui/Button.tsx';
import { Note, Skeleton } from '#web/ui/Parts.tsx';
import { Composer, Timeline, type EntryKind, type TimelineEntry } from '#web/ui/Timeline.tsx';
import { MINUTE } from '#web/ui/time.ts';
import { words } from './words.ts';

interface RecordTimelineProps {
  readonly number: string;
  /** Replaces the words of an entry where the capability can say more. */
  readonly describe?: (entry: Entry) => ReactNode | undefined;
  /** Marks offered beside a plain comment; `onMarked` writes those. */
  readonly kinds?: readonly EntryKind[];
  readonly onMarked?: (text: string, kind: string) => Promise<void>;
}

const sentence = (said: string) => said.charAt(0).toUpperCase() + said.slice(1);

/** What the desk did to many at once is one line with its count: ten people who were told are no ten events. */
function withoutRuns(rows: readonly Entry[]): readonly { readonly entry: Entry; readonly count: number }[] {
  const runs: { entry: Entry; count: number }[] = [];
  for (const entry of rows) {
    const last = runs.at(-1);
    if (last && !entry.actor && !last.entry.actor && !entry.comment && entry.did === last.entry.did && Math.abs(Date.parse(entry.at) - Date.parse(last.entry.at)) < MINUTE)
      last.count += 1;
    else runs.push({ entry, count: 1 });
  }
  return runs;
}

export function shownEntry(entry: Entry, describe?: RecordTimelineProps['describe'], count = 1): TimelineEntry {
  const { id, at, actor, comment } = entry;
  const own = describe?.(entry);
  return {
    id,
    at,
    by: actor ? { person: { id: actor.id, name: actor.title } } : { machine: words.desk, icon: Cog },
    text:
      own ??
      (comment ? (
        <span className="pre">
          {comment.body}
          {comment.editedAt ? <span className="dim"> ({words.edited})</span> : null}
        </span>
      ) : (
        `${sentence(entry.words)}${count > 1 ? `, ${count} times` : ''}.`
      )),
  };
}

/** Composer and timeline of any record; entries arrive live. */
export function RecordTimeline({ number, describe, kinds, onMarked }: RecordTimelineProps) {
  const { rows, loading, problem, onMore } = usePages(api(records).timeline, { number, limit: 50 });
  const may = useMay('records.comment');
  const comment = useWrite(api(records).comment);
  async function add(text: string, kind: string | undefined) {
    if (kind && onMarked) return onMarked(text, kind);
    await comment.send({ number, body: text });
  }
  return (
    <>
      {may ? <Composer label={words.write} placeholder={words.placeholder} draftKey={`comment ${number}`} onAdd={add} {...(kinds && { kinds })} /> : null}
      {comment.problem ? (
        <Note live state="critical">
          {comment.problem.sentence}
        </Note>
      ) : null}
      {problem ? <Note state="warning">{problem.sentence}</Note> : null}
      {loading && !rows.length ? <Skeleton width="60%" /> : null}
      {!loading && !problem && !rows.length ? <p className="dim s12">{words.quiet}</p> : null}
      <Timeline entries={withoutRuns(rows).map(({ entry, count }) => shownEntry(entry, describe, count))} />
      {onMore ? (
        <Button variant="quiet" size="small" busy={loading} onClick={onMore}>
          {words.more}
        </Button>
      ) : null}
    </>
  );
}
