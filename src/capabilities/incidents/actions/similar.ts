import type { Actions } from '#kernel/desk.ts';
import type { incidents } from '../contract.ts';
import { similarTo, type Traits } from '../rules/similar.ts';
import { rowOf } from '../shown.ts';
import * as store from '../store/incidents.ts';

const COMPARED = 1000;
const MOST = 5;

export const similarActions: Pick<Actions<typeof incidents>, 'similar'> = {
  async similar({ db, actor, now }, { number }) {
    const row = await rowOf({ db, actor, now }, number);
    const past = await store.resolvedLately(db, actor, COMPARED);
    const alerts = await store.alertTitles(db, actor, [row.id, ...past.map(({ id }) => id)]);
    const traitsOf = ({ id, title, serviceId }: { id: string; title: string; serviceId: string | null }): Traits => ({ id, title, serviceId, alertTitles: alerts.get(id) ?? [] });
    const known = new Map(past.map((one) => [one.id, one]));
    return {
      items: similarTo(traitsOf(row), past.map(traitsOf), MOST).flatMap(({ id, score, reasons }) => {
        const one = known.get(id);
        if (!one) return [];
        const incident = { id, kind: 'incident', number: one.number, title: one.title };
        return [{ incident, severity: one.severity, resolvedAt: one.resolvedAt, resolution: one.resolution, score: Math.round(score * 100) / 100, reasons: [...reasons] }];
      }),
    };
  },
};
