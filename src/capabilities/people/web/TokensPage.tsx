import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import { send, useRead, useWrite } from '#web/api.ts';
import { RecordForm } from '#web/record/RecordForm.tsx';
import { peopleApi } from '#web/session.ts';
import { Button } from '#web/ui/Button.tsx';
import { Field, Input, Select } from '#web/ui/Field.tsx';
import { Empty, Note, Section } from '#web/ui/Parts.tsx';
import { Badge } from '#web/ui/Status.tsx';
import { Time } from '#web/ui/Time.tsx';

import { Secret } from './Secret.tsx';
import { words } from './words.ts';
import { fieldText } from '#web/record/field-text.ts';

const text = words.tokens;
const DAYS = [30, 90, 365, 730].map((days) => ({ value: String(days), label: `${days} days` }));

export default function TokensPage() {
  const { data } = useRead(peopleApi.tokens, {});
  const revoke = useWrite(peopleApi.revokeToken);
  const [fresh, setFresh] = useState<string>();
  return (
    <div className="setsec">
      <RecordForm
        key={fresh ?? ''}
        title={text.title}
        sub={text.sub}
        draftKey="token"
        submit={text.create}
        onSubmit={(values) => {
          const scopes = fieldText(values, 'scopes')
            .split(/[\s,]+/)
            .filter(Boolean);
          return send(
            peopleApi.createToken,
            { name: fieldText(values, 'name'), scopes: scopes.length ? scopes : null, expiresInDays: Number(fieldText(values, 'days')) },
            (answer) => setFresh(answer.token),
          );
        }}
      >
        <Field name="name" label={text.name}>
          <Input />
        </Field>
        <Field name="scopes" label={text.scopes} hint={text.scopesHint} optional>
          <Input />
        </Field>
        <Field name="days" label={text.days}>
          <Select defaultValue="90" options={DAYS} />
        </Field>
      </RecordForm>
      {fresh ? (
        <div className="stack16">
          <Note live state="good">
            {text.once}
          </Note>
          <Secret label={text.once} value={fresh} />
        </div>
      ) : null}
      <Section title={text.title} {...(data?.items.length && { count: data.items.length })}>
        {revoke.problem ? (
          <Note live state="critical">
            {revoke.problem.sentence}
          </Note>
        ) : null}
        {data && !data.items.length ? <Empty icon={KeyRound} title={text.none} sentence={text.sub} /> : null}
        <ul className="plainrows">
          {data?.items.map((token) => (
            <li key={token.id}>
              <span>
                <b className="b">{token.name}</b> <span className="id">{token.prefix}…</span> {token.revokedAt ? <Badge>{text.revoked}</Badge> : null}
                <span className="why block">
                  {token.scopes ? token.scopes.join(', ') : 'all of your permissions'} ·{' '}
                  {token.usedAt ? (
                    <>
                      used <Time at={token.usedAt} form="full" />
                    </>
                  ) : (
                    text.never
                  )}
                  {token.expiresAt ? (
                    <>
                      {' '}
                      · ends <Time at={token.expiresAt} form="day" />
                    </>
                  ) : null}
                </span>
              </span>
              {token.revokedAt ? null : (
                <Button size="small" busy={revoke.busy} onClick={() => revoke.act({ id: token.id })}>
                  {text.revoke}
                </Button>
              )}
            </li>
          ))}
        </ul>
      </Section>
    </div>
  );
}
