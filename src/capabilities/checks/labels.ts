import { EXAMPLES, serviceLabels, type AffectedSource, type ServiceLabels } from '#capabilities/mutes/index.ts';
import { matchesAny } from '#capabilities/mutes/rules/index.ts';
import { visible } from '#kernel/visible.ts';
import * as store from './store/index.ts';

interface Labelled {
  readonly number: string;
  readonly title: string;
  readonly probe: string;
}

/** What matchers of mutes may ask of a check. */
function labelsOf({ number, title, probe }: Labelled, service: ServiceLabels | undefined) {
  return { check: number, check_name: title, probe, ...service };
}

/** The checks that a mute would keep silent. */
export const affectedChecks: AffectedSource = async (ctx, sets) => {
  const services = await serviceLabels(ctx);
  const rows = await store
    .tables(ctx.db)
    .selectFrom('checksCheck')
    .innerJoin('record', 'record.id', 'checksCheck.id')
    .select(['record.id', 'record.kind', 'record.number', 'record.title', 'probe', 'serviceId'])
    .where('retiredAt', 'is', null)
    .where(visible(ctx.actor))
    .orderBy('record.title')
    .execute();
  const hit = rows.filter((row) => matchesAny(sets, labelsOf(row, services.get(row.serviceId ?? ''))));
  return { kind: 'check', count: hit.length, examples: hit.slice(0, EXAMPLES).map(({ id, kind, number, title }) => ({ id, kind, number, title })) };
};
