import { Facts, Section } from '#web/ui/Parts.tsx';
import { StatusText } from '#web/ui/Status.tsx';
import { Time } from '#web/ui/Time.tsx';
import type { Detail } from './look.tsx';
import { words } from './words.ts';

const text = words.page;
const SOON = 14;

function Left({ days }: { readonly days: number }) {
  return <StatusText state={days < 0 ? 'critical' : days < SOON ? 'warning' : 'good'}>{text.daysLeft(days)}</StatusText>;
}

/** The certificate that was shown last, and those above it. */
export function Certificates({ certificates }: Pick<Detail, 'certificates'>) {
  const [leaf, ...chain] = certificates;
  if (!leaf) return null;
  return (
    <Section title={text.certificate}>
      <Facts
        facts={[
          {
            label: text.leaf,
            value: (
              <>
                <Left days={leaf.daysLeft} />{' '}
                <span className="dim">
                  until <Time at={leaf.endsAt} form="day" />
                </span>
              </>
            ),
          },
          { label: text.names, value: <span className="prose">{leaf.names.join(', ') || leaf.subject}</span> },
          { label: text.issuer, value: <span className="prose">{leaf.issuer}</span> },
          ...(chain.length
            ? [
                {
                  label: text.above,
                  value: (
                    <span className="stack8">
                      {chain.map((one) => (
                        <span key={`${one.subject}${one.endsAt}`} className="prose">
                          {one.subject}: <Left days={one.daysLeft} />
                        </span>
                      ))}
                    </span>
                  ),
                },
              ]
            : []),
        ]}
      />
    </Section>
  );
}
