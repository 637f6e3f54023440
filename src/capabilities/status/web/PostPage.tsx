import { ExternalLink, Send, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useAddress, useTitle } from '#web/address.ts';
import { api, send, useRead, useWrite } from '#web/api.ts';
import { fieldText } from '#web/record/field-text.ts';
import { RecordForm } from '#web/record/RecordForm.tsx';
import { RecordPage } from '#web/record/RecordPage.tsx';
import { RecordSide } from '#web/record/RecordSide.tsx';
import { RecordWaiting } from '#web/record/RecordWaiting.tsx';
import { Field, Input } from '#web/ui/Field.tsx';
import { Link } from '#web/ui/Link.tsx';
import { useZone } from '#web/ui/now.ts';
import { Note, Section } from '#web/ui/Parts.tsx';
import { Badge } from '#web/ui/Status.tsx';
import { Time } from '#web/ui/Time.tsx';
import { status, type StatusPost, type StatusUpdate } from '../contract/index.ts';
import { INCIDENT_PHASES, MAINTENANCE_PHASES, PHASES, refusePhase } from '../rules/states.ts';
import { ComponentStateText } from './look.tsx';
import { StateFields, statesFrom, TitleField, UpdateFields } from './PostFields.tsx';
import { SendDialog } from './SendDialog.tsx';
import './status.css';
import { instantFrom, localOf } from './times.ts';
import { words } from './words.ts';

const text = words.post;
const client = api(status);

/** What outsiders were told about one thing, and what they are told next. */
export default function PostPage() {
  const { number } = useAddress();
  const { data, problem } = useRead(client.post, { number }, { on: ['statuspost.'] });
  const [sends, setSends] = useState(false);
  const discard = useWrite(client.discardDraft);
  useTitle(data?.post.title);
  if (!data) return <RecordWaiting problem={problem} />;
  const { post, updates, may } = data;
  const { draft } = post;
  return (
    <RecordPage
      crumbs={[{ label: words.title, href: '/status-pages' }, { label: post.page.title, href: `/status-pages/${post.page.number}` }, { label: number }]}
      title={post.title}
      number={number}
      state={<Badge>{post.phase ? words.phases[post.phase] : words.page.draft}</Badge>}
      facts={[
        {
          label: text.page,
          value: (
            <Link className="l" href={`/status-pages/${post.page.number}`}>
              {post.page.title}
            </Link>
          ),
        },
        ...(post.about
          ? [
              {
                label: text.about,
                value: (
                  <Link className="l" href={`/records/${post.about.number}`}>
                    {post.about.number} {post.about.title}
                  </Link>
                ),
              },
            ]
          : []),
        ...(post.startsAt ? [{ label: text.from, value: <Time at={post.startsAt} form="full" /> }] : []),
        ...(post.endsAt ? [{ label: text.until, value: <Time at={post.endsAt} form="full" /> }] : []),
      ]}
      actions={[
        ...(post.url ? [{ label: text.see, icon: ExternalLink, onAct: () => window.open(post.url ?? '', '_blank', 'noreferrer') }] : []),
        ...(draft
          ? [
              { label: text.discard, icon: Trash2, refused: may.write, busy: discard.busy, onAct: () => discard.act({ number, version: post.version }) },
              { label: text.send, icon: Send, variant: 'primary' as const, refused: may.write, onAct: () => setSends(true) },
            ]
          : []),
      ]}
      side={<RecordSide number={number} />}
    >
      {discard.problem ? (
        <Note live state="critical">
          {discard.problem.sentence}
        </Note>
      ) : null}
      {may.write === null ? <NextUpdate key={post.version} post={post} last={updates[0]} /> : null}
      {may.write === null ? <Times post={post} /> : null}
      <Section title={text.updates} count={updates.length}>
        {updates.length === 0 ? <p className="dim s13">{text.none}</p> : null}
        <ul className="plainrows">
          {updates.map((update) => (
            <UpdateLine key={update.id} update={update} />
          ))}
        </ul>
      </Section>
      {sends ? <SendDialog post={post} onClose={() => setSends(false)} /> : null}
    </RecordPage>
  );
}

/** Maintenance that is not over can be moved; what has begun keeps its beginning. */
function Times({ post }: { readonly post: StatusPost }) {
  const zone = useZone();
  if (post.kind !== 'maintenance' || post.startsAt === null || post.endsAt === null || post.phase === 'completed') return null;
  const begun = post.phase !== null && post.phase !== 'scheduled';
  const { startsAt, endsAt } = post;
  return (
    <Section title={text.move}>
      <RecordForm
        key={post.version}
        draftKey={`status-times-${post.number}`}
        submit={text.move}
        onSubmit={(values) => {
          const begin = begun ? undefined : instantFrom(fieldText(values, 'startsAt'), zone);
          return send(
            client.moveMaintenance,
            { number: post.number, version: post.version, endsAt: instantFrom(fieldText(values, 'endsAt'), zone) ?? endsAt, ...(begin && { startsAt: begin }) },
            () => undefined,
          );
        }}
      >
        {begun ? null : (
          <Field name="startsAt" label={text.starts}>
            <Input type="datetime-local" defaultValue={localOf(startsAt, zone)} />
          </Field>
        )}
        <Field name="endsAt" label={text.ends}>
          <Input type="datetime-local" defaultValue={localOf(endsAt, zone)} />
        </Field>
      </RecordForm>
    </Section>
  );
}

function UpdateLine({ update }: { readonly update: StatusUpdate }) {
  return (
    <li>
      <span className="grow">
        <b className="b">{words.phases[update.phase]}</b>
        <span className="block mailtext">{update.text}</span>
        {update.states.map(({ component, name, state }) => (
          <span key={component} className="why block">
            {name}: <ComponentStateText state={state} />
          </span>
        ))}
        <span className="why block">
          {update.author?.title ?? text.alone} · {text.told(update.told)}
        </span>
      </span>
      <span className="end">{update.sentAt ? <Time at={update.sentAt} /> : null}</span>
    </li>
  );
}

/** The draft of what is said next; it stays a draft until it is sent. */
function NextUpdate({ post, last }: { readonly post: StatusPost; readonly last: StatusUpdate | undefined }) {
  const { data } = useRead(client.page, { number: post.page.number });
  const own = post.kind === 'incident' ? INCIDENT_PHASES : MAINTENANCE_PHASES;
  const open = own.filter((phase) => refusePhase(post.kind, post.phase, phase) === undefined);
  const [first] = open;
  if (!data || first === undefined) return null;
  const kept = post.phase !== null && open.some((phase) => phase === post.phase) ? post.phase : first;
  const start = { phase: post.draft?.phase ?? kept, text: post.draft?.text ?? '' };
  return (
    <Section title={post.draft ? text.draft : text.next}>
      <RecordForm
        draftKey={`status-update-${post.number}`}
        submit={text.submit}
        onSubmit={(values) =>
          send(
            client.draftUpdate,
            {
              number: post.number,
              version: post.version,
              title: fieldText(values, 'title'),
              phase: PHASES.find((phase) => phase === fieldText(values, 'phase')) ?? start.phase,
              text: fieldText(values, 'text'),
              states: statesFrom(values),
            },
            () => undefined,
          )
        }
      >
        <TitleField start={post.title} />
        <UpdateFields phases={open} start={start} />
        <StateFields components={data.components} said={(post.draft ?? last)?.states ?? []} />
      </RecordForm>
    </Section>
  );
}
