import type { Read, Write } from '#kernel/desk.ts';
import { missing } from '#kernel/problem.ts';
import { refsOf } from '#kernel/records/index.ts';
import { whoIsBehind } from '../behind.ts';
import { policyWords } from '../rules/words.ts';
import * as store from '../store/index.ts';

export type Seer = Pick<Read | Write, 'db' | 'actor' | 'now'>;

export async function policyRow({ db, actor }: Seer, number: string): Promise<store.PolicyRow> {
  const row = await store.policyByNumber(db, actor, number);
  if (!row) throw missing(number);
  return row;
}

export async function one(ctx: Seer, row: store.PolicyRow) {
  const [policy] = await shown(ctx, [row]);
  if (!policy) throw missing(row.number);
  return policy;
}

/** Policies as they are shown, with who is behind each target now; a fixed number of queries. */
export async function shown(ctx: Seer, rows: readonly store.PolicyRow[]) {
  const targets = rows.flatMap((row) => row.steps.flatMap((step) => step.targets));
  const behind = await whoIsBehind(ctx.db, targets, ctx.now);
  const refs = await refsOf(
    ctx.db,
    ctx.actor,
    targets.flatMap((t) => [t.id, ...behind.of(t).map((f) => f.personId)]),
  );
  const ids = rows.map((row) => row.id);
  const services = ids.length > 0 ? await store.coverageOf(ctx.db, ctx.actor, ids) : [];
  const known = (id: string) => refs.get(id) ?? { id, kind: 'person', number: '', title: 'somebody you cannot see' };
  return rows.map((row) => ({
    id: row.id,
    number: row.number,
    name: row.title,
    about: row.about,
    repeat: row.repeat,
    isDefault: row.isDefault,
    version: row.version,
    urgency: row.urgency,
    answerMinutes: row.answerMinutes,
    sentence: policyWords(row, (target) => known(target.id).title),
    steps: row.steps.map(({ targets: named, ...step }) => ({
      ...step,
      targets: named.map((t) => ({ kind: t.kind, record: known(t.id), now: behind.of(t).map((f) => known(f.personId)) })),
    })),
    services: services.filter((s) => s.policyId === row.id).map(({ policyId: _, ...service }) => service),
  }));
}
