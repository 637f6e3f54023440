import { api, useRead } from '#web/api.ts';
import { pageOf } from '#web/record/page-of.ts';
import { Link } from '#web/ui/Link.tsx';
import { Facts, Skeleton } from '#web/ui/Parts.tsx';
import { Ago } from '#web/ui/Time.tsx';
import type { Ref } from '#kernel/contract.ts';
import { catalog, type Card } from '../../contract/index.ts';
import { typeWord } from '../look.tsx';
import { words as catalogWords } from '../words.ts';
import { words } from './words.ts';

function Said({ who, value, lastSeen }: { readonly who: Ref | null; readonly value: string; readonly lastSeen: string | null }) {
  return (
    <li>
      <span className="who2">
        {who ? (
          <Link className="l" href={pageOf(who)}>
            {who.title}
          </Link>
        ) : (
          words.record
        )}{' '}
        {words.says}
      </span>
      <span className="value">{value || <span className="dim">{words.nothing}</span>}</span>
      {lastSeen ? (
        <span className="dim s12">
          {words.seen} <Ago at={lastSeen} /> ago
        </span>
      ) : null}
    </li>
  );
}

function Side({ title, record }: { readonly title: string; readonly record: Ref }) {
  const { data } = useRead(api(catalog).component, { number: record.number });
  const one = data?.component;
  return (
    <li>
      <span className="who2">{title}</span>
      <Link className="b l" href={pageOf(record)}>
        {record.title}
      </Link>
      {one ? (
        <Facts
          facts={[
            { label: catalogWords.type, value: typeWord(one.type) },
            { label: catalogWords.address, value: one.address || '–' },
            { label: catalogWords.cloudId, value: one.cloudId || '–' },
            { label: catalogWords.owner, value: one.team?.title ?? '–' },
            { label: catalogWords.summary, value: one.summary || '–' },
          ]}
        />
      ) : (
        <Skeleton width="60%" />
      )}
    </li>
  );
}

/** Who says what, side by side; of two records that may be one, what each is. */
export function Evidence({ card, isNear }: { readonly card: Card; readonly isNear: boolean }) {
  const { kind, record, other, says } = card;
  if (says.length)
    return (
      <ul className="says">
        {says.map((each, at) => (
          <Said key={at} who={each.import} value={each.value} lastSeen={each.lastSeen} />
        ))}
      </ul>
    );
  if (kind !== 'duplicate' || !other || record.kind !== 'component') return null;
  return (
    <details className="twins" {...(isNear && { open: true })}>
      <summary className="l">{words.compare}</summary>
      {isNear ? (
        <ul className="says">
          <Side title={words.first} record={record} />
          <Side title={words.second} record={other} />
        </ul>
      ) : null}
    </details>
  );
}
