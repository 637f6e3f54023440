import type { Read } from '#kernel/desk.ts';
import type { FactType, FactValue } from './rules/scorecard.ts';

/** Something that can be known of a service and that a rule of the scorecard can ask for. */
export interface FactKind {
  /** As people read it before the operator: "Checks that watch it". */
  readonly label: string;
  readonly type: FactType;
  /** When its source says nothing of a service; null: not said. */
  readonly otherwise?: FactValue;
}

/** Answers by service id and fact, for all services in a few queries; what it leaves out is taken for `otherwise`. */
type FactSource = (ctx: Read, serviceIds: readonly string[]) => Promise<ReadonlyMap<string, Readonly<Record<string, FactValue>>>>;

const kinds = new Map<string, FactKind & { readonly source: FactSource }>();

/** Lets a capability tell more of services: the facts by name (`checks.count`), and who answers them. Called when its `index.ts` is loaded. */
export function registerFacts(facts: Readonly<Record<string, FactKind>>, source: FactSource): void {
  for (const [name, kind] of Object.entries(facts)) kinds.set(name, { ...kind, source });
}

export function factKinds(): ReadonlyMap<string, FactKind> {
  return kinds;
}

/** The named facts of services, each source asked once; undefined is what nothing on this desk knows. */
export async function factValues(ctx: Read, names: ReadonlySet<string>, ids: readonly string[]): Promise<(id: string, name: string) => FactValue | undefined> {
  const asked = new Set([...names].flatMap((name) => kinds.get(name)?.source ?? []));
  const answers = new Map(await Promise.all([...asked].map(async (source) => [source, ids.length > 0 ? await source(ctx, ids) : undefined] as const)));
  return (id, name) => {
    const kind = kinds.get(name);
    return kind && (answers.get(kind.source)?.get(id)?.[name] ?? kind.otherwise ?? null);
  };
}
