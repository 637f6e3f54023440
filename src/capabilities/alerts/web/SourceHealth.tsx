import type { Out } from '#kernel/contract.ts';
import { Section } from '#web/ui/Parts.tsx';
import { Sparkline } from '#web/ui/Sparkline.tsx';
import { StatusText } from '#web/ui/Status.tsx';
import type { alerts } from '../contract/index.ts';
import { words } from './words.ts';

const text = words.sources;
const said = words.source;
export type Source = Out<(typeof alerts)['verbs']['source']>['source'];

/** How a source stands, in one word; what is not known is never shown as good. */
export function SourceHealth({ source: { standing, lastSignalAt } }: { readonly source: Source }) {
  if (standing === 'failing') return <StatusText state="warning">{text.failing}</StatusText>;
  if (standing === 'silent') return <StatusText state="critical">{text.silent}</StatusText>;
  if (standing === 'heard') return <StatusText state="good">{text.healthy}</StatusText>;
  return <StatusText state="unknown">{lastSignalAt ? text.unknown : text.quiet}</StatusText>;
}

function lengthOf(minutes: number): string {
  if (minutes < 120) return `${minutes} min`;
  return minutes < 2880 ? `${Math.round(minutes / 60)} h` : `${Math.round(minutes / 1440)} days`;
}

function sentenceOf({ standing, quietMinutes, lastSignalAt }: Source): string {
  const usual = quietMinutes === null ? null : lengthOf(quietMinutes);
  if (standing === 'failing') return said.heardFailing;
  if (standing === 'silent' && usual) return said.heardSilent(usual);
  if (usual) return said.heardUsually(usual);
  return lastSignalAt ? said.heardUnknown : said.heardNever;
}

/** How often it was heard in the last day, and when it would be called silent. */
export function HeardSection({ source }: { readonly source: Source }) {
  const count = source.hours.reduce((sum, one) => sum + one, 0);
  return (
    <Section title={said.health} count={said.day(count)}>
      <div className="stack8">
        <p className="s13">{sentenceOf(source)}</p>
        {count ? <Sparkline label={said.dayLabel(count)} values={source.hours} ticks={['24 h ago', '12 h', 'now']} width={640} height={96} /> : null}
      </div>
    </Section>
  );
}
