import { StatusText, type State } from '#web/ui/Status.tsx';
import type { Alert } from '../contract/index.ts';
import { words } from './words.ts';

type Seen = Pick<Alert, 'state' | 'severity' | 'held'>;

/** Why nobody is told of it yet; null once somebody has it or it is over. */
const heldOf = ({ state, held }: Seen) => (state === 'triggered' ? held : null);

/** The one colour of an alert: how bad it is while it fires, neutral once somebody has it or something holds it back. */
export function stateOf(alert: Seen): State {
  const { state, severity } = alert;
  if (state === 'resolved') return 'good';
  if (heldOf(alert)) return 'unknown';
  if (state === 'acknowledged' || severity === 'info') return 'info';
  return severity === 'warning' ? 'warning' : 'critical';
}

export function stateWord(alert: Seen): string {
  const held = heldOf(alert);
  return held ? words.holds[held] : words.states[alert.state];
}

export const AlertState = ({ alert }: { readonly alert: Seen }) => <StatusText state={stateOf(alert)}>{stateWord(alert)}</StatusText>;

export const severityOptions = Object.entries(words.severities).map(([value, label]) => ({ value, label }));

const figures = new Intl.NumberFormat('en-US');
/** "10,000" */
export const counted = (count: number): string => figures.format(count);
