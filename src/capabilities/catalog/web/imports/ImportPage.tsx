import { FileUp, Pencil, RefreshCw, Unplug } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useAddress, useTitle } from '#web/address.ts';
import { api, useRead, useWrite } from '#web/api.ts';
import { Confirm } from '#web/record/Confirm.tsx';
import { RecordPage } from '#web/record/RecordPage.tsx';
import { RecordSide } from '#web/record/RecordSide.tsx';
import { RecordWaiting } from '#web/record/RecordWaiting.tsx';
import { Button } from '#web/ui/Button.tsx';
import { Dialog } from '#web/ui/Dialog.tsx';
import { Link, useGo } from '#web/ui/Link.tsx';
import { Facts, Note, Section } from '#web/ui/Parts.tsx';
import { Badge } from '#web/ui/Status.tsx';
import { Table, type Column } from '#web/ui/Table.tsx';
import { Ago, Time } from '#web/ui/Time.tsx';
import { catalog, type ImportRun, type ImportSource } from '../../contract/index.ts';
import { EditImport } from './EditImport.tsx';
import { NextRead, WhereFrom } from './ImportsList.tsx';
import { RunState } from './look.tsx';
import { columnsOf } from './settings.ts';
import { UploadAgain } from './UploadAgain.tsx';
import { words } from './words.ts';
import './imports.css';

const text = words.page;
const runHref = (number: string, id: string) => `/imports/${number}/runs/${id}`;

const columnsFor = (number: string): readonly Column<ImportRun>[] => [
  { id: 'state', head: 'State', width: 150, phone: 'state', cell: ({ state }) => <RunState state={state} /> },
  {
    id: 'sentence',
    head: 'What it says',
    phone: 'title',
    cell: ({ id, sentence }) => (
      <Link className="l" href={runHref(number, id)}>
        {sentence}
      </Link>
    ),
  },
  { id: 'by', head: 'By', width: 130, quiet: true, phone: 'id', cell: ({ by }) => by?.title ?? words.run.schedule },
  { id: 'at', head: 'When', width: 84, numeric: true, quiet: true, phone: 'end', cell: ({ at }) => <Time at={at} /> },
];

function Settings({ source }: { readonly source: ImportSource }) {
  const mapped = Object.keys(columnsOf(source)).length;
  const facts = [
    { label: text.applies, value: source.path ? text.appliesWords[source.applies] : text.appliesWords['after a look'] },
    { label: text.archives, value: text.days(source.archiveAfterDays) },
    ...(source.format === 'csv' ? [{ label: text.map, value: mapped ? words.mapping.kept(mapped) : words.mapping.byHeaders }] : []),
    ...(source.team
      ? [
          {
            label: text.team,
            value: (
              <Link className="l" href={`/teams/${source.team.number}`}>
                {source.team.title}
              </Link>
            ),
          },
        ]
      : []),
    ...(Object.keys(source.owners).length ? [{ label: text.owners, value: <OwnersKept source={source} /> }] : []),
  ];
  return (
    <Section title={text.settings}>
      <Facts facts={facts} />
    </Section>
  );
}

const OwnersKept = ({ source }: { readonly source: ImportSource }) => (
  <span className="ownerskept">
    {Object.entries(source.owners).map(([ref, number]) => (
      <span key={ref}>
        {ref} →{' '}
        <Link className="id" href={`/records/${number}`}>
          {number}
        </Link>
      </span>
    ))}
  </span>
);

/** Goes to the plan as soon as the read that was asked for has made one. */
function useAsked(number: string, runs: readonly ImportRun[] | undefined) {
  const { search, keep } = useAddress();
  const go = useGo();
  const asked = search['asked'];
  const latest = runs?.[0]?.id ?? 'none';
  const isThere = asked !== undefined && runs !== undefined && latest !== asked;
  useEffect(() => {
    if (isThere) go(runHref(number, latest));
  }, [isThere, number, latest, go]);
  return { isReading: asked !== undefined && !isThere, ask: () => keep({ asked: latest }) };
}

