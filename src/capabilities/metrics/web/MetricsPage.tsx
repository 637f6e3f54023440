import { useMemo } from 'react';
import { catalog } from '#capabilities/catalog/contract/index.ts';
import { people } from '#capabilities/people/contract.ts';
import { useAddress } from '#web/address.ts';
import { api, useRead } from '#web/api.ts';
import { recordChoice, searchServices, searchTeams } from '#web/record/choices.tsx';
import { Choose } from '#web/record/Choose.tsx';
import { Select } from '#web/ui/Field.tsx';
import { Link } from '#web/ui/Link.tsx';
import { Note, Skeleton } from '#web/ui/Parts.tsx';
import { Segmented } from '#web/ui/Tabs.tsx';
import { metrics } from '../contract.ts';
import { mondayOf } from '../rules.ts';
import '#web/styles/metrics.css';
import { Noisiest, Promises, RankedBy, Repeats } from './Ranked.tsx';
import { Spread } from './Spread.tsx';
import { AlertVolume, IncidentsPerWeek, OverdueActions, PagesOutOfHours } from './Weekly.tsx';
import { words } from './words.ts';

const WEEKS = [4, 13, 26] as const;
const WEEK = 7 * 86_400_000;
const SEVS = ['SEV1', 'SEV2', 'SEV3', 'SEV4'].map((value) => ({ value, label: value }));
const LOUD = ['critical', 'error', 'warning', 'info'].map((value) => ({ value, label: value.charAt(0).toUpperCase() + value.slice(1) }));

const weeksIn = (search: Readonly<Record<string, string | undefined>>) => WEEKS.find((each) => each === Number(search['weeks'])) ?? 13;

/** Filters; each is kept in the address. */
function Tools() {
  const { search, keep } = useAddress();
  const { service, team } = search;
  const at = useRead(api(catalog).get, { number: service ?? 'SVC-0' }, { enabled: Boolean(service) });
  const of = useRead(api(people).team, { number: team ?? 'TEAM-0' }, { enabled: Boolean(team) });
  const chosen = service && at.data ? recordChoice({ ...at.data.service, title: at.data.service.name }) : undefined;
  const own = team && of.data ? recordChoice({ ...of.data.team, title: of.data.team.name }) : undefined;
  return (
    <div className="listbar">
      <Segmented
        label={words.window}
        current={String(weeksIn(search))}
        choices={WEEKS.map((count) => ({ id: String(count), label: words.weeks(count) }))}
        onChoose={(weeks) => keep({ weeks: weeks === '13' ? undefined : weeks })}
      />
      <Choose
        key={`service ${chosen?.id}`}
        optional
        name="service"
        label={words.service}
        none={words.anyService}
        search={searchServices}
        start={chosen}
        onChoose={(choice) => keep({ service: choice?.id })}
      />
      <Choose
        key={`team ${own?.id}`}
        optional
        name="team"
        label={words.team}
        none={words.anyTeam}
        search={searchTeams}
        start={own}
        onChoose={(choice) => keep({ team: choice?.id })}
      />
      <Select
        aria-label={words.incidentSeverity}
        none={words.anyIncident}
        options={SEVS}
        value={search['sev'] ?? ''}
        onChange={(event) => keep({ sev: event.currentTarget.value })}
      />
      <Segmented
        label={words.kind}
        current={search['practice'] ? 'practice' : 'real'}
        choices={[
          { id: 'real', label: words.real },
          { id: 'practice', label: words.practice },
        ]}
        onChoose={(kind) => keep({ practice: kind === 'practice' ? 'yes' : undefined })}
      />
      <Select aria-label={words.alertSeverity} none={words.anyAlert} options={LOUD} value={search['loud'] ?? ''} onChange={(event) => keep({ loud: event.currentTarget.value })} />
    </div>
  );
}

/** How response goes, in distributions and counts, never per person. */
export default function MetricsPage() {
  const { search } = useAddress();
  const { service, team, sev, loud } = search;
  const weeks = weeksIn(search);
  const from = useMemo(() => new Date(mondayOf(Date.now()) - (weeks - 1) * WEEK).toISOString(), [weeks]);
  const common = { from, ...(service && { service }), ...(team && { team }) };
  const [ofIncidents, ofAlerts] = [
    { ...common, ...(sev && { severity: [sev] }), ...(search['practice'] && { practice: true }) },
    { ...common, ...(loud && { severity: [loud] }) },
  ];
  const ask = api(metrics);
  const detect = useRead(ask.timeToDetect, ofIncidents);
  const taken = useRead(ask.timeToAcknowledge, { ...ofIncidents, of: 'incidents' as const });
  const contain = useRead(ask.timeToContain, ofIncidents);
  const acknowledge = useRead(ask.timeToAcknowledge, ofAlerts);
  const resolve = useRead(ask.timeToResolve, { ...ofIncidents, of: 'incidents' as const });
  const incidents = useRead(ask.incidentsPerWeek, ofIncidents);
  const volume = useRead(ask.alertVolume, ofAlerts);
  const pages = useRead(ask.pagesOutOfHours, common);
  const overdue = useRead(ask.overdueActions, common);
  const repeats = useRead(ask.repeats, ofIncidents);
  const noisiest = useRead(ask.noisiest, ofAlerts);
  const promises = useRead(ask.promises, ofIncidents);
  const problem = [detect, taken, contain, repeats, noisiest, promises, acknowledge, resolve, incidents, volume, pages, overdue].find((each) => each.problem)?.problem;
  return (
    <div className="metrics">
      <div className="listhead">
        <h1>{words.title}</h1>
        <span className="cnt">{words.sub}</span>
        <Link className="l s13" href="/lead/report">
          {words.report.open}
        </Link>
      </div>
      <Tools />
      {problem ? <Note state="warning">{problem.sentence}</Note> : null}
      <div className="figs">
        {detect.data ? <Spread name="time-to-detect" total={detect.data.total} texts={words.detect} /> : <Skeleton width="60%" />}
        {taken.data ? <Spread name="time-to-take" total={taken.data.total} texts={words.acknowledgeIncident} /> : <Skeleton width="60%" />}
        {contain.data ? <Spread name="time-to-contain" total={contain.data.total} texts={words.contain} /> : <Skeleton width="60%" />}
        {acknowledge.data ? <Spread name="time-to-acknowledge" total={acknowledge.data.total} texts={words.acknowledge} /> : <Skeleton width="60%" />}
        {resolve.data ? <Spread name="time-to-resolve" total={resolve.data.total} texts={words.resolve} /> : <Skeleton width="60%" />}
        {incidents.data ? <IncidentsPerWeek data={incidents.data} /> : <Skeleton width="60%" />}
        {(['factor', 'category', 'service'] as const).map((by) => (
          <RankedBy key={by} by={by} asked={ofIncidents} />
        ))}
        {repeats.data ? <Repeats data={repeats.data} /> : <Skeleton width="60%" />}
        {promises.data ? <Promises data={promises.data} /> : <Skeleton width="60%" />}
        {noisiest.data ? <Noisiest data={noisiest.data} /> : <Skeleton width="60%" />}
        {pages.data ? <PagesOutOfHours data={pages.data} /> : <Skeleton width="60%" />}
        {volume.data ? <AlertVolume data={volume.data} /> : <Skeleton width="60%" />}
        {overdue.data ? <OverdueActions data={overdue.data} /> : <Skeleton width="60%" />}
      </div>
    </div>
  );
}
