import { Activity } from 'lucide-react';
import { api, useRead } from '#web/api.ts';
import { OwnList } from '#web/record/OwnList.tsx';
import { useMay } from '#web/session.ts';
import { checks } from '../contract/index.ts';
import { CheckState } from './look.tsx';
import { words } from './words.ts';

const text = words.ofService;

/** The checks that watch a service. */
export function OwnChecks({ number }: { readonly number: string }) {
  const may = useMay('checks.write');
  const { data } = useRead(api(checks).list, { service: number, limit: 50 }, { on: ['check.'] });
  return (
    <OwnList
      title={text.title}
      none={text.none}
      rows={data?.items}
      keyOf={(check) => check.id}
      hrefOf={(check) => `/checks/${check.number}`}
      line={(check) => ({ state: <CheckState check={check} />, name: check.name, says: check.words, number: check.number })}
      add={may ? { label: text.add, icon: Activity, href: '/checks/new' } : undefined}
    />
  );
}
