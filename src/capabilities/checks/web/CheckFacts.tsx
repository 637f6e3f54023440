import { Facts, Section, type Fact } from '#web/ui/Parts.tsx';
import { Link } from '#web/ui/Link.tsx';
import { Time } from '#web/ui/Time.tsx';
import { lengthOf } from '#web/ui/time.ts';
import { KEPT, type Check } from '../contract/index.ts';
import { kindLabel, kindOf } from './kinds.ts';
import { shownValue, type RunProbe } from './probe-values.ts';
import { words } from './words.ts';

/** What was set otherwise than it comes, in the words of the form. Where it is looked at stands in the target already. */
function settingsOf(probe: RunProbe): readonly Fact[] {
  const specs = kindOf(probe.kind)?.specs ?? [];
  return specs.flatMap((spec): Fact[] => {
    if (['url', 'host', 'port', 'certificateDays', 'script', 'arguments', 'domain', 'name'].includes(spec.name)) return [];
    if (spec.as === 'secret') return Reflect.get(probe, spec.name) === KEPT ? [{ label: spec.label, value: words.page.kept }] : [];
    if (spec.as === 'tick') return Reflect.get(probe, spec.name) === (spec.name === 'verify') ? [] : [{ label: spec.label, value: spec.name === 'verify' ? 'no' : 'yes' }];
    const value = shownValue(spec, probe.kind, probe);
    if (value === '' || value === shownValue(spec, probe.kind, undefined)) return [];
    return [{ label: spec.label, value: <span className="prose">{spec.options?.find((option) => option.value === value)?.label ?? value}</span> }];
  });
}

function runFacts(check: Check, probe: RunProbe): readonly Fact[] {
  return [
    ...settingsOf(probe),
    ...(probe.conditions.length
      ? [
          {
            label: words.page.conditions,
            value: (
              <span className="stack8">
                {probe.conditions.map((condition) => (
                  <code key={condition} className="prose">
                    {condition}
                  </code>
                ))}
              </span>
            ),
          },
        ]
      : []),
    { label: 'Interval', value: lengthOf(probe.intervalSeconds * 1000) },
    ...(probe.retrySeconds === undefined ? [] : [{ label: 'Tried again', value: `after ${lengthOf(probe.retrySeconds * 1000)} while it fails` }]),
    { label: 'Time-out', value: lengthOf(probe.timeoutSeconds * 1000) },
    { label: 'Down after', value: probe.failures === 1 ? '1 failure' : `${probe.failures} failures` },
    { label: 'Up after', value: probe.successes === 1 ? '1 success' : `${probe.successes} successes` },
    { label: 'May reach', value: check.origin === 'trusted' ? 'private addresses too' : 'public addresses' },
  ];
}

/** How it is set up. */
export function CheckFacts({ check }: { readonly check: Check }) {
  const { probe } = check;
  const own: readonly Fact[] =
    probe.kind === 'heartbeat'
      ? [
          { label: 'Expected', value: check.expectedAt ? <Time at={check.expectedAt} form="full" /> : 'after the first ping' },
          { label: 'Grace', value: lengthOf(probe.graceSeconds * 1000) },
          { label: 'Methods', value: probe.methods === 'POST' ? 'POST only' : 'any' },
        ]
      : runFacts(check, probe);
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
          ...(check.parents.length
            ? [
                {
                  label: words.page.parents,
                  value: (
                    <span className="stack8">
                      {check.parents.map((parent) => (
                        <Link key={parent.id} className="l" href={`/checks/${parent.number}`}>
                          {parent.title}
                        </Link>
                      ))}
                    </span>
                  ),
                },
              ]
            : []),
          { label: words.kind, value: kindLabel(probe.kind) },
          { label: words.target, value: <span className="prose">{check.target}</span> },
          ...own,
        ]}
      />
    </Section>
  );
}
