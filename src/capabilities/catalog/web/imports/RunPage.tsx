import { Check, Inbox, Trash2, Waypoints } from 'lucide-react';
import { useEffect } from 'react';
import { useAddress, useTitle } from '#web/address.ts';
import { api, cache, useRead, useWrite } from '#web/api.ts';
import { RecordPage } from '#web/record/RecordPage.tsx';
import { RecordWaiting } from '#web/record/RecordWaiting.tsx';
import { Button } from '#web/ui/Button.tsx';
import { Note } from '#web/ui/Parts.tsx';
import { Tabs } from '#web/ui/Tabs.tsx';
import { Time } from '#web/ui/Time.tsx';
import { catalog, type ImportRun } from '../../contract/index.ts';
import { Changes, linesIn } from './Changes.tsx';
import { ProgressBar } from './DropZone.tsx';
import { Findings } from './Findings.tsx';
import { RunState } from './look.tsx';
import { lostIn, Owners } from './Owners.tsx';
import { words } from './words.ts';
import '../record.css';
import './imports.css';

const text = words.run;
const ON = ['import.'];
const EVERY = 1000;

const changesIn = ({ create, change, match, return: back, stale, edges }: ImportRun['counts']) => create + change + match + back + stale + edges;
const recordsIn = ({ create, change, match, return: back, same }: ImportRun['counts']) => create + change + match + back + same;

interface StandingProps {
  readonly run: ImportRun;
  /** A later read of the same source. */
  readonly newer: string | undefined;
  /** Where the source is read or sent once more. */
  readonly again: string;
  readonly written: number | null;
}

/** How it stands, in one note: what holds it up, how far it is, or how it ended. */
function Standing({ run, newer, again, written }: StandingProps) {
  const next = newer ? (
    <Button size="small" href={newer}>
      {run.state === 'refused' ? text.overtakenLook : text.latest}
    </Button>
  ) : run.state === 'refused' ? (
    <Button size="small" href={again}>
      {text.again}
    </Button>
  ) : null;
  if (run.state === 'applying') {
    const of = recordsIn(run.counts);
    return (
      <div className="stack8">
        <ProgressBar percent={written === null || of === 0 ? undefined : Math.floor((100 * written) / of)} label={written === null ? text.begins : text.applying(written, of)} />
        <p className="dim s12">{text.applyingText}</p>
      </div>
    );
  }
  if (run.state === 'refused')
    return (
      <Note live state="critical" end={next}>
        <b className="b">{text.refused}</b> {run.sentence}
      </Note>
    );
  if (run.state === 'discarded')
    return (
      <Note state="unknown" end={next}>
        {newer ? text.newer : text.putAway}
      </Note>
    );
  if (run.state === 'applied')
    return (
      <Note
        live
        state="good"
        end={
          <span className="row">
            <Button size="small" icon={Waypoints} href="/catalog/map">
              {text.map}
            </Button>
            <Button size="small" variant="quiet" icon={Inbox} href="/catalog/inbox">
              {text.inbox}
            </Button>
          </span>
        }
      >
        {text.appliedText}
      </Note>
    );
  return changesIn(run.counts) + run.counts.conflict === 0 ? <Note state="info">{text.nothing}</Note> : null;
}

const Incomplete = ({ errors, href }: { readonly errors: number; readonly href: string }) => (
  <Note
    state="warning"
    end={
      errors ? (
        <Button size="small" href={href}>
          {text.errors(errors)}
        </Button>
      ) : null
    }
  >
    <b className="b">{text.incomplete}</b> {text.incompleteText}
  </Note>
);

/** While it is applied it is asked for again: what is written so far is told by no event. */
function useProgress(id: string, isApplying: boolean): void {
  useEffect(() => {
    if (!isApplying) return;
    const timer = setInterval(() => void cache.invalidateQueries({ queryKey: [api(catalog).run.key, { id }] }), EVERY);
    return () => clearInterval(timer);
  }, [id, isApplying]);
}

