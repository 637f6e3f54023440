import { Plus } from 'lucide-react';
import { useState } from 'react';
import type { Out } from '#kernel/contract.ts';
import { api, useRead } from '#web/api.ts';
import { Button } from '#web/ui/Button.tsx';
import { Dialog } from '#web/ui/Dialog.tsx';
import { Note, Section, Skeleton } from '#web/ui/Parts.tsx';
import { catalog } from '../../contract/index.ts';
import { words } from '../words.ts';
import { AddEdge } from './AddEdge.tsx';
import { EdgeRow } from './EdgeRow.tsx';
import { Needs } from './Needs.tsx';
import './edges.css';

const text = words.edges;
type Graph = Out<(typeof catalog)['verbs']['graph']>;
export type GraphEdge = Graph['edges'][number];

interface EdgesProps {
  readonly number: string;
  readonly id: string;
  readonly name: string;
  readonly onClose: () => void;
}

function Rows({ edges, graph, id }: { readonly edges: readonly GraphEdge[]; readonly graph: Graph; readonly id: string }) {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const rows = edges.map((edge) => ({ edge, other: nodes.get(edge.consumerId === id ? edge.providerId : edge.consumerId) }));
  return (
    <ul className="plainrows">
      {rows
        .toSorted((one, another) => (one.other?.name ?? '').localeCompare(another.other?.name ?? ''))
        .map(({ edge, other }) => (
          <EdgeRow key={`${edge.providerId} ${edge.consumerId}`} edge={edge} other={other} />
        ))}
    </ul>
  );
}

function Lists({ graph, number, id }: { readonly graph: Graph; readonly number: string; readonly id: string }) {
  const [up, down] = [graph.edges.filter(({ consumerId }) => consumerId === id), graph.edges.filter(({ providerId }) => providerId === id)];
  const groups = [...Map.groupBy(up, ({ group }) => group)].toSorted(([one], [other]) => Number(!one) - Number(!other) || one.localeCompare(other));
  if (!up.length && !down.length) return null;
  return (
    <>
      {up.length ? (
        <Section title={text.provider} count={up.length}>
          {groups.map(([group, edges]) => (
            <div key={group} className="edgegroup">
              {group ? (
                <Needs consumer={number} group={group} members={edges.length} redundancy={graph.redundancy.find((one) => one.consumerId === id && one.group === group)} />
              ) : groups.length > 1 ? (
                <h3>{text.alone}</h3>
              ) : null}
              <Rows edges={edges} graph={graph} id={id} />
            </div>
          ))}
        </Section>
      ) : null}
      {down.length ? (
        <Section title={text.consumer} count={down.length}>
          <Rows edges={down} graph={graph} id={id} />
        </Section>
      ) : null}
    </>
  );
}

/** The direct dependencies of one record: add, change how a failure passes, say how many of a group are needed, end. */
export function Edges({ number, id, name, onClose }: EdgesProps) {
  const [adding, setAdding] = useState(false);
  const { data, problem } = useRead(api(catalog).graph, { number, hops: 1 }, { on: ['edge.', 'redundancy.'] });
  return (
    <Dialog wide title={`${text.title} of ${name}`} sub={text.sub} open onClose={onClose}>
      <div className="stack16">
        {problem ? <Note state="warning">{problem.sentence}</Note> : null}
        {adding || data?.edges.length === 0 ? (
          <AddEdge
            number={number}
            onAdded={() => setAdding(true)}
            groups={[...new Set(data?.edges.filter(({ consumerId, group }) => consumerId === id && group).map(({ group }) => group))]}
          />
        ) : (
          <span>
            <Button size="small" icon={Plus} onClick={() => setAdding(true)}>
              {text.open}
            </Button>
          </span>
        )}
        {data ? <Lists graph={data} number={number} id={id} /> : problem ? null : <Skeleton width="80%" />}
      </div>
    </Dialog>
  );
}
