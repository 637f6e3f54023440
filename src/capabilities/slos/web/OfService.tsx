import { Target } from 'lucide-react';
import { api, useRead } from '#web/api.ts';
import { OwnList } from '#web/record/OwnList.tsx';
import { useMay } from '#web/session.ts';
import { slos } from '../contract.ts';
import { share, SloState } from './look.tsx';
import { words } from './words.ts';

const text = words.ofService;

/** What is promised of a service, and how much of the error budget is left. */
export function OwnSlos({ number }: { readonly number: string }) {
  const may = useMay('slos.write');
  const { data } = useRead(api(slos).list, { service: number, limit: 50 }, { on: ['slo.'] });
  return (
    <OwnList
      title={text.title}
      none={text.none}
      rows={data?.items}
      keyOf={(slo) => slo.id}
      hrefOf={(slo) => `/slos/${slo.number}`}
      line={(slo) => ({ state: <SloState slo={slo} />, name: slo.name, says: text.says(share(slo.achieved, 3), share(slo.budgetLeft, 0)), number: slo.number })}
      add={may ? { label: text.add, icon: Target, href: '/slos/new' } : undefined}
    />
  );
}
