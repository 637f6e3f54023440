import { useState } from 'react';
import type { Out } from '#kernel/contract.ts';
import { status } from '#capabilities/status/contract/index.ts';
import { api, send, useRead, useWrite } from '#web/api.ts';
import { fieldText } from '#web/record/field-text.ts';
import { RecordForm } from '#web/record/RecordForm.tsx';
import { Button } from '#web/ui/Button.tsx';
import { Dialog } from '#web/ui/Dialog.tsx';
import { Field, Input, Textarea } from '#web/ui/Field.tsx';
import { Link, useGo } from '#web/ui/Link.tsx';
import { Note, Section } from '#web/ui/Parts.tsx';
import { Badge } from '#web/ui/Status.tsx';
import { Segmented } from '#web/ui/Tabs.tsx';
import { Time } from '#web/ui/Time.tsx';
import type { Incident, incidents } from '../contract.ts';
import { incidentsApi } from './api.ts';
import './telling.css';
import { tellingWords as text } from './telling-words.ts';

const client = api(status);
type Filled = Out<typeof incidents.verbs.telling>['filled'][number];
type Inside = Exclude<Filled['audience'], 'customers'>;
type Post = Out<typeof status.verbs.posts>['items'][number];
type Message = Out<typeof status.verbs.messages>['items'][number];

/** Who outside of the room was told what: audiences of the house by message, customers by posts. Kept apart on purpose. */
export function Telling({ incident, refused }: { readonly incident: Incident; readonly refused: string | null }) {
  const { number } = incident;
  const posts = useRead(client.posts, { about: number }, { on: ['statuspost.'] });
  const messages = useRead(client.messages, { about: number }, { on: ['audience.'] });
  const [asks, setAsks] = useState<'inside' | 'outside'>();
  const [sends, setSends] = useState<Message>();
  const end =
    refused === null ? (
      <>
        <Button size="small" onClick={() => setAsks('inside')}>
          {text.inside}
        </Button>
        <Button size="small" onClick={() => setAsks('outside')}>
          {text.outside}
        </Button>
      </>
    ) : null;
  const [outside, inside] = [posts.data?.items ?? [], messages.data?.items ?? []];
  return (
    <Section title={text.title} end={end}>
      {outside.length + inside.length === 0 ? <p className="dim s13">{text.none}</p> : null}
      <ul className="plainrows">
        {outside.map((post) => (
          <li key={post.id}>
            <span>
              <Link className="b" href={`/status-posts/${post.number}`}>
                {post.title}
              </Link>
              <span className="why block">
                {text.customers} · {post.page.title} · {post.phase ? text.phases[post.phase] : text.draft}
              </span>
            </span>
            <span className="end">{post.draft ? <Badge>{text.draft}</Badge> : post.publishedAt ? <Time at={post.publishedAt} /> : null}</span>
          </li>
        ))}
        {inside.map((message) => (
          <li key={message.id}>
            <span>
              <b className="b">{message.title}</b>
              <span className="why block">{text.audiences[message.audience]}</span>
            </span>
            <span className="end">
              {message.sentAt ? (
                <Time at={message.sentAt} />
              ) : (
                <Button size="small" onClick={() => setSends(message)}>
                  {text.look}
                </Button>
              )}
            </span>
          </li>
        ))}
      </ul>
      {asks === 'inside' ? <WriteInside number={number} onClose={() => setAsks(undefined)} /> : null}
      {asks === 'outside' ? <WriteOutside number={number} posts={outside} onClose={() => setAsks(undefined)} /> : null}
      {sends ? <SendInside message={sends} onClose={() => setSends(undefined)} /> : null}
    </Section>
  );
}

const OCCASIONS = ['begin', 'update', 'end'] as const;
const INSIDE: readonly Inside[] = ['technical', 'business', 'executives'];

