import { Facts, Section, type Fact } from '#web/ui/Parts.tsx';
import { Link } from '#web/ui/Link.tsx';
import { Time } from '#web/ui/Time.tsx';
import { lengthOf } from '#web/ui/time.ts';
import type { Check } from '../contract.ts';
import { words } from './words.ts';

/** How it is set up. */
export function CheckFacts({ check }: { readonly check: Check }) {
  const { probe } = check;
  const own: readonly Fact[] =
    probe.kind === 'http'
      ? [
          { label: 'Interval', value: lengthOf(probe.intervalSeconds * 1000) },
          { label: 'Time-out', value: lengthOf(probe.timeoutSeconds * 1000) },
          { label: 'Good', value: probe.text ? `${probe.expect}, with “${probe.text}”` : probe.expect },
          { label: 'Down after', value: probe.failures === 1 ? '1 failure' : `${probe.failures} failures` },
          { label: 'Up after', value: probe.successes === 1 ? '1 success' : `${probe.successes} successes` },
          ...(check.certificateEndsAt
            ? [
                {
                  label: 'Certificate',
                  value: (
                    <>
                      ends <Time at={check.certificateEndsAt} form="day" />
                    </>
                  ),
                },
              ]
            : []),
          { label: 'May reach', value: check.origin === 'trusted' ? 'private addresses too' : 'public addresses' },
        ]
      : [
          { label: 'Expected', value: check.expectedAt ? <Time at={check.expectedAt} form="full" /> : 'after the first ping' },
          { label: 'Grace', value: lengthOf(probe.graceSeconds * 1000) },
          { label: 'Methods', value: probe.methods === 'POST' ? 'POST only' : 'any' },
        ];
  return (
    <Section title={words.page.facts}>
      <Facts
        facts={[
          {
            label: words.service,
            value: check.service ? (
              <Link className="l" href={`/services/${check.service.number}`}>
                {check.service.title}
              </Link>
            ) : (
              <span className="dim">none</span>
            ),
          },
          { label: words.kind, value: words.kinds[probe.kind] },
          { label: words.target, value: <span className="prose">{check.target}</span> },
          ...own,
        ]}
      />
    </Section>
  );
}
