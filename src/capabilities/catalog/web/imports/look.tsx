import { Badge, type State } from '#web/ui/Status.tsx';
import type { ImportRun } from '../../contract/index.ts';
import { words } from './words.ts';

const STATES: Readonly<Record<ImportRun['state'], State | undefined>> = { planned: 'warning', applying: 'info', applied: 'good', discarded: undefined, refused: 'critical' };

export const RunState = ({ state }: { readonly state: ImportRun['state'] }) => <Badge state={STATES[state]}>{words.run.states[state]}</Badge>;
