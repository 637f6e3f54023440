import { useState } from 'react';
import type { Out } from '#kernel/contract.ts';
import { api, send, useWrite } from '#web/api.ts';
import { fieldText } from '#web/record/field-text.ts';
import { RecordForm } from '#web/record/RecordForm.tsx';
import { Button } from '#web/ui/Button.tsx';
import { Field, Input, Select } from '#web/ui/Field.tsx';
import { Facts, Note } from '#web/ui/Parts.tsx';
import { Time } from '#web/ui/Time.tsx';
import { status, type StatusPage } from '../contract/index.ts';
import { words } from './words.ts';

const client = api(status);
const text = words.elsewhere;
type Push = Out<typeof status.verbs.page>['push'];

interface ElsewhereProps {
  readonly page: StatusPage;
  readonly push: Push;
  readonly refused: string | null;
}

/** Where a copy of the page lives, so that it stays up when the desk is down. */
export function Elsewhere({ page, push, refused }: ElsewhereProps) {
  const [kind, setKind] = useState<'put' | 's3'>('put');
  const where = { number: page.number, version: page.version };
  const end = useWrite(client.setPush);
  const now = useWrite(client.pushNow);
  const field = (name: string, label: string, secret = false) => (
    <Field key={name} name={name} label={label}>
      <Input {...(secret && { type: 'password', autoComplete: 'off' })} />
    </Field>
  );
  return (
    <>
      <p className="lead">{text.lead}</p>
      {push ? (
        <>
          <Facts
            facts={[
              { label: text.to, value: push.to },
              {
                label: text.last,
                value: push.pushedAt ? (
                  <>
                    <Time at={push.pushedAt} form="full" />: {push.result}
                  </>
                ) : (
                  '–'
                ),
              },
            ]}
          />
          {(end.problem ?? now.problem) ? (
            <Note live state="critical">
              {(end.problem ?? now.problem)?.sentence}
            </Note>
          ) : null}
          {refused === null ? (
            <div className="end">
              <Button busy={now.busy} onClick={() => now.act({ number: page.number })}>
                {text.now}
              </Button>
              <Button variant="quiet" busy={end.busy} onClick={() => end.act({ ...where, push: null })}>
                {text.end}
              </Button>
            </div>
          ) : null}
        </>
      ) : refused === null ? (
        <RecordForm
          draftKey={`status-push-${page.number}`}
          submit={text.save}
          onSubmit={(values) => {
            const value = (name: string) => fieldText(values, name);
            const target =
              kind === 'put'
                ? { kind, url: value('url'), authorization: value('authorization') }
                : {
                    kind,
                    url: value('url'),
                    bucket: value('bucket'),
                    region: value('region'),
                    prefix: value('prefix'),
                    accessKey: value('accessKey'),
                    secretKey: value('secretKey'),
                  };
            return send(client.setPush, { ...where, push: target }, () => undefined);
          }}
        >
          <Field name="kind" label={text.kind}>
            <Select
              value={kind}
              options={[
                { value: 'put', label: text.put },
                { value: 's3', label: text.s3 },
              ]}
              onChange={(event) => setKind(event.currentTarget.value === 's3' ? 's3' : 'put')}
            />
          </Field>
          {field('url', text.url)}
          {kind === 'put'
            ? field('authorization', text.authorization, true)
            : [
                field('bucket', text.bucket),
                field('region', text.region),
                field('prefix', text.prefix),
                field('accessKey', text.accessKey),
                field('secretKey', text.secretKey, true),
              ]}
        </RecordForm>
      ) : null}
      <p className="dim s12">
        {text.byHand} {page.number}
      </p>
    </>
  );
}
