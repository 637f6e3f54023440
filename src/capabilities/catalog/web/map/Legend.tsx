import { ChevronDown, Shield, Zap } from 'lucide-react';
import { Icon } from '#web/ui/Icon.tsx';
import { StatusText } from '#web/ui/Status.tsx';
import { words as catalogWords } from '../words.ts';
import { words } from './words.ts';

const Line = ({ kind, said }: { readonly kind: string; readonly said: string }) => (
  <span className="key">
    <svg width="24" height="8" className="map" aria-hidden="true">
      <path className={`ln ${kind}`} d="M0 4H24" />
    </svg>
    {said}
  </span>
);

/** What lines and marks mean; folded away by who knows it. */
export function Legend({ isWhatIf, hasSpared }: { readonly isWhatIf: boolean; readonly hasSpared: boolean }) {
  return (
    <details className="maplegend">
      <summary>
        {words.legend}
        <Icon of={ChevronDown} size={12} />
      </summary>
      <div className="keys">
        <span className="key dim">{words.direction}</span>
        <Line kind="hard" said={words.hard} />
        <Line kind="soft" said={words.soft} />
        <Line kind="none" said={words.none} />
        {isWhatIf ? (
          <>
            <span className="key critical-ink">
              <Icon of={Zap} size={12} />
              {words.fates.failed}
            </span>
            <StatusText state="critical">{words.fates.down}</StatusText>
            <StatusText state="warning">{words.fates.degraded}</StatusText>
            <StatusText state="info">{words.fates.reduced}</StatusText>
          </>
        ) : (
          <>
            <StatusText state="critical">{catalogWords.health.critical}</StatusText>
            <StatusText state="warning">{catalogWords.health.warning}</StatusText>
          </>
        )}
        {hasSpared ? (
          <span className="key">
            <Icon of={Shield} size={12} />
            {words.fates.spared}
          </span>
        ) : null}
        <Line kind="hard hit" said={words.whatIf.passes} />
      </div>
    </details>
  );
}
