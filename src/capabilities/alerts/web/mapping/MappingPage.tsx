import { Inbox } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { Out } from '#kernel/contract.ts';
import { useAddress, useTitle } from '#web/address.ts';
import { api, useRead, useWrite } from '#web/api.ts';
import { RecordPage } from '#web/record/RecordPage.tsx';
import { RecordWaiting } from '#web/record/RecordWaiting.tsx';
import { Button } from '#web/ui/Button.tsx';
import { Empty, Note, Section } from '#web/ui/Parts.tsx';
import { Badge } from '#web/ui/Status.tsx';
import { Segmented } from '#web/ui/Tabs.tsx';
import { alerts } from '../../contract/index.ts';
import { faultsOf, guessMapping, isRead, mapBody, refuseMapping, type Mapping } from '../../rules/mapping/index.ts';
import { words as alertWords } from '../words.ts';
import { Fields } from './Fields.tsx';
import { Messages, type Tried } from './Messages.tsx';
import { Outcome } from './Outcome.tsx';
import { withPicked, type Caret } from './picking.ts';
import { words } from './words.ts';
import './mapping.css';

type Data = Out<(typeof alerts)['verbs']['mapping']>;
type Format = Data['format'];

/** The page of one source: the last messages, what each part of them is, and what would come of it. */
export default function MappingPage() {
  const { number, search, keep } = useAddress();
  const format: Format = search['format'] === 'email' ? 'email' : 'events';
  const { data, problem } = useRead(api(alerts).mapping, { number, format }, { on: ['source.'] });
  useTitle(words.title);
  if (!data || data.format !== format) return <RecordWaiting problem={problem} />;
  const choices = (['events', 'email'] as const).filter((one) => one === format || data.formats.includes(one)).map((id) => ({ id, label: words.formats[id] }));
  return (
    <RecordPage
      crumbs={[
        { label: alertWords.list.title, href: '/alerts' },
        { label: alertWords.sources.title, href: '/alerts/sources' },
        { label: data.source.name, href: `/sources/${number}` },
        { label: words.crumb },
      ]}
      title={words.title}
      number={number}
      state={<Badge {...(data.mapping && { state: 'good' as const })}>{data.mapping ? words.written : words.common}</Badge>}
      sub={words.sub}
      wide={choices.length > 1 ? <Segmented label={words.format} choices={choices} current={format} onChoose={(id) => keep({ format: id })} /> : undefined}
    >
      <Editor key={format} data={data} number={number} />
    </RecordPage>
  );
}

function parsed({ id, at, isCut, body }: Data['bodies'][number]): Tried {
  try {
    return { id, at, isCut, body: JSON.parse(body) as unknown };
  } catch {
    return { id, at, isCut, body: undefined };
  }
}

function Editor({ data, number }: { readonly data: Data; readonly number: string }) {
  const { source, format, bodies: raw, may } = data;
  const tried = useMemo(() => raw.map(parsed), [raw]);
  const bodies = useMemo(() => tried.flatMap(({ body }) => (body === undefined ? [] : [body])), [tried]);
  const [mapping, setMapping] = useState<Mapping>(() => data.mapping ?? guessMapping(bodies));
  const [caret, setCaret] = useState<Caret>({ field: 'title', label: words.fields.title[0], at: mapping.title.length });
  const [chosen, setChosen] = useState<string>();
  const [said, setSaid] = useState<string>();
  const save = useWrite(api(alerts).saveMapping, ({ sentence }, sent) => {
    setSaid(sentence);
    if (sent.mapping === null) setMapping(guessMapping(bodies));
  });
  const replay = useWrite(api(alerts).replay, ({ sentence }) => setSaid(sentence));
  const current = tried.find(({ id }) => id === chosen) ?? tried[0];
  const outcomes = useMemo(() => new Map(tried.flatMap(({ id, body }) => (body === undefined ? [] : [[id, mapBody(body, mapping)] as const]))), [tried, mapping]);
  const read = [...outcomes.values()].filter(isRead).length;
  const isCutAny = tried.some(({ isCut }) => isCut);
  const refused =
    faultsOf(mapping)[0]?.sentence ??
    (isCutAny
      ? undefined
      : refuseMapping(
          raw.map(({ body }) => body),
          mapping,
        ));

  function pick(steps: readonly string[]) {
    const next = withPicked(mapping, caret, { body: current?.body, steps });
    setMapping(next.mapping);
    setCaret(next.caret);
  }

  const ignored = mapping.ignore.words.map((word) => word.trim()).filter((word) => word !== '');
  const send = (next: Mapping | null) => save.act({ number, version: source.version, format, mapping: next && { ...next, ignore: { ...next.ignore, words: ignored } } });
  const trouble = save.problem ?? replay.problem;
  return (
    <div className="mapper">
      <Section title={words.messages} {...(tried.length && { count: tried.length })}>
        {current ? (
          <Messages tried={tried} current={current} outcomes={outcomes} field={caret.label} onChoose={setChosen} onPick={pick} />
        ) : (
          <Empty icon={Inbox} title={words.noneTitle} sentence={words.none} />
        )}
      </Section>
      <Section title={words.crumb}>
        <form
          className="stack16"
          noValidate
          aria-label={words.title}
          onSubmit={(event) => {
            event.preventDefault();
            send(mapping);
          }}
        >
          <p className="dim s12">{words.howTo}</p>
          <Fields mapping={mapping} bodies={bodies} onChange={setMapping} onCaret={setCaret} />
          {trouble ? (
            <Note live state="critical">
              {trouble.sentence}
            </Note>
          ) : null}
          <div className="row wrap">
            <Button type="submit" variant="primary" busy={save.busy} refused={may.saveMapping ?? refused}>
              {words.save}
            </Button>
            {bodies.length ? (
              <Button variant="quiet" onClick={() => setMapping(guessMapping(bodies))}>
                {words.guess}
              </Button>
            ) : null}
            {data.mapping ? (
              <Button variant="quiet" busy={save.busy} refused={may.saveMapping} title={words.revertText} onClick={() => send(null)}>
                {words.revert}
              </Button>
            ) : null}
          </div>
        </form>
      </Section>
      <Section title={words.outcome} count={words.reads(read, tried.length)}>
        <div className="stack16">
          {said && !trouble ? (
            <Note live state="good">
              {said}
            </Note>
          ) : null}
          {source.failed && data.mapping ? (
            <Button busy={replay.busy} refused={may.saveMapping} onClick={() => replay.act({ number })}>
              {words.replay(source.failed)}
            </Button>
          ) : null}
          {current && outcomes.get(current.id) ? <Outcome mapped={outcomes.get(current.id)!} /> : null}
        </div>
      </Section>
    </div>
  );
}
