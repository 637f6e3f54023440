import { useEffect } from 'react';
import { liveIncidents } from '#capabilities/incidents/contract/frame.ts';
import { rotasNow } from '#capabilities/rotas/contract/frame.ts';
import { watch } from '#capabilities/watch/contract.ts';
import { api, useRead } from './api.ts';
import type { LiveIncident } from './shell/LiveStrip.tsx';
import type { Count } from './shell/Rail.tsx';
import type { OnCallNow } from './shell/TopBar.tsx';
import { useMe } from './session.ts';
import type { SeverityLevel } from './ui/Status.tsx';

/**
 * What the frame shows from capabilities. Each hook reads one contract by `useRead` with `on` set to its events;
 * a part whose hook answers nothing is not shown.
 */
const HOUR = 3_600_000;

/** Reads again when the moment comes: a handover is nobody's act, so no event tells of it. */
function useAgainAt(at: string | null | undefined, again: () => void): void {
  useEffect(() => {
    if (!at) return;
    const wait = Math.min(24 * HOUR, Math.max(1000, Date.parse(at) - Date.now() + 1000));
    const timer = setTimeout(again, wait);
    return () => clearTimeout(timer);
  }, [at, again]);
}

/** The first rota of the viewer's teams, else of all; then whoever else is on call there or in the team's next rota. */
export function useOnCall(): OnCallNow | undefined {
  const { person } = useMe();
  const { data, again } = useRead(api(rotasNow).now, {}, { on: ['rota.'] });
  const teams = new Set(person?.teams.map(({ id }) => id));
  const own = data?.items.filter(({ team }) => team && teams.has(team.id)) ?? [];
  const [line, after] = own.length ? own : (data?.items.slice(0, 1) ?? []);
  useAgainAt(line?.until ?? line?.nextAt, again);
  if (!line) return undefined;
  const [first] = line.people;
  const second = [...line.people.slice(1), ...(after?.people ?? []), ...line.next].find((each) => each.id !== first?.id);
  const named = (person: typeof first) => person && { id: person.id, name: person.title };
  return { first: named(first), second: first ? named(second) : undefined };
}

export function useLiveIncidents(): readonly LiveIncident[] {
  const { data } = useRead(api(liveIncidents).live, {}, { on: ['incident.'] });
  return (data?.items ?? []).map((one) => ({
    number: one.number,
    title: one.title,
    severity: Number(one.severity.slice(3)) as SeverityLevel,
    since: one.declaredAt,
    updateDue: one.updateDueAt ?? undefined,
    href: `/incidents/${one.number}`,
  }));
}

/** Figures beside places and areas, by `countKey`; an area's own figure has the area's id as its key. */
export function useCounts(): Readonly<Record<string, Count>> {
  const { data } = useRead(api(watch).counts, {}, { on: ['incident.', 'alert.', 'page.', 'review.', 'action.', 'rota.', 'contact.'] });
  if (!data) return {};
  const live: Count = { count: data.liveIncidents, of: 'live incidents', hot: true };
  return { watch: { count: data.needs, of: 'need you' }, incidents: live, respond: live, alerts: { count: data.openAlerts, of: 'open alerts' } };
}
