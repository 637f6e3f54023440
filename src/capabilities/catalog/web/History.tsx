import { api, useRead } from '#web/api.ts';
import { Link } from '#web/ui/Link.tsx';
import { Section } from '#web/ui/Parts.tsx';
import { Time } from '#web/ui/Time.tsx';
import { catalog } from '../contract/index.ts';
import { Moves } from './look.tsx';
import { words } from './words.ts';
import './record.css';

const text = words.history;

/** Every state of the record, newest first: what became of each field and when. */
export function History({ number }: { readonly number: string }) {
  const { data } = useRead(api(catalog).states, { number });
  const items = data?.items ?? [];
  const first = items.at(-1);
  if (!first) return null;
  const last = items[0];
  return (
    <Section title={text.title} {...(items.length > 1 && { count: items.length })}>
      <ul className="states">
        {last?.endedAt ? (
          <li>
            <Time at={last.endedAt} />
            <span>{text.ended}</span>
          </li>
        ) : null}
        {items.map((state) => (
          <li key={state.begunAt}>
            <Time at={state.begunAt} />
            {state === first ? <span>{items.length === 1 && !first.endedAt ? `${text.came}; ${text.same}` : text.came}</span> : <Moves fields={state.fields} />}
            <Link className="l s12 nw" href={`/catalog/map?focus=${number}&at=${encodeURIComponent(state.begunAt)}`}>
              {text.asItWas}
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  );
}
