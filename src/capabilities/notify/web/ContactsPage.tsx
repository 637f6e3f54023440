import { useCallback } from 'react';
import { api, cache, useRead, useWrite } from '#web/api.ts';
import { useLiveEvents, type LiveEvent } from '#web/live.ts';
import { RecordWaiting } from '#web/record/RecordWaiting.tsx';
import { useMe } from '#web/session.ts';
import { Note, Section } from '#web/ui/Parts.tsx';
import { notify } from '../contract.ts';
import { AddContact } from './AddContact.tsx';
import { ContactLine } from './ContactLine.tsx';
import { Hours } from './Hours.tsx';
import { PushLine } from './PushLine.tsx';
import { Recent } from './Recent.tsx';
import { Rules } from './Rules.tsx';
import { words } from './words.ts';
import './notify.css';

const client = api(notify);

/** How I am reached: what happens when a page comes, contacts with a real test, quiet hours, what was sent. Results arrive live. */
export default function ContactsPage() {
  const { person } = useMe();
  const { data, problem } = useRead(client.contacts, {});
  const quiet = useWrite(client.setQuiet);
  const mine = person?.id;
  useLiveEvents(
    useCallback(
      (event: LiveEvent) => {
        if (event.data['person'] === mine) void cache.invalidateQueries({ predicate: ({ queryKey }) => String(queryKey[0]).startsWith('notify.') });
      },
      [mine],
    ),
  );
  if (!data) return <RecordWaiting problem={problem} />;
  return (
    <div className="setsec">
      <h1>{words.title}</h1>
      <p className="lead">{words.sub}</p>
      {data.warning ? <Note state="warning">{data.warning}</Note> : null}
      <Rules client={client} contacts={data.contacts} urgency="high" stored={data.rules.high} />
      <Rules client={client} contacts={data.contacts} urgency="low" stored={data.rules.low} />
      <Section title={words.contacts} count={data.contacts.length}>
        <ul className="plainrows ways">
          {data.contacts.map((contact) => (
            <ContactLine key={contact.id} contact={contact} />
          ))}
        </ul>
        <PushLine />
      </Section>
      <Section title={words.quiet}>
        <p className="dim">{words.quietHint}</p>
        <Hours
          label={words.quiet}
          stored={data.quiet}
          first={{ days: ['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su'], from: '22:00', until: '07:00' }}
          busy={quiet.busy}
          problem={quiet.problem}
          onSave={(hours) => quiet.act({ hours })}
        />
      </Section>
      <AddContact />
      <Recent />
    </div>
  );
}
