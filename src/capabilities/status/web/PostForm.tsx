import { useState } from 'react';
import { useAddress } from '#web/address.ts';
import { api, send, useRead } from '#web/api.ts';
import { fieldText } from '#web/record/field-text.ts';
import { RecordForm } from '#web/record/RecordForm.tsx';
import { RecordWaiting } from '#web/record/RecordWaiting.tsx';
import { Checkbox, Field, Input, Select, Textarea } from '#web/ui/Field.tsx';
import { useGo } from '#web/ui/Link.tsx';
import { useNow, useZone } from '#web/ui/now.ts';
import { status, type StatusPost } from '../contract/index.ts';
import { INCIDENT_PHASES } from '../rules/states.ts';
import { StateFields, statesFrom, TitleField, UpdateFields } from './PostFields.tsx';
import './status.css';
import { instantFrom, localOf } from './times.ts';
import { words } from './words.ts';

const text = words.post;
const client = api(status);
const HOUR = 3_600_000;

/** A new post about something that does not work, or planned maintenance; a draft at first. */
export default function PostForm() {
  const { number, search } = useAddress();
  const [go, zone, now] = [useGo(), useZone(), useNow('minute')];
  const [kind, setKind] = useState<StatusPost['kind']>(search['kind'] === 'maintenance' ? 'maintenance' : 'incident');
  const { data, problem } = useRead(client.page, { number });
  if (!data) return <RecordWaiting problem={problem} />;
  const done = (post: StatusPost) => go(`/status-posts/${post.number}`);
  async function submit(values: FormData) {
    const common = { page: number, title: fieldText(values, 'title'), text: fieldText(values, 'text') };
    if (kind === 'incident') {
      const phase = INCIDENT_PHASES.find((one) => one === fieldText(values, 'phase')) ?? 'investigating';
      return send(client.draftPost, { ...common, phase, states: statesFrom(values) }, done);
    }
    const components = (data?.components ?? []).filter(({ id }) => fieldText(values, `part ${id}`) !== '').map(({ id }) => id);
    if (components.length === 0) return { title: 'Not sent.', sentence: text.needsParts };
    const mute = fieldText(values, 'mute');
    const [startsAt, endsAt] = [instantFrom(fieldText(values, 'startsAt'), zone), instantFrom(fieldText(values, 'endsAt'), zone)];
    return send(
      client.planMaintenance,
      { ...common, components, closesItself: fieldText(values, 'closes') !== '', ...(mute && { mute }), ...(startsAt && { startsAt }), ...(endsAt && { endsAt }) },
      done,
    );
  }
  return (
    <RecordForm title={text.title} sub={text.sub} draftKey={`status-post-${number}`} submit={text.submit} onSubmit={submit} onCancel={() => go(`/status-pages/${number}`)}>
      <Field name="kind" label={text.kind}>
        <Select
          value={kind}
          options={[
            { value: 'incident', label: text.incident },
            { value: 'maintenance', label: text.maintenance },
          ]}
          onChange={(event) => setKind(event.currentTarget.value === 'maintenance' ? 'maintenance' : 'incident')}
        />
      </Field>
      <TitleField />
      {kind === 'incident' ? (
        <>
          <UpdateFields phases={INCIDENT_PHASES.slice(0, 4)} start={{ phase: 'investigating', text: '' }} />
          <StateFields components={data.components} said={[]} />
        </>
      ) : (
        <>
          <Field name="text" label={text.text}>
            <Textarea rows={6} required />
          </Field>
          <Field name="startsAt" label={text.starts}>
            <Input type="datetime-local" defaultValue={localOf(now + 24 * HOUR, zone)} />
          </Field>
          <Field name="endsAt" label={text.ends}>
            <Input type="datetime-local" defaultValue={localOf(now + 25 * HOUR, zone)} />
          </Field>
          <Field name="mute" label={text.mute} hint={text.muteHint} optional>
            <Input />
          </Field>
          <Checkbox name="closes" value="yes" defaultChecked label={text.closes} />
          <fieldset className="plainset">
            <legend>{text.parts}</legend>
            {data.components.map(({ id, name }) => (
              <Checkbox key={id} name={`part ${id}`} value="yes" label={name} />
            ))}
          </fieldset>
        </>
      )}
    </RecordForm>
  );
}
