import { Pencil, Waypoints } from 'lucide-react';
import { useState } from 'react';
import { api, useRead } from '#web/api.ts';
import { Button } from '#web/ui/Button.tsx';
import { Empty, Note, Section, Skeleton } from '#web/ui/Parts.tsx';
import { ServiceGraph, type GraphEdge, type GraphNode as Drawn } from '#web/ui/ServiceGraph.tsx';
import { useNow } from '#web/ui/now.ts';
import { Segmented } from '#web/ui/Tabs.tsx';
import { DAY, ms } from '#web/ui/time.ts';
import type { Out } from '#kernel/contract.ts';
import { catalog, type GraphNode } from '../contract.ts';
import { Edges } from './Edges.tsx';
import { pictureOf, typeWord } from './look.tsx';
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
const kindWord = ({ type, tier }: GraphNode) => (type ? typeWord(type) : tier ? `Tier ${tier}` : '');
// The box of a node holds about so many letters beside its edge.
const cut = (said: string) => (said.length > 22 ? `${said.slice(0, 21).trimEnd()}…` : said);
type Look = { readonly sub: string; readonly state?: 'critical' | 'warning' | 'unknown'; readonly word?: string };

function lookOf(node: GraphNode, view: View, impact: Impact | undefined): Look {
  const plain = node.summary || kindWord(node);
  if (view === 'owners') return { sub: node.team?.title ?? 'Nobody owns it' };
  if (view === 'impact') {
    if (node.hops === 0) return { sub: 'Fails', state: 'critical' };
    const hit = impact?.reached.find(({ record }) => record.id === node.id);
    return hit ? { sub: hit.becomes === 'down' ? text.falls : text.suffers, state: hit.becomes === 'down' ? 'critical' : 'warning' } : { sub: plain };
  }
  const { state } = node.health;
  return state === 'critical' || state === 'warning' ? { sub: cut(node.health.words), state } : { sub: plain, word: words.health[state].toLowerCase() };
}

function drawnOf(graph: Graph, view: View, { impact, now }: { readonly impact: Impact | undefined; readonly now: number }) {
  const looks = new Map(graph.nodes.map((node) => [node.id, lookOf(node, view, impact)]));
  const nodes = graph.nodes.map((node): Drawn => ({
    id: node.id,
    label: node.name,
    href: `/${node.kind === 'service' ? 'services' : 'components'}/${node.number}`,
    icon: pictureOf(node.type),
    ...looks.get(node.id),
  }));
  const edges = graph.edges.map((edge): GraphEdge => {
    const stale = edge.source !== 'declared' && now - ms(edge.lastSeen) > STALE;
    const from = looks.get(edge.providerId)?.state;
    const passes = edge.impact === 'none' || view === 'owners' ? undefined : looks.get(edge.consumerId)?.state && (from === 'critical' || from === 'warning') ? from : undefined;
    return { from: edge.providerId, to: edge.consumerId, ...(stale ? { state: 'unknown' } : passes ? { state: passes } : {}) };
  });
  return { nodes, edges };
}

interface DependenciesProps {
  readonly number: string;
  readonly id: string;
  readonly name: string;
  readonly head: string;
  readonly refused: string | null;
}

/** What it stands on and what stands on it, with health, owners, or what would fall. */
export function Dependencies({ number, id, name, head, refused }: DependenciesProps) {
  const now = useNow('minute');
  const [view, setView] = useState<View>('health');
  const [editing, setEditing] = useState(false);
  const { data: graph, problem } = useRead(api(catalog).graph, { number, hops: 2 }, { on: ['edge.', 'alert.', 'check.', 'incident.', 'service.', 'component.'] });
  const { data: impact } = useRead(api(catalog).impact, { number }, { enabled: view === 'impact', on: ['edge.'] });
  const drawn = graph && drawnOf(graph, view, { impact, now });
  const count = graph
    ? `${graph.nodes.length === 1 ? '1 record' : `${graph.nodes.length} records`}, ${graph.edges.length === 1 ? '1 edge' : `${graph.edges.length} edges`}`
    : undefined;
  const empty = graph?.edges.length === 0;
  const left = [graph?.moreCount ? text.more(graph.moreCount) : '', graph?.hiddenCount ? text.hidden(graph.hiddenCount) : ''].filter(Boolean).join(' ');
  return (
    <div className="depsec">
      <Section
        title={text.title}
        {...(!empty && count && { count })}
        end={
          empty || !graph ? null : (
            <span className="row">
              <Segmented label="Overlay" choices={VIEWS} current={view} onChoose={(to) => setView(VIEWS.find((each) => each.id === to)?.id ?? 'health')} />
              <Button size="small" icon={Pencil} refused={refused} onClick={() => setEditing(true)}>
                {text.edit}
              </Button>
            </span>
          )
        }
      >
        {problem ? <Note state="warning">{problem.sentence}</Note> : null}
        {graph || problem ? null : <Skeleton width="100%" />}
        {empty ? <Empty icon={Waypoints} title={text.title} sentence={text.none} first={{ label: text.add, refused, onAct: () => setEditing(true) }} /> : null}
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
      {editing && graph ? <Edges number={number} id={id} name={name} graph={graph} onClose={() => setEditing(false)} /> : null}
    </div>
  );
}
