import { useEffect, useMemo, useRef, useState } from 'react';
import type { Out } from '#kernel/contract.ts';
import type { catalog } from '../../contract/index.ts';
import type { Laid, Plan } from './layout/index.ts';
import type { Grouping } from './state.ts';

export type MapData = Out<(typeof catalog)['verbs']['map']>;
export const CLOSED = 'closed';
const NODE_HEIGHT = 38;
const GROUP_HEIGHT = 50;

function planOf({ groups, nodes, edges }: MapData, { by, aspect }: { readonly by: Grouping; readonly aspect: number }): Plan {
  const closed = groups.filter(({ isOpen }) => !isOpen);
  const drawn = new Set([...nodes.map(({ number }) => number), ...closed.map(({ key }) => key)]);
  return {
    lanes: [...(closed.length ? [CLOSED] : []), ...groups.filter(({ isOpen }) => isOpen).map(({ key }) => key)],
    fixed: closed.length ? 1 : 0,
    aspect,
    sorted: by === 'team' || by === 'site',
    items: [...closed.map(({ key }) => ({ id: key, lane: CLOSED, height: GROUP_HEIGHT })), ...nodes.map(({ number, group }) => ({ id: number, lane: group, height: NODE_HEIGHT }))],
    lines: edges.filter(({ from, to }) => drawn.has(from) && drawn.has(to)).map(({ from, to }) => ({ from, to })),
  };
}

export interface Arranged {
  readonly laid: Laid;
  /** Points of each line by "from to". */
  readonly routes: ReadonlyMap<string, Laid['routes'][number]>;
}

/** Where everything stands, worked out off the page's thread. What changes nothing but states moves nothing. */
export function useLayout(data: MapData | undefined, { by, aspect }: { readonly by: Grouping; readonly aspect: number }): Arranged | undefined {
  const plan = useMemo(() => data && planOf(data, { by, aspect }), [data, by, aspect]);
  const written = useMemo(() => plan && JSON.stringify(plan), [plan]);
  const [arranged, setArranged] = useState<Arranged>();
  const worker = useRef<Worker>(undefined);
  const turn = useRef(0);
  useEffect(() => () => worker.current?.terminate(), []);
  useEffect(() => {
    if (!written) return;
    const given = JSON.parse(written) as Plan;
    worker.current ??= new Worker(new URL('./layout.worker.ts', import.meta.url), { type: 'module' });
    const own = (turn.current += 1);
    const hear = ({ data: answer }: MessageEvent<{ readonly turn: number; readonly laid: Laid }>) => {
      if (answer.turn !== own) return;
      setArranged({ laid: answer.laid, routes: new Map(given.lines.map(({ from, to }, at) => [`${from} ${to}`, answer.laid.routes[at]!])) });
    };
    worker.current.addEventListener('message', hear);
    worker.current.postMessage({ turn: own, plan: given });
    const used = worker.current;
    return () => used.removeEventListener('message', hear);
  }, [written]);
  return arranged;
}
