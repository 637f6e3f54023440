import type { State } from '#web/ui/Status.tsx';
import type { MapEdge, MapGroup, MapNode } from '../../contract/index.ts';
import { words as catalogWords } from '../words.ts';
import { typeWord } from '../look.tsx';
import { words } from './words.ts';
import type { MapData } from './use-layout.ts';

export type Fate = NonNullable<MapNode['falls']>;

/** How a thing is drawn: the word is never missing where there is a colour. */
export interface Look {
  readonly id: string;
  readonly name: string;
  readonly sub: string;
  /** The class that gives fill and border. */
  readonly tone: Fate | 'critical' | 'warning' | 'plain';
  readonly shape: State | 'bolt' | 'shield' | undefined;
  /** All of it for who cannot see the picture. */
  readonly says: string;
}

const FATE_SHAPES: Readonly<Record<Fate, Look['shape']>> = { failed: 'bolt', spared: 'shield', down: 'critical', degraded: 'warning', reduced: 'info' };
export const kindOf = ({ type, tier }: Pick<MapNode, 'type' | 'tier'>): string => (type ? typeWord(type) : tier ? `Tier ${tier}` : 'Service');

export function nodeLook(node: MapNode, isWhatIf: boolean): Look {
  const { number: id, name, falls, why, health } = node;
  const kind = kindOf(node);
  const service = node.kind === 'service' ? `service, ${kind.toLowerCase()}` : kind.toLowerCase();
  if (falls) return { id, name, sub: words.fates[falls], tone: falls, shape: FATE_SHAPES[falls], says: [name, service, words.fates[falls], why].filter(Boolean).join(', ') };
  const bad = !isWhatIf && (health.state === 'critical' || health.state === 'warning') ? health.state : undefined;
  const word = catalogWords.health[health.state].toLowerCase();
  return { id, name, sub: bad ? health.words : kind, tone: bad ?? 'plain', shape: bad, says: [name, service, bad ? `${word}: ${health.words}` : word].join(', ') };
}

/** The worst thing known of a group in one word. */
export function groupFate({ failedCount, falls }: MapGroup): Fate | undefined {
  return failedCount > 0 ? 'failed' : falls.down > 0 ? 'down' : falls.degraded > 0 ? 'degraded' : falls.reduced > 0 ? 'reduced' : undefined;
}

/** In a narrow place: what is less than down, impaired or marked is said where nothing worse is. */
export function groupSaysShort(group: MapGroup): string {
  const { failedCount, falls } = group;
  return groupSays(failedCount + falls.down + falls.degraded > 0 ? { ...group, falls: { ...falls, reduced: 0 } } : group);
}

export function groupSays({ nodeCount, failedCount, falls }: MapGroup): string {
  const parts = [
    failedCount ? `${failedCount} marked` : '',
    falls.down ? `${falls.down} down` : '',
    falls.degraded ? `${falls.degraded} degraded` : '',
    falls.reduced ? `${falls.reduced} with less to spare` : '',
  ];
  return parts.filter(Boolean).join(', ') || words.records(nodeCount);
}

export function groupLook(group: MapGroup, isWhatIf: boolean): Look {
  const fate = groupFate(group);
  const bad = !isWhatIf && (group.health === 'critical' || group.health === 'warning') ? group.health : undefined;
  const said = groupSays(group);
  return {
    id: group.key,
    name: group.label,
    sub: bad ? `${said}, ${catalogWords.health[bad].toLowerCase()}` : said,
    tone: fate ?? bad ?? 'plain',
    shape: fate ? FATE_SHAPES[fate] : bad,
    says: [group.label, 'closed group', words.records(group.nodeCount), ...(fate || bad ? [said] : [])].join(', '),
  };
}

type Strength = 'down' | 'degraded' | undefined;

/** What each drawn thing passes on: what is computed when something is marked, else what is known of the present. */
function strengths({ nodes, groups }: MapData, isWhatIf: boolean): ReadonlyMap<string, Strength> {
  const ofFate = (fate: Fate | null | undefined): Strength => (fate === 'failed' || fate === 'down' ? 'down' : fate === 'degraded' ? 'degraded' : undefined);
  const ofHealth = (state: string): Strength => (state === 'critical' ? 'down' : state === 'warning' ? 'degraded' : undefined);
  return new Map([
    ...nodes.map(({ number, falls, health }) => [number, isWhatIf ? ofFate(falls) : ofHealth(health.state)] as const),
    ...groups.map((group) => [group.key, isWhatIf ? ofFate(groupFate(group)) : ofHealth(group.health)] as const),
  ]);
}

export type Tone = 'hit' | 'deg' | '';
/** Whether a failure runs along a line, by "from to". */
export function edgeTones(data: MapData, isWhatIf: boolean): ReadonlyMap<string, Tone> {
  const strength = strengths(data, isWhatIf);
  const reduced = new Set(data.nodes.filter(({ falls }) => falls === 'reduced').map(({ number }) => number));
  const toneOf = ({ from, to, impact }: MapEdge): Tone => {
    const [passed, felt] = [strength.get(from), strength.get(to)];
    if (!passed || impact === 'none' || (!felt && !reduced.has(to))) return '';
    return passed === 'down' && impact === 'hard' ? 'hit' : 'deg';
  };
  return new Map(data.edges.map((edge) => [`${edge.from} ${edge.to}`, toneOf(edge)]));
}
