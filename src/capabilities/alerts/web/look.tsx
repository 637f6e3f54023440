import { StatusText, type State } from '#web/ui/Status.tsx';
import type { Alert } from '../contract/index.ts';
import { words } from './words.ts';

/** The one colour of an alert: how bad it is while it fires, neutral once somebody has it. */
export function stateOf({ state, severity }: Pick<Alert, 'state' | 'severity'>): State {
  if (state === 'resolved') return 'good';
  if (state === 'acknowledged' || severity === 'info') return 'info';
  return severity === 'warning' ? 'warning' : 'critical';
}

export const AlertState = ({ alert }: { readonly alert: Pick<Alert, 'state' | 'severity'> }) => <StatusText state={stateOf(alert)}>{words.states[alert.state]}</StatusText>;

export const severityOptions = Object.entries(words.severities).map(([value, label]) => ({ value, label }));
