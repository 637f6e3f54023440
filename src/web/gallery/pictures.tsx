import { Activity, Bell, Box, Check, Database, Radio } from 'lucide-react';
import { type RotaBar } from '../ui/RotaBars.tsx';
import { type P, anneke, jonas, ines, priya, tomas, mara, daniel } from './people.tsx';

export const at = (day: string, time: string) => `2026-${day}T${time}:00Z`;
export const bar = (from: string, until: string, who?: P, kind: RotaBar['kind'] = 'shift'): RotaBar => ({
  from,
  until,
  kind,
  href: '/on-call/ROT-3',
  ...(who && { person: who }),
});
export const rota = [
  {
    id: '1',
    label: 'First',
    sub: 'weekly, Mon 09:00',
    bars: [
      bar(at('10-18', '22:00'), at('10-19', '07:00'), daniel),
      bar(at('10-19', '07:00'), at('10-26', '08:00'), jonas),
      bar(at('10-26', '08:00'), at('10-30', '23:00'), mara),
      bar(at('10-30', '23:00'), at('11-01', '23:00'), daniel),
    ],
  },
  {
    id: '2',
    label: 'Second',
    sub: 'weekly, Wed 18:00',
    bars: [
      bar(at('10-18', '22:00'), at('10-21', '16:00'), anneke),
      bar(at('10-21', '16:00'), at('10-28', '17:00'), tomas),
      bar(at('10-28', '17:00'), at('11-01', '23:00'), anneke),
    ],
  },
  {
    id: '3',
    label: 'Overrides',
    sub: 'win over all layers',
    bars: [bar(at('10-23', '16:00'), at('10-25', '08:00'), anneke, 'override'), bar(at('10-31', '17:00'), at('11-01', '08:00'), daniel, 'off')],
  },
  {
    id: '4',
    label: 'Who is paged',
    sub: 'the result',
    result: true,
    bars: [
      bar(at('10-18', '22:00'), at('10-19', '07:00'), daniel),
      bar(at('10-19', '07:00'), at('10-23', '16:00'), jonas),
      bar(at('10-23', '16:00'), at('10-25', '08:00'), anneke),
      bar(at('10-25', '08:00'), at('10-26', '08:00'), jonas),
      bar(at('10-26', '08:00'), at('10-30', '23:00'), mara),
      bar(at('10-30', '23:00'), at('10-31', '17:00'), daniel),
      bar(at('10-31', '17:00'), at('11-01', '08:00'), undefined, 'gap'),
      bar(at('11-01', '08:00'), at('11-01', '23:00'), daniel),
    ],
  },
];
export const node = (id: string, sub: string, state?: 'critical' | 'warning' | 'unknown') => ({
  id,
  label: id,
  sub,
  href: `/services/${id}`,
  icon: state ? Database : Box,
  ...(state && { state }),
});
export const nodes = [
  node('hv-cluster', 'Hypervisor, 4 hosts'),
  node('san-01', 'Storage'),
  node('sw-core', 'Network, 2 of 2'),
  node('erp-db', '198 of 200 connections', 'warning'),
  node('session-cache', '2 of 2 up'),
  node('ad-primary', 'Directory'),
  node('Paylane', 'Vendor, card payments'),
  node('payments-api', '19 % of calls fail', 'critical'),
  node('web-shop', 'Checkout impaired', 'warning'),
  node('mobile-app', 'Checkout impaired', 'warning'),
  node('billing-export', 'Not seen for 34 d', 'unknown'),
  node('Customers', 'about 140 orders wait', 'warning'),
  node('Finance', 'Settlement at 17:00', 'warning'),
];
export const edges = (
  [
    ['hv-cluster', 'erp-db'],
    ['san-01', 'erp-db'],
    ['hv-cluster', 'session-cache'],
    ['sw-core', 'ad-primary'],
    ['session-cache', 'payments-api'],
    ['ad-primary', 'payments-api'],
    ['Paylane', 'payments-api'],
    ['erp-db', 'payments-api', 'warning'],
    ['payments-api', 'web-shop', 'critical'],
    ['payments-api', 'mobile-app', 'critical'],
    ['payments-api', 'billing-export', 'unknown'],
    ['web-shop', 'Customers', 'warning'],
    ['mobile-app', 'Customers', 'warning'],
    ['billing-export', 'Finance', 'unknown'],
    ['web-shop', 'Finance', 'warning'],
  ] as const
).map(([from, to, state]) => ({ from, to, ...(state && { state }) }));

export const timeline = [
  {
    id: '1',
    at: '2026-10-20T12:24:00Z',
    by: { person: priya },
    text: 'payments-2 is clean for 3 minutes with pool 40. Rolling payments-1 next.',
  },
  {
    id: '2',
    at: '2026-10-20T12:19:00Z',
    by: { machine: 'Alert', icon: Bell },
    text: (
      <>
        <a href="/alerts/ALR-9034">ALR-9034</a> erp-db connections above 95 % joined this incident, 1 edge away.
      </>
    ),
  },
  {
    id: '3',
    at: '2026-10-20T12:18:00Z',
    by: { person: ines },
    tag: { label: 'Decision', icon: Check },
    text: 'We go back to pool 40 node by node instead of a full rollback. Reason: rollback restarts both nodes.',
  },
  {
    id: '4',
    at: '2026-10-20T12:10:00Z',
    by: { person: mara },
    tag: { label: 'Status page', icon: Radio },
    isPublic: true,
    text: 'Some card payments fail. Bank transfer works. Next update by 14:40 CEST.',
  },
  {
    id: '5',
    at: '2026-10-20T11:49:00Z',
    by: { machine: 'Check', icon: Activity },
    text: 'First failure of checkout probe from Frankfurt and Dublin.',
  },
];
export const stages = [
  {
    id: '1',
    title: 'Received',
    verdict: 'accepted',
    state: 'good',
    at: '2026-10-20T12:19:05Z',
    sentence: (
      <>
        Check <a href="/checks/CK-31">CK-31</a> on erp-db: 191 of 200 connections, over 190 for 2 min.
      </>
    ),
  },
  {
    id: '2',
    title: 'Step 1: first on call',
    verdict: 'no answer',
    state: 'warning',
    at: '2026-10-20T12:19:12Z',
    sentence: 'Jonas Weidner, two tries, no answer in 5 min.',
  },
  {
    id: '3',
    title: 'Step 2: second on call',
    verdict: 'waiting',
    state: 'info',
    at: '2026-10-20T12:24:12Z',
    waiting: true,
    sentence: 'You. Push delivered to Pixel 9, waiting for your answer.',
  },
] as const;
