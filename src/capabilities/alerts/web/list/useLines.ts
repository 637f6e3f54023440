import { useRef } from 'react';
import { useAddress } from '#web/address.ts';
import { api, usePages } from '#web/api.ts';
import { alerts, alertSeverity, type Alert } from '../../contract/index.ts';
import { lineOfAlert, lineOfGroup, type Line } from './rows.ts';
import { steady } from '../../rules/steady.ts';

type Ask = { readonly groups: { readonly mine?: true; readonly held?: boolean } } | { readonly state?: readonly Alert['state'][] };

const ON = { on: ['alert.'] };

/** What the address asks for, alerts or groups, in an order that does not jump while it is looked at. */
export function useLines(ask: Ask) {
  const { search } = useAddress();
  const { source, service, group, q } = search;
  const severity = alertSeverity.safeParse(search['severity']).data;
  const filter = { limit: 100, ...(severity && { severity: [severity] }), ...(service && { service }), ...(source && { source }), ...(q && { q: q.slice(0, 100) }) };
  const byGroup = 'groups' in ask;
  const groups = usePages(api(alerts).groups, { ...filter, ...(byGroup && ask.groups) }, { ...ON, enabled: byGroup });
  const single = usePages(api(alerts).list, { ...filter, ...(group && { group }), ...(!byGroup && ask.state && { state: [...ask.state] }) }, { ...ON, enabled: !byGroup });
  const page = byGroup ? groups : single;
  const lines = byGroup ? groups.rows.map(lineOfGroup) : single.rows.map(lineOfAlert);
  return { ...page, lines: useSteady(lines, JSON.stringify([ask, filter, group])) };
}

function useSteady(lines: readonly Line[], asked: string): readonly Line[] {
  const order = useRef({ asked, keys: [] as readonly string[] });
  const shown = steady(order.current.asked === asked ? order.current.keys : [], lines, (line) => line.key);
  order.current = { asked, keys: shown.map((line) => line.key) };
  return shown;
}
