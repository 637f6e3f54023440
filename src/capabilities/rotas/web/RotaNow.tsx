import { api, useRead } from '#web/api.ts';
import { useMe } from '#web/session.ts';
import { Link } from '#web/ui/Link.tsx';
import { StatusText } from '#web/ui/Status.tsx';
import { In } from '#web/ui/Time.tsx';
import { fullTime, HOUR, ms } from '#web/ui/time.ts';
import type { Ref } from '#kernel/contract.ts';
import { rotas } from '../contract/index.ts';
import type { Rota } from './LayerFields.tsx';
import { People } from './OnCallPage.tsx';
import { gapsOf, type Shifts } from './rows.ts';
import { words } from './words.ts';

const text = words.rota;

interface RotaNowProps {
  readonly rota: Rota;
  readonly shifts: Shifts | undefined;
  readonly span: string;
  readonly policies: readonly Ref[];
}

/** The answer first: who has it now, who is next, whether the window is covered. */
export function RotaNow({ rota, shifts, span, policies }: RotaNowProps) {
  const { person } = useMe();
  const { data } = useRead(api(rotas).now, {}, { on: ['rota.'] });
  const now = data?.items.find((each) => each.rota.number === rota.number);
  const open = shifts ? gapsOf(shifts) : [];
  const gaps = open.length;
  const off = open.filter(({ because }) => because === 'override').reduce((sum, { from, until }) => sum + (ms(until) - ms(from)) / HOUR, 0);
  return (
    <dl className="rn">
      <div>
        <dt>{words.overview.now}</dt>
        <dd>
          {now ? <People people={now.people} me={person?.id} /> : '–'}
          {now?.until ? <span className="sub2">until {fullTime(now.until, rota.zone)}</span> : null}
        </dd>
      </div>
      <div>
        <dt>{words.overview.next}</dt>
        <dd>
          {now?.nextAt ? <People people={now.next} me={person?.id} /> : <span className="dim">–</span>}
          {now?.nextAt ? (
            <span className="sub2">
              <In at={now.nextAt} />
            </span>
          ) : null}
        </dd>
      </div>
      <div>
        <dt>
          {text.coverage}, {span.toLowerCase()}
        </dt>
        <dd>
          {shifts ? <StatusText state={gaps ? 'critical' : 'good'}>{gaps ? (gaps === 1 ? '1 gap' : `${gaps} gaps`) : text.complete}</StatusText> : '–'}
          {shifts ? (
            <span className="sub2 num">
              {Math.round(shifts.coveredHours - off)} of {Math.round(shifts.totalHours)} hours covered
            </span>
          ) : null}
        </dd>
      </div>
      <div>
        <dt>{text.usedBy}</dt>
        <dd>
          {policies.length ? (
            <span className="people">
              {policies.map((policy) => (
                <Link key={policy.id} className="l" href={`/policies/${policy.number}`}>
                  {policy.title}
                </Link>
              ))}
            </span>
          ) : (
            <StatusText state="warning">{text.unused}</StatusText>
          )}
        </dd>
      </div>
    </dl>
  );
}
