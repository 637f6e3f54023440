import { Check, X } from 'lucide-react';
import { api, useRead, useWrite } from '#web/api.ts';
import { useMe } from '#web/session.ts';
import { Button } from '#web/ui/Button.tsx';
import { Link } from '#web/ui/Link.tsx';
import { Note, Section } from '#web/ui/Parts.tsx';
import { StatusText } from '#web/ui/Status.tsx';
import { fullTime, lengthOf, ms } from '#web/ui/time.ts';
import { useZone } from '#web/ui/now.ts';
import type { Out } from '#kernel/contract.ts';
import { rotas } from '../contract/index.ts';
import { words } from './words.ts';

const text = words.requests;
type Swap = Out<(typeof rotas)['verbs']['swaps']>['items'][number];

interface RequestsProps {
  /** Number of one rota; without it those of all. */
  readonly rota?: string;
  readonly zone?: string;
}

/** Requests to take a shift that are not over: who asks whom, for when, and the answers one may give. Nothing when there is none. */
export function Requests({ rota, zone }: RequestsProps) {
  const viewer = useZone();
  const { data } = useRead(api(rotas).swaps, rota ? { rota } : {}, { on: ['rota.'] });
  if (!data?.items.length) return null;
  return (
    <Section title={text.title} count={data.items.length}>
      <ul className="plainrows">
        {data.items.map((swap) => (
          <Request key={swap.id} swap={swap} zone={zone ?? viewer} named={rota === undefined} />
        ))}
      </ul>
    </Section>
  );
}

function Request({ swap, zone, named }: { readonly swap: Swap; readonly zone: string; readonly named: boolean }) {
  const take = useWrite(api(rotas).takeSwap);
  const withdraw = useWrite(api(rotas).withdrawSwap);
  const me = useMe().person?.id;
  const at = { number: swap.rota.number, swapId: swap.id };
  const problem = take.problem ?? withdraw.problem;
  const [by, to] = [swap.by?.title ?? text.somebody, swap.to?.title ?? text.anybody];
  return (
    <li>
      <span>
        {swap.state === 'taken' ? (
          <>
            <b className="b">{swap.takenBy?.title ?? text.somebody}</b> {text.took(by)}
          </>
        ) : (
          <>
            <b className="b">{by}</b> {text.asks(to)}
          </>
        )}{' '}
        {named ? (
          <Link className="l" href={`/on-call/${swap.rota.number}`}>
            {swap.rota.title}
          </Link>
        ) : null}
        <span className="why block">
          {fullTime(swap.from, zone)} to {fullTime(swap.until, zone)} ({lengthOf(ms(swap.until) - ms(swap.from))})
          {swap.inReturn ? `; ${text.inReturn} ${fullTime(swap.inReturn.from, zone)} to ${fullTime(swap.inReturn.until, zone)}` : ''}
          {swap.note ? `. ${swap.note}` : ''}
        </span>
        {problem ? (
          <Note live state="critical">
            {problem.sentence}
          </Note>
        ) : null}
      </span>
      <span className="end">
        {swap.state === 'taken' ? <StatusText state="good">{text.taken}</StatusText> : <StatusText state="warning">{text.open}</StatusText>}
        {swap.may.take === null ? (
          <Button size="small" variant="primary" icon={Check} busy={take.busy} onClick={() => take.act(at)}>
            {text.take}
          </Button>
        ) : null}
        {swap.may.withdraw === null ? (
          <Button size="small" variant="quiet" icon={X} busy={withdraw.busy} onClick={() => withdraw.act(at)}>
            {swap.to?.id === me ? text.decline : text.withdraw}
          </Button>
        ) : null}
      </span>
    </li>
  );
}
