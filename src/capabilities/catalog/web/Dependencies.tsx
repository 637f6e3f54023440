import { Pencil, Waypoints } from 'lucide-react';
import { useState } from 'react';
import { api, useRead } from '#web/api.ts';
import { Button } from '#web/ui/Button.tsx';
import { Link } from '#web/ui/Link.tsx';
import { Empty, Note, Section, Skeleton } from '#web/ui/Parts.tsx';
import { ServiceGraph, type GraphEdge, type GraphNode as Drawn } from '#web/ui/ServiceGraph.tsx';
import { useNow } from '#web/ui/now.ts';
import { Segmented } from '#web/ui/Tabs.tsx';
import { DAY, ms } from '#web/ui/time.ts';
import type { Out } from '#kernel/contract.ts';
import { catalog, type GraphNode } from '../contract/index.ts';
import { FALL_STATES, fallOf, pictureOf, typeWord } from './look.tsx';
import { words } from './words.ts';

const text = words.graph;
type Graph = Out<(typeof catalog)['verbs']['graph']>;
type Impact = Out<(typeof catalog)['verbs']['impact']>;
type View = 'health' | 'owners' | 'impact';

const VIEWS: readonly { readonly id: View; readonly label: string }[] = [
  { id: 'health', label: text.health },
  { id: 'owners', label: text.owners },
  { id: 'impact', label: text.impact },
];

const STALE = 30 * DAY;
const COLUMN_MOST = 8;
const kindWord = ({ type, tier }: GraphNode) => (type ? typeWord(type) : tier ? `Tier ${tier}` : '');
// The box of a node holds about so many letters beside its edge.
const cut = (said: string) => (said.length > 22 ? `${said.slice(0, 21).trimEnd()}…` : said);
type Look = { readonly sub: string; readonly state?: 'critical' | 'warning' | 'unknown'; readonly word?: string };

function lookOf(node: GraphNode, view: View, impact: Impact | undefined): Look {
  const plain = node.summary || kindWord(node);
  if (view === 'owners') return { sub: node.team?.title ?? 'Nobody owns it' };
  if (view === 'impact') {
    if (node.hops === 0) return { sub: text.fails, state: 'critical' };
    const hit = impact?.reached.find(({ record }) => record.id === node.id);
    if (!hit) return { sub: plain };
    const fall = fallOf(hit);
    return fall === 'reduced' ? { sub: words.falls.reduced } : { sub: words.falls[fall], state: FALL_STATES[fall] };
  }
  const { state } = node.health;
  return state === 'critical' || state === 'warning' ? { sub: cut(node.health.words), state } : { sub: plain, word: words.health[state].toLowerCase() };
}

const RANKS = { critical: 0, warning: 1, unknown: 2 } as const;

/** Those that a column of the picture has no room for: trouble is drawn first, then services by tier. */
function leftOut(nodes: readonly GraphNode[], looks: ReadonlyMap<string, Look>): ReadonlySet<string> {
  const rank = ({ id, tier }: GraphNode) => RANKS[looks.get(id)?.state ?? 'unknown'] * 10 + (tier ?? 9);
  const columns = Map.groupBy(nodes, ({ hops }) => hops);
  return new Set([...columns.values()].flatMap((column) => column.toSorted((one, other) => rank(one) - rank(other)).slice(COLUMN_MOST)).map(({ id }) => id));
}

function drawnOf(graph: Graph, view: View, { impact, now }: { readonly impact: Impact | undefined; readonly now: number }) {
  const looks = new Map(graph.nodes.map((node) => [node.id, lookOf(node, view, impact)]));
  const left = leftOut(graph.nodes, looks);
  const nodes = graph.nodes.map((node): Drawn => ({
    id: node.id,
    label: node.name,
    href: `/${node.kind === 'service' ? 'services' : 'components'}/${node.number}`,
    icon: pictureOf(node.type),
    isTableOnly: left.has(node.id),
    ...looks.get(node.id),
  }));
  const edges = graph.edges.map((edge): GraphEdge => {
    const stale = edge.source !== 'declared' && now - ms(edge.lastSeen) > STALE;
    const from = looks.get(edge.providerId)?.state;
    // What is only impaired by it is not brought down by it.
    const felt = from === 'critical' && edge.impact === 'soft' ? 'warning' : from;
    const passes = edge.impact === 'none' || view === 'owners' ? undefined : looks.get(edge.consumerId)?.state && (from === 'critical' || from === 'warning') ? felt : undefined;
    return { from: edge.providerId, to: edge.consumerId, ...(stale ? { state: 'unknown' } : passes ? { state: passes } : {}) };
  });
  return { nodes, edges, undrawn: left.size };
}

interface DependenciesProps {
  readonly number: string;
  readonly id: string;
  readonly name: string;
  readonly head: string;
  readonly refused: string | null;
  readonly onEdit: () => void;
}

/** What it stands on and what stands on it, with health, owners, or what would fall. */
export function Dependencies({ number, id, name, head, refused, onEdit }: DependenciesProps) {
  const now = useNow('minute');
  const [view, setView] = useState<View>('health');
  const { data: graph, problem } = useRead(api(catalog).graph, { number, hops: 2 }, { on: ['edge.', 'alert.', 'check.', 'incident.', 'service.', 'component.'] });
  const { data: impact } = useRead(api(catalog).impact, { failed: [number] }, { enabled: view === 'impact', on: ['edge.', 'redundancy.'] });
  const drawn = graph && drawnOf(graph, view, { impact, now });
  const count = graph
    ? `${graph.nodes.length === 1 ? '1 record' : `${graph.nodes.length} records`}, ${graph.edges.length === 1 ? '1 edge' : `${graph.edges.length} edges`}`
    : undefined;
  const empty = graph?.edges.length === 0;
  const left = [drawn?.undrawn ? text.undrawn(drawn.undrawn) : '', graph?.moreCount ? text.more(graph.moreCount) : '', graph?.hiddenCount ? text.hidden(graph.hiddenCount) : '']
    .filter(Boolean)
    .join(' ');
  return (
    <div className="depsec">
      <Section
        title={text.title}
        {...(!empty && count && { count })}
        end={
          empty || !graph ? null : (
            <span className="row">
              <Segmented label="Overlay" choices={VIEWS} current={view} onChoose={(to) => setView(VIEWS.find((each) => each.id === to)?.id ?? 'health')} />
              <Link className="l s12 nw" href={`/catalog/map?focus=${number}`}>
                {text.map}
              </Link>
              <Button size="small" icon={Pencil} refused={refused} onClick={onEdit}>
                {text.edit}
              </Button>
            </span>
          )
        }
      >
        {problem ? <Note state="warning">{problem.sentence}</Note> : null}
        {graph || problem ? null : <Skeleton width="100%" />}
        {empty ? <Empty icon={Waypoints} title={text.title} sentence={text.none} first={{ label: text.add, refused, onAct: onEdit }} /> : null}
        {drawn && !empty ? (
          <ServiceGraph
            label={`${name}, what it depends on and what uses it`}
            middle={id}
            nodes={drawn.nodes}
            edges={drawn.edges}
            heads={['Platform', 'Depends on', head, 'Used by', 'Felt by']}
          />
        ) : null}
        {view === 'impact' && impact ? <p className="mut s13 saysmore">{impact.sentence}</p> : null}
        {left ? <p className="dim s12">{left}</p> : null}
      </Section>
    </div>
  );
}
