import { Mail, Printer } from 'lucide-react';
import { useAddress } from '#web/address.ts';
import { api, useRead, useWrite } from '#web/api.ts';
import { useMay } from '#web/session.ts';
import { Button } from '#web/ui/Button.tsx';
import { Input } from '#web/ui/Field.tsx';
import { Link } from '#web/ui/Link.tsx';
import { Crumbs, Note, Section, Skeleton } from '#web/ui/Parts.tsx';
import { metrics } from '../contract.ts';
import '#web/styles/metrics.css';
import '#web/styles/print.css';
import { hrefOf } from './opens.ts';
import { words } from './words.ts';

const text = words.report;
const nameOf = (month: string) => `${text.names[Number(month.slice(5)) - 1] ?? ''} ${month.slice(0, 4)}`;

/** A month in plain language, made for the screen and for paper. */
export default function ReportPage() {
  const { search, keep } = useAddress();
  const month = /^20\d\d-(0[1-9]|1[0-2])$/.test(search['month'] ?? '') ? search['month'] : undefined;
  const { data, problem, again } = useRead(api(metrics).report, { ...(month && { month }) });
  const may = useMay('metrics.report');
  const want = useWrite(api(metrics).wantReport, () => again());
  const refused = problem ?? want.problem;
  return (
    <>
      <Crumbs path={[{ label: words.title, href: '/lead/metrics' }, { label: text.title }]} />
      <div className="listhead">
        <h1>
          {text.title}
          {data ? `: ${nameOf(data.month)}` : ''}
        </h1>
      </div>
      <p className="lead">{text.sub}</p>
      <div className="listbar">
        <Input type="month" aria-label={text.month} value={data?.month ?? month ?? ''} onChange={(event) => keep({ month: event.currentTarget.value || undefined })} />
        <Button size="small" icon={Printer} onClick={() => window.print()}>
          {text.print}
        </Button>
        {may && data ? (
          <Button size="small" variant="quiet" icon={Mail} busy={want.busy} aria-pressed={data.wanted} onClick={() => want.act({ wanted: !data.wanted })}>
            {data.wanted ? text.unwant : text.want}
          </Button>
        ) : null}
      </div>
      {refused ? <Note state="warning">{refused.sentence}</Note> : null}
      {data ? (
        <div className="sections essay">
          {data.parts.map(({ title, lines }) => (
            <Section key={title} title={title}>
              <ul className="bullets told">
                {lines.map(({ words: said, opens }) => (
                  <li key={said}>
                    {opens ? (
                      <Link className="l" href={hrefOf(opens)}>
                        {said}
                      </Link>
                    ) : (
                      said
                    )}
                  </li>
                ))}
              </ul>
            </Section>
          ))}
        </div>
      ) : problem ? null : (
        <Skeleton width="60%" />
      )}
    </>
  );
}
