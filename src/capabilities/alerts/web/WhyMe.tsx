import type { Paging } from '#capabilities/oncall/contract.ts';
import type { Out } from '#kernel/contract.ts';
import { useMe } from '#web/session.ts';
import { Link } from '#web/ui/Link.tsx';
import { useZone } from '#web/ui/now.ts';
import { clockSeconds, zoneName } from '#web/ui/time.ts';
import type { alerts } from '../contract/index.ts';
import './alert.css';
import { words } from './words.ts';

export type Detail = Out<(typeof alerts)['verbs']['get']>;

/** The one answer: why this alert reached the person who looks, or why it did not. */
export function WhyMe({ detail, paging }: { readonly detail: Detail; readonly paging: Paging | undefined }) {
  const { person } = useMe();
  const zone = useZone();
  const page = paging?.pages.findLast((each) => each.person?.id === person?.id);
  const { service } = detail.alert;
  if (!detail.whyMe)
    return detail.whyNotMe ? (
      <div className="ans quiet">
        <h2>{words.alert.whyNot}</h2>
        <p>{detail.whyNotMe}</p>
      </div>
    ) : null;
  return (
    <div className="ans">
      <h2>{words.alert.why}</h2>
      <p>
        {service?.tier ? `${service.title} is tier ${service.tier}. ` : null}
        <b className="b">{detail.whyMe}</b>{' '}
        {page && paging ? (
          <>
            The policy{' '}
            {paging.policy ? (
              <Link className="l" href={`/policies/${paging.policy.number}`}>
                {paging.policyName}
              </Link>
            ) : (
              paging.policyName
            )}{' '}
            paged you at{' '}
            <span className="num nw">
              {clockSeconds(page.startedAt, zone)} {zoneName(page.startedAt, zone)}
            </span>
            .
          </>
        ) : null}
      </p>
    </div>
  );
}
