import { Badge, StatusText, type State } from '#web/ui/Status.tsx';
import type { StatusPage } from '../contract/index.ts';
import type { ComponentState } from '../rules/states.ts';
import { words } from './words.ts';

const LOOKS: Readonly<Record<ComponentState, State>> = {
  operational: 'good',
  degraded_performance: 'warning',
  partial_outage: 'critical',
  major_outage: 'critical',
  under_maintenance: 'info',
};

export function ComponentStateText({ state }: { readonly state: ComponentState }) {
  return <StatusText state={LOOKS[state]}>{words.states[state]}</StatusText>;
}

export function PublishedBadge({ page }: { readonly page: Pick<StatusPage, 'published'> }) {
  return <Badge>{page.published ? words.published : words.hidden}</Badge>;
}