export default function ImportPage() {
  const { number, search, keep } = useAddress();
  const { data, problem } = useRead(api(catalog).import, { number }, { on: ['import.'] });
  const { isReading, ask } = useAsked(number, data?.runs);
  const [open, setOpen] = useState<'edit' | 'retire'>();
  const read = useWrite(api(catalog).readImport, ask);
  const retire = useWrite(api(catalog).retireImport, () => setOpen(undefined));
  useTitle(data?.source.name);
  if (!data) return <RecordWaiting problem={problem} />;
  const { source, runs, may } = data;
  const close = () => setOpen(undefined);
  const waiting = runs.find(({ state }) => state === 'planned');
  const isUploading = search['upload'] !== undefined;
  const first = source.path
    ? { label: text.readNow, icon: RefreshCw, variant: 'primary' as const, refused: may.readImport, busy: read.busy || isReading, onAct: () => read.act({ number }) }
    : { label: runs.length ? text.again : text.first, icon: FileUp, variant: 'primary' as const, refused: may.updateImport, onAct: () => keep({ upload: '1' }) };
  return (
    <RecordPage
      crumbs={[{ label: words.list.title, href: '/imports' }, { label: source.name }]}
      title={source.name}
      number={source.number}
      state={source.archived ? <Badge>{words.list.retired}</Badge> : undefined}
      sub={source.outcome}
      facts={[
        { label: text.format, value: words.formats[source.format].label },
        { label: text.from, value: <WhereFrom source={source} /> },
        {
          label: text.last,
          value: source.readAt ? (
            <span>
              <Ago at={source.readAt} /> ago
            </span>
          ) : (
            words.list.never
          ),
        },
        {
          label: text.records,
          value: (
            <span className="num">
              {source.records.toLocaleString('en-GB')}
              {source.stale ? <span className="dim">, {text.stale(source.stale)}</span> : null}
            </span>
          ),
        },
        { label: text.next, value: <NextRead source={source} /> },
      ]}
      actions={[
        { label: text.edit, icon: Pencil, refused: may.updateImport, onAct: () => setOpen('edit') },
        { label: text.retire, icon: Unplug, refused: may.retireImport, onAct: () => setOpen('retire') },
        first,
      ]}
      side={<RecordSide number={number} />}
    >
      <div className="stack16 saidfirst">
        {source.archived ? <Note state="unknown">{text.retired}</Note> : null}
        {isReading ? (
          <Note live state="info">
            {text.reading}
          </Note>
        ) : null}
        {read.problem ? (
          <Note live state="critical">
            {read.problem.sentence}
          </Note>
        ) : null}
        {waiting ? (
          <Note
            state="warning"
            end={
              <Button size="small" href={runHref(number, waiting.id)}>
                {text.look}
              </Button>
            }
          >
            <b className="b">{text.waiting}</b> {waiting.sentence}
          </Note>
        ) : null}
      </div>
      <Section title={text.runs} {...(runs.length && { count: runs.length })}>
        {runs.length ? (
          <div className="fixedtable">
            <Table label={text.runs} columns={columnsFor(number)} rows={runs} keyOf={({ id }) => id} hrefOf={({ id }) => runHref(number, id)} blocks />
          </div>
        ) : (
          <p className="dim s13">{text.noRuns}</p>
        )}
      </Section>
      <Settings source={source} />
      <UploadAgain source={source} open={isUploading} onClose={() => keep({ upload: undefined })} />
      <Dialog title={text.edit} wide open={open === 'edit'} onClose={close}>
        <EditImport source={source} onDone={close} />
      </Dialog>
      <Confirm
        title={text.retireTitle(source.name)}
        sub={text.retireText}
        act={text.retire}
        open={open === 'retire'}
        onClose={close}
        write={retire}
        onAct={() => retire.act({ number, version: source.version })}
      />
    </RecordPage>
  );
}