/** One read of a source: the plan before it is applied, the report afterwards. */
export default function RunPage() {
  const { number, params, search, keep } = useAddress();
  const id = params['id'] ?? '';
  const first = useRead(api(catalog).run, { id, limit: 1 }, { on: ON });
  const import_ = useRead(api(catalog).import, { number }, { on: ON });
  const apply = useWrite(api(catalog).applyRun);
  const discard = useWrite(api(catalog).discardRun);
  useTitle(first.data?.source.title);
  useProgress(id, first.data?.run.state === 'applying');
  if (!first.data || !import_.data) return <RecordWaiting problem={first.problem ?? import_.problem} />;
  const { source, run, findings, owners, may, written } = first.data;
  const latest = import_.data.runs[0]?.id;
  const newer = latest === undefined || latest === id ? undefined : `/imports/${number}/runs/${latest}`;
  const isOpen = run.state === 'planned';
  const problem = apply.problem ?? discard.problem;
  const count = changesIn(run.counts);
  const lost = lostIn(owners);
  const here = `/imports/${number}/runs/${id}`;
  const tabs = [
    { id: 'changes', label: run.state === 'applied' ? text.changed : text.changes, href: `${here}?part=changes`, count: linesIn(run).toLocaleString('en-GB') },
    { id: 'findings', label: text.findings, href: `${here}?part=findings`, count: findings.length },
    ...(owners.length ? [{ id: 'owners', label: words.owners.tab, href: `${here}?part=owners`, count: lost }] : []),
  ];
  // Where nothing differs, what is wrong with the source is what there is to read.
  const part = tabs.find((tab) => tab.id === search['part'])?.id ?? (linesIn(run) === 0 && findings.length ? 'findings' : 'changes');
  return (
    <RecordPage
      crumbs={[{ label: words.list.title, href: '/imports' }, { label: source.title, href: `/imports/${number}` }, { label: <Time at={run.at} /> }]}
      title={isOpen ? text.title(source.title) : text.report(source.title)}
      state={<RunState state={run.state} />}
      sub={run.state === 'refused' ? undefined : run.sentence.replace(text.incomplete, '')}
      actions={
        isOpen
          ? [
              { label: text.discard, icon: Trash2, refused: may.discardRun, busy: discard.busy, onAct: () => discard.act({ id }) },
              { label: count ? text.applyAll(count) : text.apply, icon: Check, variant: 'primary', refused: may.applyRun, busy: apply.busy, onAct: () => apply.act({ id }) },
            ]
          : []
      }
    >
      <div className="stack16 saidfirst">
        {problem ? (
          <Note live state="critical">
            {problem.sentence}
          </Note>
        ) : null}
        <Standing run={run} newer={newer} again={`/imports/${number}${import_.data.source.path ? '' : '?upload=1'}`} written={written} />
        {run.complete || run.state === 'refused' ? null : <Incomplete errors={run.errors} href={`${here}?part=findings`} />}
        {lost && isOpen ? (
          <Note
            state="info"
            end={
              <Button size="small" href={`${here}?part=owners`}>
                {words.owners.say}
              </Button>
            }
          >
            {words.owners.lost(lost)}
          </Note>
        ) : null}
        <p className="dim s12">
          <Time at={run.at} form="full" /> {run.by ? `${text.by} ${run.by.title}` : text.schedule}
        </p>
      </div>
      <div className="runparts">
        <Tabs label={text.parts} tabs={tabs} current={part} />
        {part === 'findings' ? <Findings findings={findings} /> : null}
        {part === 'owners' ? <Owners owners={owners} source={import_.data.source} refused={import_.data.may.updateImport} /> : null}
        {part === 'changes' ? <Changes run={run} show={String(search['show'] ?? '')} onShow={(show) => keep({ show })} /> : null}
      </div>
    </RecordPage>
  );
}
