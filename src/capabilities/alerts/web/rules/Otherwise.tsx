import { Section } from '#web/ui/Parts.tsx';
import { MainOptions, MoreOptions, type OptionsProps } from './OptionFields.tsx';
import { wholeOptions, type Routing } from './draft.ts';
import { phrasesOf } from './said.ts';
import { words } from './words.ts';

const text = words.otherwise;

interface OtherwiseProps extends Pick<OptionsProps, 'faults' | 'names'> {
  readonly defaults: Routing['defaults'];
  readonly mayChange: boolean;
  readonly onChange: (defaults: Routing['defaults']) => void;
}

/** What holds where no rule says something else, as a sentence, and the fields that change it. */
export function Otherwise({ defaults, mayChange, faults, names, onChange }: OtherwiseProps) {
  const options = { at: 'defaults', set: defaults, inherits: false, faults, names, onChange: (set: OptionsProps['set']) => onChange(wholeOptions(defaults, set)) };
  return (
    <Section title={text.title}>
      <p className="dim s13 rsub">{text.sub}</p>
      <div className="rline">
        <p className="s13">
          <b className="b">{words.options.outcomes[defaults.outcome]}</b>: {phrasesOf(defaults, names).join(', ')}.
        </p>
        {mayChange ? (
          <div className="rfields">
            <MainOptions {...options} />
            <MoreOptions {...options} />
          </div>
        ) : null}
      </div>
    </Section>
  );
}
