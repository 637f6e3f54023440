import { api, useRead } from '#web/api.ts';
import { Link } from '#web/ui/Link.tsx';
import { Section } from '#web/ui/Parts.tsx';
import { StatusText } from '#web/ui/Status.tsx';
import { rotas } from '../contract/index.ts';
import { words } from './words.ts';

const text = words.findings;

/** Gaps and shifts of people whom nobody can reach, within 60 days; nothing when there are none. */
export function Findings({ rota }: { readonly rota?: string }) {
  const { data } = useRead(api(rotas).findings, rota ? { rota } : {}, { on: ['rota.', 'absence.', 'person.', 'contact.'] });
  if (!data?.items.length) return null;
  return (
    <Section title={text.title} count={data.cursor ? `${data.items.length}+` : data.items.length}>
      <ul className="plainrows">
        {data.items.map((finding) => (
          <li key={finding.id}>
            <StatusText state={finding.kind === 'gap' || finding.kind === 'absent' ? 'critical' : 'warning'}>{text.kinds[finding.kind]}</StatusText>
            <span className="grow">{finding.sentence}</span>
            <span className="end">
              <Link className="btn sm" href={`/on-call/${finding.rota.number}?cover=${encodeURIComponent(`${finding.from}~${finding.until}`)}`}>
                {words.rota.cover}
              </Link>
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
