import { useCallback } from 'react';
import { api, cache, send, useRead, useWrite } from '#web/api.ts';
import { useLiveEvents, type LiveEvent } from '#web/live.ts';
import { fieldText } from '#web/record/field-text.ts';
import { RecordForm } from '#web/record/RecordForm.tsx';
import { RecordWaiting } from '#web/record/RecordWaiting.tsx';
import { Button } from '#web/ui/Button.tsx';
import { CopyBox } from '#web/ui/CopyBox.tsx';
import { Field, Input } from '#web/ui/Field.tsx';
import { Note, Section } from '#web/ui/Parts.tsx';
import { StatusText } from '#web/ui/Status.tsx';
import { Time } from '#web/ui/Time.tsx';
import type { Out } from '#kernel/contract.ts';
import { notify } from '../contract.ts';
import { words } from './words.ts';
import './notify.css';

const client = api(notify);
const text = words.providers;
type Account = Out<typeof notify.verbs.providers>['accounts'][number];

function Tried({ account }: { readonly account: Account }) {
  if (!account.set) return <StatusText state="unknown">{text.unset}</StatusText>;
  if (!account.tried) return <StatusText state="unknown">{text.untried}</StatusText>;
  return (
    <StatusText state={account.tried.ok ? 'good' : 'critical'}>
      {account.tried.sentence} <Time at={account.tried.at} form="full" />
    </StatusText>
  );
}

function AccountSection({ account }: { readonly account: Account }) {
  const { provider } = account;
  const trial = useWrite(client.tryProvider);
  const remove = useWrite(client.removeProvider);
  const problem = trial.problem ?? remove.problem;
  const twilio = provider === 'twilio';
  return (
    <Section
      title={text.names[provider]}
      end={
        account.set ? (
          <>
            <Button size="small" variant="quiet" busy={remove.busy} onClick={() => remove.act({ provider })}>
              {words.remove}
            </Button>
            <Button size="small" busy={trial.busy} onClick={() => trial.act({ provider })}>
              {text.test}
            </Button>
          </>
        ) : null
      }
    >
      <p className="dim">{text.about[provider]}</p>
      <Tried account={account} />
      {problem ? (
        <Note live state="critical">
          {problem.sentence}
        </Note>
      ) : null}
      {account.hooks.map((hook) => (
        <CopyBox key={hook.url} label={hook.label} value={hook.url} />
      ))}
      <RecordForm
        key={`${provider} ${account.set} ${account.account} ${account.from}`}
        draftKey={`provider-${provider}`}
        submit={text.save}
        onSubmit={(values) =>
          send(
            client.setProvider,
            {
              provider,
              baseUrl: fieldText(values, 'baseUrl'),
              token: fieldText(values, 'token'),
              ...(twilio && { account: fieldText(values, 'account'), from: fieldText(values, 'from') }),
            },
            () => undefined,
          )
        }
      >
        <Field name="baseUrl" label={text.baseUrl}>
          <Input defaultValue={account.baseUrl} />
        </Field>
        {twilio ? (
          <Field name="account" label={text.account}>
            <Input defaultValue={account.account} />
          </Field>
        ) : null}
        <Field name="token" label={text.token} {...(account.set && { hint: text.kept })}>
          <Input type="password" autoComplete="off" />
        </Field>
        {twilio ? (
          <Field name="from" label={text.from}>
            <Input defaultValue={account.from} />
          </Field>
        ) : null}
      </RecordForm>
    </Section>
  );
}

/** Accounts of the desk at providers: set by administrators, used by everybody's contacts. */
export default function ProvidersPage() {
  const { data, problem } = useRead(client.providers, {});
  useLiveEvents(
    useCallback((event: LiveEvent) => {
      if (event.did === 'provider.tried') void cache.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === client.providers.key });
    }, []),
  );
  if (!data) return <RecordWaiting problem={problem} />;
  return (
    <div className="setsec">
      <h1>{text.title}</h1>
      <p className="lead">{text.sub}</p>
      {data.accounts.map((account) => (
        <AccountSection key={account.provider} account={account} />
      ))}
    </div>
  );
}
