import { KeyRound, Pencil, Send, Unplug } from 'lucide-react';
import { useState } from 'react';
import { useAddress, useTitle } from '#web/address.ts';
import { api, useRead, useWrite } from '#web/api.ts';
import { Confirm } from '#web/record/Confirm.tsx';
import { RecordWaiting } from '#web/record/RecordWaiting.tsx';
import { RecordPage } from '#web/record/RecordPage.tsx';
import { RecordSide } from '#web/record/RecordSide.tsx';
import { Button } from '#web/ui/Button.tsx';
import { Dialog } from '#web/ui/Dialog.tsx';
import { Link } from '#web/ui/Link.tsx';
import { Note, Section } from '#web/ui/Parts.tsx';
import { Ago, Time } from '#web/ui/Time.tsx';
import { alerts } from '../contract/index.ts';
import { Recent } from './Recent.tsx';
import { Snippets, type Key } from './Snippets.tsx';
import { SourceFields } from './SourceForm.tsx';
import { HeardSection, SourceHealth, type Source } from './SourceHealth.tsx';
import { SourceChanges } from './SourceChanges.tsx';
import { words } from './words.ts';

const text = words.source;

function Keys({ source, refused }: { readonly source: Source; readonly refused: string | null }) {
  const revoke = useWrite(api(alerts).revokeKey);
  return (
    <Section title={text.keys} {...(source.keys.length && { count: source.keys.length })}>
      {revoke.problem ? (
        <Note live state="critical">
          {revoke.problem.sentence}
        </Note>
      ) : null}
      {source.keys.length ? (
        <ul className="lst">
          {source.keys.map((key) => (
            <li key={key.id}>
              <code className="fp">{key.prefix}…</code>
              <span className="dim grow s12">
                since <Time at={key.createdAt} />
              </span>
              <Button size="small" variant="quiet" refused={refused} busy={revoke.busy} onClick={() => revoke.act({ number: source.number, keyId: key.id })}>
                {text.revoke}
              </Button>
            </li>
          ))}
        </ul>
      ) : (
        <p className="dim s13">{text.noKeys}</p>
      )}
    </Section>
  );
}

export default function SourcePage() {
  const { number } = useAddress();
  const { data, problem } = useRead(api(alerts).source, { number }, { on: ['source.', 'alert.'] });
  const [asked, setAsked] = useState<'edit' | 'retire'>();
  const [made, setMade] = useState<Key>();
  const test = useWrite(api(alerts).test);
  const [tested, setTested] = useState<string>();
  const makeKey = useWrite(api(alerts).makeKey, setMade);
  const retire = useWrite(api(alerts).retireSource, () => setAsked(undefined));
  useTitle(data?.source.name);
  if (!data) return <RecordWaiting problem={problem} />;
  const { source, recent, may } = data;
  const close = () => setAsked(undefined);
  const refused = test.problem ?? makeKey.problem;
  const isFailing = source.lastFailure !== null && (source.failed > 0 || source.standing === 'failing');
  return (
    <RecordPage
      crumbs={[{ label: words.list.title, href: '/alerts' }, { label: words.sources.title, href: '/alerts/sources' }, { label: source.name }]}
      title={source.name}
      number={source.number}
      state={<SourceHealth source={source} />}
      sub={source.about}
      facts={[
        {
          label: text.last,
          value: source.lastSignalAt ? (
            <>
              <Ago at={source.lastSignalAt} /> ago
            </>
          ) : (
            words.never
          ),
        },
        {
          label: text.failure,
          value: source.lastFailureAt ? (
            <span title={source.lastFailure ?? ''}>
              <Ago at={source.lastFailureAt} /> ago
            </span>
          ) : (
            words.never
          ),
        },
        { label: words.sources.waiting, value: source.waiting },
        { label: text.failed, value: source.failed },
        {
          label: words.service,
          value: source.service ? (
            <Link className="l" href={`/services/${source.service.number}`}>
              {source.service.title}
            </Link>
          ) : (
            <span className="dim">by label or rule</span>
          ),
        },
      ]}
      actions={[
        { label: text.edit, icon: Pencil, refused: may.updateSource, onAct: () => setAsked('edit') },
        { label: text.retire, icon: Unplug, refused: may.retireSource, onAct: () => setAsked('retire') },
        { label: text.newKey, icon: KeyRound, refused: may.makeKey, busy: makeKey.busy, onAct: () => makeKey.act({ number }) },
        {
          label: text.test,
          icon: Send,
          variant: 'primary',
          refused: may.updateSource,
          busy: test.busy,
          onAct: () =>
            void test.send({ number, severity: 'info' }).then(
              (answer) => setTested(answer.sentence),
              () => undefined,
            ),
        },
      ]}
      side={
        <>
          <Keys source={source} refused={may.updateSource} />
          <RecordSide number={number} />
        </>
      }
    >
      {refused || tested || isFailing || made ? (
        <div className="stack16 saidfirst">
          {refused ? (
            <Note live state="critical">
              {refused.sentence}
            </Note>
          ) : null}
          {tested && !test.problem ? (
            <Note live state="good">
              {tested}
            </Note>
          ) : null}
          {isFailing ? (
            <Note state="warning">
              <b className="b">Last failure:</b> {source.lastFailure}
            </Note>
          ) : null}
          {made ? <Snippets made={made} /> : null}
        </div>
      ) : null}
      <HeardSection source={source} />
      <Recent number={number} recent={recent} failed={source.failed} refused={may.updateSource} />
      <SourceChanges number={number} />
      <Dialog title={text.edit} open={asked === 'edit'} onClose={close}>
        <SourceFields source={source} onDone={close} onCancel={close} />
      </Dialog>
      <Confirm
        title={text.retireTitle(source.name)}
        sub={text.retireText}
        act={text.retire}
        open={asked === 'retire'}
        onClose={close}
        write={retire}
        onAct={() => retire.act({ number, version: source.version })}
      />
    </RecordPage>
  );
}
