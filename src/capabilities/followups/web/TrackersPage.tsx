import { Plug, Plus } from 'lucide-react';
import { useState } from 'react';
import { api, send, useRead, useWrite } from '#web/api.ts';
import { fieldText } from '#web/record/field-text.ts';
import { RecordActions } from '#web/record/RecordActions.tsx';
import { RecordForm } from '#web/record/RecordForm.tsx';
import { useMay } from '#web/session.ts';
import { Button } from '#web/ui/Button.tsx';
import { Dialog } from '#web/ui/Dialog.tsx';
import { Field, Input, Select } from '#web/ui/Field.tsx';
import { Crumbs, Empty, Note, Skeleton } from '#web/ui/Parts.tsx';
import { followups } from '../contract.ts';
import { trackerKind } from '../contract/trackers.ts';
import './board.css';
import { words } from './words.ts';

const text = words.issue;
const KINDS = trackerKind.options.map((value) => ({ value, label: text.kinds[value] }));

/** Where actions may be handed to. */
export default function TrackersPage() {
  const { data, problem, again } = useRead(api(followups).trackers, {});
  const may = useMay('followups.trackers');
  const [adding, setAdding] = useState(false);
  const remove = useWrite(api(followups).removeTracker, () => again());
  const refused = problem ?? remove.problem;
  const close = () => setAdding(false);
  return (
    <div className={may ? 'withthumb' : undefined}>
      <Crumbs path={[{ label: words.title, href: '/actions' }, { label: text.trackers }]} />
      <div className="listhead">
        <h1>{text.trackers}</h1>
        {may ? <RecordActions actions={[{ label: text.add, icon: Plus, variant: 'primary', onAct: () => setAdding(true) }]} /> : null}
      </div>
      <p className="lead">{text.sub}</p>
      {refused ? <Note state="warning">{refused.sentence}</Note> : null}
      {data ? null : <Skeleton width="60%" />}
      {data && !data.items.length ? <Empty icon={Plug} title={text.emptyTitle} sentence={text.emptyText} /> : null}
      <ul className="trackers">
        {data?.items.map(({ id, name, kind, address, project }) => (
          <li key={id}>
            <b className="b">{name}</b>
            <span className="dim s13">
              {text.kinds[kind]}, {project}, {new URL(address).host}
            </span>
            {may ? (
              <Button size="small" variant="quiet" busy={remove.busy} aria-label={`${text.remove}: ${name}`} onClick={() => remove.act({ tracker: id })}>
                {text.remove}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      <Dialog title={text.add} open={adding} onClose={close}>
        <RecordForm
          draftKey="tracker"
          submit={text.add}
          onCancel={close}
          onSubmit={(values) => {
            const address = fieldText(values, 'address');
            const said = { name: fieldText(values, 'name'), project: fieldText(values, 'project'), account: fieldText(values, 'account'), token: fieldText(values, 'token') };
            return send(api(followups).addTracker, { ...said, kind: trackerKind.catch('github').parse(fieldText(values, 'kind')), ...(address && { address }) }, () => {
              close();
              again();
            });
          }}
        >
          <Field name="name" label={text.name}>
            <Input required autoFocus autoComplete="off" />
          </Field>
          <Field name="kind" label={text.kind}>
            <Select defaultValue="github" options={KINDS} />
          </Field>
          <Field name="project" label={text.project} hint={text.projectHint}>
            <Input required autoComplete="off" />
          </Field>
          <Field name="address" label={text.address} hint={text.addressHint} optional>
            <Input type="url" autoComplete="off" />
          </Field>
          <Field name="account" label={text.account} hint={text.accountHint} optional>
            <Input autoComplete="off" />
          </Field>
          <Field name="token" label={text.token} hint={text.tokenHint}>
            <Input type="password" required autoComplete="new-password" />
          </Field>
        </RecordForm>
      </Dialog>
    </div>
  );
}
