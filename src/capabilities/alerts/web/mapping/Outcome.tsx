import { Facts, type Fact } from '#web/ui/Parts.tsx';
import { Badge, StatusText, type State } from '#web/ui/Status.tsx';
import { Time } from '#web/ui/Time.tsx';
import type { Mapped, MappedBody } from '../../rules/mapping/index.ts';
import { words as alertWords } from '../words.ts';
import { words } from './words.ts';

type Signal = Extract<Mapped, { signal: unknown }>['signal'];
const MOST = 20;

function lookOf({ kind, severity }: Signal): State {
  if (kind === 'resolve') return 'good';
  if (kind === 'acknowledge' || severity === 'info') return 'info';
  return severity === 'warning' ? 'warning' : 'critical';
}

/** What a message would become: its alerts, or the sentence why there are none. */
export function Outcome({ mapped }: { readonly mapped: MappedBody }) {
  if ('sentence' in mapped) return <Refused sentence={mapped.sentence} />;
  return (
    <ol className="outcomes">
      {mapped.items.slice(0, MOST).map((item, at) => (
        <li key={at}>{'signal' in item ? <Shown signal={item.signal} /> : 'ignored' in item ? <p className="dim s13">{item.ignored}</p> : <Refused sentence={item.sentence} />}</li>
      ))}
      {mapped.items.length > MOST ? <li className="dim s13">{words.more(mapped.items.length - MOST)}</li> : null}
    </ol>
  );
}

const Refused = ({ sentence }: { readonly sentence: string }) => (
  <div className="stack8">
    <StatusText state="unknown">{words.notUnderstood}</StatusText>
    <p className="s13">{sentence}</p>
  </div>
);

function Shown({ signal }: { readonly signal: Signal }) {
  const { labels, details } = signal;
  const known: readonly (Fact | null)[] = [
    { label: words.fields.key[0], value: <code className="fp">{signal.key}</code> },
    { label: words.fields.severity[0], value: alertWords.severities[signal.severity] },
    signal.source ? { label: words.fields.origin[0], value: signal.source } : null,
    signal.startsAt === null ? null : { label: words.fields.startsAt[0], value: <Time at={signal.startsAt} form="full" /> },
    signal.link ? { label: words.fields.link[0], value: <span className="el">{signal.link}</span> } : null,
    Object.keys(labels).length
      ? {
          label: words.labels,
          value: (
            <span className="labels">
              {Object.entries(labels).map(([name, value]) => (
                <code key={name}>
                  {name}={value}
                </code>
              ))}
            </span>
          ),
        }
      : null,
    Object.keys(details).length ? { label: words.fields.details[0], value: Object.keys(details).join(', ').slice(0, 200) } : null,
  ];
  return (
    <div className="stack8">
      <div>
        <Badge state={lookOf(signal)}>{words.kinds[signal.kind]}</Badge>
      </div>
      <b className="b">{signal.summary}</b>
      <Facts facts={known.filter((fact) => fact !== null)} />
    </div>
  );
}