/** A message for people of the house, filled from what is known; it is looked at once more before it is sent. */
function WriteInside({ number, onClose }: { readonly number: string; readonly onClose: () => void }) {
  const [audience, setAudience] = useState<Inside>('technical');
  const [occasion, setOccasion] = useState<(typeof OCCASIONS)[number]>('update');
  const { data } = useRead(incidentsApi.telling, { number, occasion });
  const filled = data?.filled.find((one) => one.audience === audience);
  return (
    <Dialog title={text.inside} wide open onClose={onClose}>
      <Segmented
        label={text.audience}
        current={audience}
        choices={INSIDE.map((id) => ({ id, label: text.audiences[id] }))}
        onChoose={(id) => setAudience(INSIDE.find((one) => one === id) ?? 'technical')}
      />
      <Segmented
        label={text.occasion}
        current={occasion}
        choices={OCCASIONS.map((id) => ({ id, label: text.occasions[id] }))}
        onChoose={(id) => setOccasion(OCCASIONS.find((one) => one === id) ?? 'update')}
      />
      {filled ? (
        <RecordForm
          key={`${audience} ${occasion}`}
          draftKey={`telling ${number} ${audience} ${occasion}`}
          submit={text.save}
          onSubmit={(values) => send(client.draftMessage, { about: number, audience, title: fieldText(values, 'title'), text: fieldText(values, 'text') }, onClose)}
        >
          <Field name="title" label={text.subject}>
            <Input required defaultValue={filled.title} />
          </Field>
          <Field name="text" label={text.text} {...(filled.unknown.length > 0 && { hint: text.unknown(filled.unknown.join(', ')) })}>
            <Textarea rows={8} required defaultValue={filled.text} />
          </Field>
        </RecordForm>
      ) : null}
    </Dialog>
  );
}

/** A draft on a status page; it is finished and sent there. */
function WriteOutside({ number, posts, onClose }: { readonly number: string; readonly posts: readonly Post[]; readonly onClose: () => void }) {
  const go = useGo();
  const { data } = useRead(client.pages, { limit: 50 });
  const write = useWrite(incidentsApi.draftPost, (post) => go(`/status-posts/${post.number}`));
  return (
    <Dialog title={text.outside} sub={text.outsideSub} open onClose={onClose}>
      {write.problem ? (
        <Note live state="critical">
          {write.problem.sentence}
        </Note>
      ) : null}
      {data?.items.length === 0 ? (
        <p>
          <Link className="l" href="/status-pages">
            {text.noPage}
          </Link>
        </p>
      ) : null}
      <ul className="plainrows">
        {(data?.items ?? []).map((page) => {
          const open = posts.find((post) => post.page.number === page.number && post.closedAt === null);
          return (
            <li key={page.id}>
              <span className="b">{page.title}</span>
              <span className="end">
                {open ? (
                  <Button size="small" variant="primary" href={`/status-posts/${open.number}`}>
                    {text.goOn} {open.number}
                  </Button>
                ) : (
                  <Button size="small" variant="primary" busy={write.busy} aria-label={`${text.draftOn} ${page.title}`} onClick={() => write.act({ number, page: page.number })}>
                    {text.draftOn}
                  </Button>
                )}
              </span>
            </li>
          );
        })}
      </ul>
    </Dialog>
  );
}

/** Who gets it, by name, before it is sent. */
function SendInside({ message, onClose }: { readonly message: Message; readonly onClose: () => void }) {
  const { data } = useRead(client.recipients, { id: message.id });
  const write = useWrite(client.sendMessage, onClose);
  const drop = useWrite(client.dropMessage, onClose);
  const trouble = write.problem ?? drop.problem;
  const names = data ? [...data.people, ...data.channels].map(({ title }) => title) : [];
  return (
    <Dialog title={message.title} open onClose={onClose}>
      {trouble ? (
        <Note live state="critical">
          {trouble.sentence}
        </Note>
      ) : null}
      <p className="toldtext">{message.text}</p>
      {data ? (
        <p className="dim s13">
          {names.length === 0 ? text.nobody : text.goesTo(names.join(', '))}
          {data.leftOut > 0 ? ` ${text.leftOut(data.leftOut)}` : ''}
        </p>
      ) : null}
      <div className="end">
        <Button variant="quiet" busy={drop.busy} onClick={() => drop.act({ id: message.id })}>
          {text.drop}
        </Button>
        <Button variant="primary" busy={write.busy} onClick={() => write.act({ id: message.id })}>
          {text.send}
        </Button>
      </div>
    </Dialog>
  );
}
