import type { Impact } from '../dependency.ts';
import type { SaidReading, World } from './world.ts';

/** `seen`: it is there and only seen again. Refs stand for what has no record yet. */
export interface PlannedEdge {
  readonly op: 'create' | 'change' | 'end' | 'seen';
  readonly edgeId: string | null;
  readonly provider: { readonly ref: string; readonly id: string | null };
  readonly consumer: { readonly ref: string; readonly id: string | null };
  readonly impact: Impact;
  readonly group: string;
  readonly note: string;
  readonly confidence: number;
  readonly inferred: boolean;
}

/** An import changes and ends only dependencies that it brought in itself; those of people and of other imports it sees. */
export function planEdges(reading: SaidReading, world: World, recordOf: ReadonlyMap<string, string | null>): readonly PlannedEdge[] {
  const between = new Map(world.edges.map((edge) => [`${edge.providerId} ${edge.consumerId}`, edge]));
  const said = new Set<string>();
  const planned = reading.relations.flatMap((relation): PlannedEdge[] => {
    const [provider, consumer] = [relation.provider, relation.consumer].map((ref) => ({ ref, id: recordOf.get(ref) ?? null })) as [
      PlannedEdge['provider'],
      PlannedEdge['consumer'],
    ];
    // Two names of one record that were merged: nothing depends on itself.
    if (provider.id !== null && provider.id === consumer.id) return [];
    const { impact, confidence, inferred, word } = relation;
    // What kind of dependency it is stays to be read: `partOf`, `runsOn`, `routesTo`.
    const note = relation.note || (word === 'dependsOn' ? '' : word);
    const wanted = { provider, consumer, impact, group: relation.group ?? '', note, confidence, inferred };
    const edge = between.get(`${provider.id} ${consumer.id}`);
    if (!edge) return [{ ...wanted, op: 'create', edgeId: null }];
    if (said.has(edge.id)) return [];
    said.add(edge.id);
    const isOurs = edge.importId === world.importId;
    const differs = edge.impact !== wanted.impact || edge.group !== wanted.group || edge.confidence !== confidence || edge.note !== note;
    return [{ ...wanted, op: isOurs && differs ? 'change' : 'seen', edgeId: edge.id }];
  });
  if (!reading.complete) return planned;
  const over = world.edges.filter(({ id, importId }) => importId === world.importId && !said.has(id));
  return [
    ...planned,
    ...over.map(({ id, providerId, consumerId, impact, group, note, confidence }): PlannedEdge => ({
      op: 'end',
      edgeId: id,
      provider: { ref: '', id: providerId },
      consumer: { ref: '', id: consumerId },
      impact,
      group,
      note,
      confidence,
      inferred: false,
    })),
  ];
}
