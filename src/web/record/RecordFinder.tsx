import { useEffect, useState } from 'react';
import { records } from '#kernel/records/contract.ts';
import { useAddress } from '#web/address.ts';
import { api, useRead } from '#web/api.ts';
import { useGo } from '#web/ui/Link.tsx';
import { Note, Skeleton } from '#web/ui/Parts.tsx';
import { words } from './words.ts';

/** The address of the page of a record of this kind; the contracts are read only when somebody asks. */
async function pageOf(kind: string, number: string): Promise<string | undefined> {
  const { allContracts } = await import('#contracts');
  const found = allContracts.map((each) => each.kinds[kind]).find(Boolean);
  return found?.page.replace('{number}', number);
}

/** `/records/INC-42` leads to the page of whatever INC-42 is. */
export default function RecordFinder() {
  const { number } = useAddress();
  const go = useGo();
  const [lost, setLost] = useState(false);
  const { data, problem } = useRead(api(records).get, { number });
  useEffect(() => {
    if (!data) return;
    void pageOf(data.kind, data.number).then((page) => (page ? go(page) : setLost(true)));
  }, [data, go]);
  if (problem) return <Note state="warning">{problem.sentence}</Note>;
  if (lost && data) return <Note state="unknown">{words.noPage(data.number, data.title)}</Note>;
  return <Skeleton width={240} />;
}
