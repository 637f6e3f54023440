import { Activity } from 'lucide-react';
import { api, useRead } from '#web/api.ts';
import { useMay } from '#web/session.ts';
import { Button } from '#web/ui/Button.tsx';
import { Link } from '#web/ui/Link.tsx';
import { Section, Skeleton } from '#web/ui/Parts.tsx';
import { checks } from '../contract/index.ts';
import { CheckState } from './look.tsx';
import { words } from './words.ts';

const text = words.ofService;

/** The checks that watch a service. */
export function OwnChecks({ number }: { readonly number: string }) {
  const may = useMay('checks.write');
  const { data } = useRead(api(checks).list, { service: number, limit: 50 }, { on: ['check.'] });
  return (
    <Section
      title={text.title}
      {...(data?.items.length && { count: data.items.length })}
      end={
        may ? (
          <Button size="small" variant="quiet" icon={Activity} href="/checks/new">
            {text.add}
          </Button>
        ) : null
      }
    >
      {data ? null : <Skeleton width="60%" />}
      {data?.items.length === 0 ? <p className="dim s13">{text.none}</p> : null}
      <ul className="lst">
        {data?.items.map((check) => (
          <li key={check.id}>
            <span className="stw">
              <CheckState check={check} />
            </span>
            <Link className="b nw" href={`/checks/${check.number}`}>
              {check.name}
            </Link>
            <span className="dim grow el s12">{check.words}</span>
            <span className="id">{check.number}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
