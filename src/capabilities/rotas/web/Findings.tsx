import { useState } from 'react';
import { api, useRead } from '#web/api.ts';
import { Button } from '#web/ui/Button.tsx';
import { Link } from '#web/ui/Link.tsx';
import { Section } from '#web/ui/Parts.tsx';
import { StatusText } from '#web/ui/Status.tsx';
import { rotas } from '../contract/index.ts';
import { words } from './words.ts';

const text = words.findings;

const SHOWN = 3;

/** Gaps and shifts of people whom nobody can reach, within 60 days, the next first; nothing when there are none. */
export function Findings({ rota }: { readonly rota?: string }) {
  const { data } = useRead(api(rotas).findings, rota ? { rota } : {}, { on: ['rota.', 'absence.', 'person.', 'contact.'] });
  const [all, setAll] = useState(false);
  if (!data?.items.length) return null;
  const count = data.items.length;
  return (
    <Section title={text.title} count={data.cursor ? `${count}+` : count}>
      <ul className="plainrows">
        {data.items.slice(0, all ? count : SHOWN).map((finding) => (
          <li key={finding.id}>
            <span>
              <StatusText state={finding.kind === 'gap' || finding.kind === 'absent' ? 'critical' : 'warning'}>{text.kinds[finding.kind]}</StatusText>{' '}
              {rota ? null : (
                <Link className="l" href={`/on-call/${finding.rota.number}`}>
                  {finding.rota.title}
                </Link>
              )}
              <span className="why block">{finding.sentence}</span>
            </span>
            {finding.kind === 'gap' || finding.kind === 'absent' ? (
              <span className="end">
                <Link className="btn sm" href={`/on-call/${finding.rota.number}?cover=${encodeURIComponent(`${finding.from}~${finding.until}`)}`}>
                  {words.rota.cover}
                </Link>
              </span>
            ) : null}
          </li>
        ))}
      </ul>
      {count > SHOWN ? (
        <div className="row">
          <Button size="small" variant="quiet" onClick={() => setAll(!all)}>
            {all ? text.fewer : text.all(count)}
          </Button>
        </div>
      ) : null}
    </Section>
  );
}
