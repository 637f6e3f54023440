import {
  AppWindow,
  Box,
  Building2,
  Cloud,
  Container,
  Cpu,
  Database,
  Globe,
  HardDrive,
  KeyRound,
  ListOrdered,
  MapPinned,
  Network,
  Package,
  Rows3,
  Server,
  ShieldCheck,
} from 'lucide-react';
import { Badge, StatusText } from '#web/ui/Status.tsx';
import type { Ref } from '#kernel/contract.ts';
import { pageOf } from '#web/record/page-of.ts';
import type { Picture } from '#web/ui/Icon.tsx';
import { Link } from '#web/ui/Link.tsx';
import type { Component, Health } from '../contract/index.ts';
import { words } from './words.ts';

export const HealthText = ({ health }: { readonly health: Health }) => (
  <span title={health.words}>
    <StatusText state={health.state}>{words.health[health.state]}</StatusText>
  </span>
);

export const HealthBadge = ({ health }: { readonly health: Health }) => <Badge state={health.state}>{words.health[health.state]}</Badge>;

export const TYPE_PICTURES: Readonly<Record<Component['type'], Picture>> = {
  host: Server,
  vm: Cpu,
  container: Container,
  database: Database,
  network: Network,
  storage: HardDrive,
  cluster: Server,
  certificate: ShieldCheck,
  domain: Globe,
  saas: AppWindow,
  directory: KeyRound,
  queue: ListOrdered,
  cloud: Cloud,
  software: Package,
  site: Building2,
  zone: MapPinned,
  rack: Rows3,
};
export const pictureOf = (type: Component['type'] | null): Picture => (type ? TYPE_PICTURES[type] : Box);
export const typeWord = (type: string): string => (type === 'vm' ? 'Virtual machine' : type === 'saas' ? 'SaaS' : type.charAt(0).toUpperCase() + type.slice(1));

/** Down, degraded, or working in full with less to spare: each has its own word and shape. */
export type Fall = keyof typeof words.falls;
export const fallOf = ({ becomes, reduced }: { readonly becomes: 'down' | 'degraded'; readonly reduced: boolean }): Fall => (reduced ? 'reduced' : becomes);
export const FALL_STATES = { down: 'critical', degraded: 'warning', reduced: 'info' } as const;
export const FallText = ({ fall }: { readonly fall: Fall }) => <StatusText state={FALL_STATES[fall]}>{words.falls[fall]}</StatusText>;

/** The record by its name; null stands for one that the viewer may not see. */
export function Named({ record }: { readonly record: Ref | null }) {
  if (!record) return <span className="dim">{words.unseen}</span>;
  return (
    <Link className="l" href={pageOf(record)}>
      {record.title}
    </Link>
  );
}

/** What became of each field: struck out, then new. */
export function Moves({ fields }: { readonly fields: readonly { readonly field: string; readonly before: string; readonly after: string }[] }) {
  return (
    <ul className="moves">
      {fields.map(({ field, before, after }) => (
        <li key={field}>
          <span className="dim">{capital(field)}</span> <del>{before || words.nothing}</del>
          <span aria-hidden="true"> → </span>
          <span className="sr">became</span> <ins>{after || words.nothing}</ins>
        </li>
      ))}
    </ul>
  );
}

const capital = (said: string) => said.charAt(0).toUpperCase() + said.slice(1);
