import { Archive, Pencil, X } from 'lucide-react';
import { useState } from 'react';
import { useAddress, useTitle } from '#web/address.ts';
import { api, useRead, useWrite } from '#web/api.ts';
import { Confirm } from '#web/record/Confirm.tsx';
import { RecordWaiting } from '#web/record/RecordWaiting.tsx';
import { searchServices } from '#web/record/choices.tsx';
import { RecordPage } from '#web/record/RecordPage.tsx';
import { RecordSide } from '#web/record/RecordSide.tsx';
import { Button } from '#web/ui/Button.tsx';
import { Combobox, type Choosable } from '#web/ui/Combobox.tsx';
import { Dialog } from '#web/ui/Dialog.tsx';
import { Field, Select } from '#web/ui/Field.tsx';
import { Icon } from '#web/ui/Icon.tsx';
import { Link } from '#web/ui/Link.tsx';
import { Note, Section } from '#web/ui/Parts.tsx';
import { Badge } from '#web/ui/Status.tsx';
import { oncall } from '../contract.ts';
import { whenWords } from '../rules/conditions.ts';
import type { Policy } from './PoliciesList.tsx';
import { PolicyFields } from './PolicyForm.tsx';
import { Preview } from './Preview.tsx';
import { PICTURES } from './StepCard.tsx';
import { URGENCIES } from './UrgencyFields.tsx';
import { words } from './words.ts';
import './paging.css';

const text = words.policy;

function Ladder({ policy }: { readonly policy: Policy }) {
  return (
    <Section title={text.steps} count={`${policy.steps.length}, ${policy.repeat ? `begins again ${policy.repeat === 1 ? 'once' : `${policy.repeat} times`}` : 'one round'}`}>
      <ol className="esc">
        {policy.steps.map(({ targets, waitMinutes, when, turns, everyone }, at) => (
          <li key={at}>
            <span className="n num">{at + 1}</span>
            <span className="stack8">
              {targets.map(({ kind, record, now }) => (
                <span key={record.id}>
                  <span className="row">
                    <Icon of={PICTURES[kind]} size={14} />
                    <Link className="l" href={`/records/${record.number}`}>
                      {record.title}
                    </Link>
                  </span>
                  {kind === 'person' || kind === 'channel' ? null : (
                    <span className="dim s12">{now.length ? `now ${now.map(({ title }) => title).join(', ')}` : 'nobody now'}</span>
                  )}
                </span>
              ))}
            </span>
            <span className="dim s12 nw">waits {waitMinutes} min</span>
            {turns || everyone || (when && whenWords(when)) ? (
              <span className="how dim s12">{[turns && text.turns, everyone && text.everyone, when && whenWords(when)].filter(Boolean).join(', ')}</span>
            ) : null}
          </li>
        ))}
      </ol>
    </Section>
  );
}

function Covered({ policy, refused }: { readonly policy: Policy; readonly refused: string | null }) {
  const [chosen, setChosen] = useState<Choosable>();
  const cover = useWrite(api(oncall).cover, () => setChosen(undefined));
  const release = useWrite(api(oncall).release);
  const problem = cover.problem ?? release.problem;
  const { number } = policy;
  return (
    <Section title={text.services} {...(policy.services.length && { count: policy.services.length })}>
      {policy.services.length ? (
        <ul className="lst">
          {policy.services.map((service) => (
            <li key={service.id}>
              <Link className="l el" href={`/services/${service.number}`}>
                {service.title}
              </Link>
              <span className="id grow">{service.number}</span>
              {refused ? null : (
                <Select
                  aria-label={`${text.urgencyOf} ${service.title}`}
                  none={text.asPolicy}
                  options={URGENCIES}
                  value={service.urgency ?? ''}
                  onChange={(event) => cover.act({ number, service: service.number, urgency: URGENCIES.find((one) => one.value === event.currentTarget.value)?.value ?? null })}
                />
              )}
              <Button
                size="small"
                variant="quiet"
                icon={X}
                refused={refused}
                busy={release.busy}
                aria-label={`${text.release}: ${service.title}`}
                onClick={() => release.act({ number, service: service.number })}
              >
                {text.release}
              </Button>
            </li>
          ))}
        </ul>
      ) : (
        <p className="dim s13">{text.noServices}</p>
      )}
      {policy.isDefault ? <p className="dim s12">{text.defaultServices}</p> : null}
      {problem ? (
        <Note live state="critical">
          {problem.sentence}
        </Note>
      ) : null}
      {refused ? null : (
        <div className="inlineform">
          <Field name="service" label={text.service}>
            <Combobox label={text.service} chosen={chosen} search={searchServices} onChoose={setChosen} />
          </Field>
          <Button busy={cover.busy} {...(!chosen && { refused: 'Choose a service first.' })} onClick={() => chosen && cover.act({ number, service: chosen.id })}>
            {text.addService}
          </Button>
        </div>
      )}
    </Section>
  );
}

export default function PolicyPage() {
  const { number } = useAddress();
  const { data, problem } = useRead(api(oncall).policy, { number }, { on: ['rota.', 'policy.'] });
  const [asked, setAsked] = useState<'edit' | 'retire'>();
  const retire = useWrite(api(oncall).retirePolicy, () => setAsked(undefined));
  useTitle(data?.policy.name);
  if (!data) return <RecordWaiting problem={problem} />;
  const { policy, may } = data;
  const close = () => setAsked(undefined);
  return (
    <RecordPage
      crumbs={[{ label: words.title, href: '/on-call' }, { label: text.title, href: '/policies' }, { label: policy.name }]}
      title={policy.name}
      number={policy.number}
      state={policy.isDefault ? <Badge>{text.standard}</Badge> : null}
      sub={policy.about}
      actions={[
        { label: text.retire, icon: Archive, refused: may.retire, onAct: () => setAsked('retire') },
        { label: text.edit, icon: Pencil, variant: 'primary', refused: may.update, onAct: () => setAsked('edit') },
      ]}
      side={<RecordSide number={number} />}
    >
      <p className="lead">{policy.sentence}</p>
      <Preview asked={{ number }} />
      <Ladder policy={policy} />
      <Covered policy={policy} refused={may.update} />
      <Dialog wide title={text.edit} open={asked === 'edit'} onClose={close}>
        <PolicyFields policy={policy} onDone={close} onCancel={close} />
      </Dialog>
      <Confirm
        title={text.retireTitle(policy.name)}
        sub={text.retireText}
        act={text.retire}
        open={asked === 'retire'}
        onClose={close}
        write={retire}
        onAct={() => retire.act({ number, version: policy.version })}
      />
    </RecordPage>
  );
}
