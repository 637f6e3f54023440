import { AppWindow, Box, Building2, Cable, Cloud, Container, Cpu, Database, Globe, HardDrive, KeyRound, ListOrdered, Network, Server, ShieldCheck } from 'lucide-react';
import { Badge, StatusText } from '#web/ui/Status.tsx';
import type { Picture } from '#web/ui/Icon.tsx';
import type { Component, Health } from '../contract.ts';
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
  site: Building2,
};
export const pictureOf = (type: Component['type'] | null): Picture => (type ? (TYPE_PICTURES[type] ?? Cable) : Box);
export const typeWord = (type: string): string => (type === 'vm' ? 'Virtual machine' : type === 'saas' ? 'SaaS' : type.charAt(0).toUpperCase() + type.slice(1));
