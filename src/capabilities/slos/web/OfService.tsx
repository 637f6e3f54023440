import { Target } from 'lucide-react';
import { api, useRead } from '#web/api.ts';
import { useMay } from '#web/session.ts';
import { Button } from '#web/ui/Button.tsx';
import { Link } from '#web/ui/Link.tsx';
import { Section, Skeleton } from '#web/ui/Parts.tsx';
import { slos } from '../contract.ts';
import { share, SloState } from './look.tsx';
import { words } from './words.ts';

const text = words.ofService;

/** What is promised of a service, and how much of the error budget is left. */
export function OwnSlos({ number }: { readonly number: string }) {
  const may = useMay('slos.write');
  const { data } = useRead(api(slos).list, { service: number, limit: 50 }, { on: ['slo.'] });
  return (
    <Section
      title={text.title}
      {...(data?.items.length && { count: data.items.length })}
      end={
        may ? (
          <Button size="small" variant="quiet" icon={Target} href="/slos/new">
            {text.add}
          </Button>
        ) : null
      }
    >
      {data ? null : <Skeleton width="60%" />}
      {data?.items.length === 0 ? <p className="dim s13">{text.none}</p> : null}
      <ul className="lst">
        {data?.items.map((slo) => (
          <li key={slo.id}>
            <span className="stw">
              <SloState slo={slo} />
            </span>
            <Link className="b nw" href={`/slos/${slo.number}`}>
              {slo.name}
            </Link>
            <span className="dim grow el s12">{text.says(share(slo.achieved, 3), share(slo.budgetLeft, 0))}</span>
            <span className="id">{slo.number}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
