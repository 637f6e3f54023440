import { useState } from 'react';
import { useAddress, useTitle } from '#web/address.ts';
import { api, useRead, useWrite } from '#web/api.ts';
import { pageOf } from '#web/record/page-of.ts';
import { RecordWaiting } from '#web/record/RecordWaiting.tsx';
import { useMe } from '#web/session.ts';
import { Button } from '#web/ui/Button.tsx';
import { Field, Textarea } from '#web/ui/Field.tsx';
import { Link } from '#web/ui/Link.tsx';
import { Card, Crumbs, FactsRow, Note, Section } from '#web/ui/Parts.tsx';
import { Person } from '#web/ui/People.tsx';
import { StatusText } from '#web/ui/Status.tsx';
import { Time } from '#web/ui/Time.tsx';
import { rotas } from '../contract/index.ts';
import { words } from './words.ts';

const text = words.handover;

/** The note of a handover, written by the desk; whoever comes on call confirms that they have it. */
export default function HandoverPage() {
  const { number, search } = useAddress();
  const { person } = useMe();
  const [note, setNote] = useState('');
  const { data: about, problem: missing } = useRead(api(rotas).get, { number }, { on: ['rota.'] });
  const { data, problem } = useRead(api(rotas).handoverNote, { number, ...(search['at'] && { at: search['at'] }) }, { on: ['rota.', 'handover.'] });
  const confirm = useWrite(api(rotas).confirmHandover);
  useTitle(about && text.title(about.rota.name));
  if (!data || !about) return <RecordWaiting problem={problem ?? missing} />;
  const mine = data.incoming.find((one) => one.person.id === person?.id);
  return (
    <>
      <Crumbs path={[{ label: words.title, href: '/on-call' }, { label: about.rota.name, href: `/on-call/${number}` }, { label: text.crumb }]} />
      <div className="listhead">
        <h1>{text.title(about.rota.name)}</h1>
      </div>
      <FactsRow
        facts={[
          { label: text.at, value: <Time at={data.at} form="full" /> },
          { label: text.from, value: data.outgoing.length ? data.outgoing.map((one) => <Person key={one.id} person={{ id: one.id, name: one.title }} />) : words.nobody },
          {
            label: text.to,
            value: data.incoming.length
              ? data.incoming.map(({ person: one }) => <Person key={one.id} person={{ id: one.id, name: one.title }} you={one.id === person?.id} />)
              : words.nobody,
          },
          { label: text.next, value: data.until ? <Time at={data.until} form="full" /> : '–' },
        ]}
      />
      <div className="layered">
        <div className="stack16">
          {data.sections.map((section) => (
            <Section key={section.title} title={section.title} count={section.lines.length}>
              {section.lines.length ? (
                <ul className="plainrows">
                  {section.lines.map(({ sentence, record }) => (
                    <li key={`${record?.id ?? ''} ${sentence}`}>
                      <span className="grow">
                        {record ? (
                          <Link className="l" href={pageOf(record)}>
                            {record.number}
                          </Link>
                        ) : null}{' '}
                        {sentence}
                      </span>
                    </li>
                  ))}
                </ul>
              ) : (
                <p className="dim s13">{text.nothing}</p>
              )}
            </Section>
          ))}
        </div>
        <Card title={text.confirmed}>
          <div className="stack16">
            {data.incoming.map(({ person: one, confirmedAt, note: said }) => (
              <div key={one.id}>
                <Person person={{ id: one.id, name: one.title }} />{' '}
                {confirmedAt ? (
                  <StatusText state="good">
                    <Time at={confirmedAt} form="full" />
                  </StatusText>
                ) : (
                  <StatusText state="warning">{text.open}</StatusText>
                )}
                {said ? <p className="why">{said}</p> : null}
              </div>
            ))}
            {confirm.problem ? (
              <Note live state="critical">
                {confirm.problem.sentence}
              </Note>
            ) : null}
            {mine && !mine.confirmedAt ? (
              <>
                <Field name="note" label={words.rota.note} optional>
                  <Textarea maxLength={500} value={note} onChange={(event) => setNote(event.currentTarget.value)} />
                </Field>
                <Button variant="primary" busy={confirm.busy} refused={data.refused} onClick={() => confirm.act({ number, at: data.at, note })}>
                  {text.confirm}
                </Button>
              </>
            ) : null}
          </div>
        </Card>
      </div>
    </>
  );
}
