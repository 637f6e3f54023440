import { useEffect, useRef, useState } from 'react';
import { api, useRead } from '#web/api.ts';
import { Skeleton } from '#web/ui/Parts.tsx';
import { checks } from '../contract.ts';
import { MiniUptime } from './look.tsx';

/** Uptime of one check in a list; read only once its row comes into view. */
export function UptimeCell({ number }: { readonly number: string }) {
  const place = useRef<HTMLSpanElement>(null);
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    if (!place.current) return;
    const watch = new IntersectionObserver(([entry]) => entry?.isIntersecting && setSeen(true));
    watch.observe(place.current);
    return () => watch.disconnect();
  }, []);
  const { data } = useRead(api(checks).get, { number }, { enabled: seen });
  return <span ref={place}>{data ? <MiniUptime uptime={data.uptime} /> : <Skeleton width={132} />}</span>;
}
