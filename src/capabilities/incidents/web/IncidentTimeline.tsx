import { BellRing, Check, CircleHelp, Cog, FlaskConical, GitCompareArrows, Megaphone, PhoneCall } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { records } from '#kernel/records/contract.ts';
import { api, usePages, useWrite } from '#web/api.ts';
import { useMay } from '#web/session.ts';
import { Button } from '#web/ui/Button.tsx';
import type { Picture } from '#web/ui/Icon.tsx';
import { Link } from '#web/ui/Link.tsx';
import { useNow, useZone } from '#web/ui/now.ts';
import { Note, Skeleton } from '#web/ui/Parts.tsx';
import { Composer, Timeline, type TimelineEntry as Shown } from '#web/ui/Timeline.tsx';
import { zoneName } from '#web/ui/time.ts';
import { noteKind, ROLES, STAGES, type TimelineEntry } from '../contract.ts';
import { incidentsApi } from './api.ts';
import { Linked, personOf, sentence } from './look.tsx';
import { words } from './words.ts';

const text = words.timeline;
const KINDS = [
  { id: 'tested', label: words.board.tested, icon: FlaskConical },
  { id: 'changed', label: 'Changed', icon: GitCompareArrows },
  { id: 'unknown', label: words.board.unknown, icon: CircleHelp },
  { id: 'decision', label: words.board.decision, icon: Check },
] as const;
const FILTERS = ['all', 'update', 'decision', 'automatic'] as const;

const stageWord = (value: unknown) => words.stages[STAGES.find((each) => each === value) ?? 'declared'];
const roleWord = (value: unknown) => words.roles[ROLES.find((each) => each === value) ?? 'commander'].toLowerCase();

/** What an entry says beyond its bare words, from the facts it holds. */
function said({ did, data, words: bare, record, actor }: TimelineEntry): ReactNode {
  const named = record ? (
    <Link className="l" href={`/records/${record.number}`}>
      {record.kind === 'person' ? record.title : record.number}
    </Link>
  ) : null;
  if (did === 'incident.severityChanged')
    return `Severity ${String(data['severity']) < String(data['from']) ? 'raised' : 'lowered'} from ${String(data['from'])} to ${String(data['severity'])}`;
  if (did === 'incident.advanced' || did === 'incident.movedBack')
    return `Moved ${did === 'incident.advanced' ? 'on' : 'back'} from ${stageWord(data['from'])} to ${stageWord(data['to'])}`;
  if (did === 'incident.roleVacated') return <>Left the role of {roleWord(data['role'])} empty</>;
  if (did === 'incident.declared') return record?.kind === 'alert' ? <>Declared the incident from {named}</> : 'Declared the incident';
  if (did.startsWith('incident.role') && actor && actor.id === record?.id) return `Took the role of ${roleWord(data['role'])}`;
  if (did.startsWith('incident.role'))
    return (
      <>
        {named ?? 'Somebody'} is now {roleWord(data['role'])}
      </>
    );
  if (did === 'incident.cadenceChanged')
    return data['everyMinutes'] === null
      ? 'Updates are due by severity again'
      : data['everyMinutes'] === 0
        ? 'No updates are due any more'
        : `Updates are due every ${Number(data['everyMinutes'])} min`;
  if (record?.kind === 'alert')
    return (
      <>
        {named} {record.title} {ALERT_DID[did] ?? bare}
      </>
    );
  if (did === 'incident.joined' && record) return <>{named} joined</>;
  if (did.startsWith('page.') || did.startsWith('notice.'))
    return (
      <>
        {named ?? 'Somebody'} {bare}
      </>
    );
  return sentence(bare);
}

const ALERT_DID: Readonly<Record<string, string>> = {
  'incident.alertJoined': 'joined the incident',
  'incident.alertLeft': 'was taken out',
  'incident.alertOpened': 'opened again',
  'incident.alertResolved': 'resolved',
};
const QUOTED = new Set(['incident.updated', 'incident.noted', 'record.commented']);

function wordsOf(entry: TimelineEntry): ReactNode {
  const own = entry.text ? (
    <span className="pre">
      <Linked text={entry.text} />
    </span>
  ) : null;
  if (own && QUOTED.has(entry.did)) return own;
  return own ? (
    <>
      {said(entry)}: {own}
    </>
  ) : (
    <>{said(entry)}.</>
  );
}

function machineOf({ did, record }: TimelineEntry): { machine: string; icon: Picture } {
  if (did.startsWith('page.')) return { machine: text.paging, icon: PhoneCall };
  return record?.kind === 'alert' ? { machine: text.alert, icon: BellRing } : { machine: text.desk, icon: Cog };
}

function tagOf({ group, data, did }: TimelineEntry): Shown['tag'] {
  if (group === 'update') return { label: text.tagUpdate, icon: Megaphone };
  const kind = did === 'incident.noted' || did === 'incident.noteAnswered' ? KINDS.find(({ id }) => id === data['kind']) : undefined;
  return kind && { label: kind.label, icon: kind.icon };
}

export function shownEntry(entry: TimelineEntry): Shown {
  const tag = tagOf(entry);
  return { id: entry.id, at: entry.at, by: entry.actor ? { person: personOf(entry.actor) } : machineOf(entry), ...(tag && { tag }), text: wordsOf(entry) };
}

/** Composer and timeline of an incident; entries arrive live. */
export function IncidentTimeline({ number, refused }: { readonly number: string; readonly refused: string | null }) {
  const [group, setGroup] = useState<(typeof FILTERS)[number]>('all');
  const zone = useZone();
  const now = useNow('minute');
  const { rows, loading, problem, onMore } = usePages(incidentsApi.timeline, { number, limit: 100 });
  const may = useMay('records.comment');
  const comment = useWrite(api(records).comment);
  const note = useWrite(incidentsApi.addNote);
  async function add(typed: string, marked: string | undefined) {
    const kind = noteKind.safeParse(marked).data;
    if (kind) await note.send({ number, kind, text: typed });
    else await comment.send({ number, body: typed });
  }
  const of = (each: (typeof FILTERS)[number]) => (each === 'all' ? rows : rows.filter((row) => row.group === each));
  const refusal = comment.problem ?? note.problem;
  return (
    <>
      {may ? <Composer label={text.write} placeholder={text.placeholder} draftKey={`incident ${number}`} kinds={refused ? [] : KINDS} onAdd={add} /> : null}
      {refusal ? (
        <Note live state="critical">
          {refusal.sentence}
        </Note>
      ) : null}
      <div className="fl" role="group" aria-label={text.filter}>
        {FILTERS.map((each) => (
          <button key={each} type="button" aria-pressed={each === group} onClick={() => setGroup(each)}>
            {text[each]} {onMore || !rows.length ? null : <span className="num">{of(each).length}</span>}
          </button>
        ))}
        <span className="grow" />
        <span>{zoneName(now, zone)}</span>
      </div>
      {problem ? <Note state="warning">{problem.sentence}</Note> : null}
      {loading && !rows.length ? <Skeleton width="60%" /> : null}
      <Timeline entries={of(group).map(shownEntry)} />
      {!loading && !of(group).length ? <p className="dim s12">{text.none}</p> : null}
      {onMore ? (
        <Button variant="quiet" size="small" busy={loading} onClick={onMore}>
          {text.more}
        </Button>
      ) : null}
    </>
  );
}
