import { useEffect, useState } from 'react';
import { useAddress } from '#web/address.ts';
import { api, cache, problemOf } from '#web/api.ts';
import { RecordForm } from '#web/record/RecordForm.tsx';
import { useMay } from '#web/session.ts';
import { Link, useGo } from '#web/ui/Link.tsx';
import { Note } from '#web/ui/Parts.tsx';
import type { ShownProblem } from '#web/ui/problem.ts';
import { Segmented } from '#web/ui/Tabs.tsx';
import { catalog, type ImportSource } from '../../contract/index.ts';
import { CsvMapping, useCsvLook } from './CsvMapping.tsx';
import { DropZone, SendingBar } from './DropZone.tsx';
import { FormatCards } from './FormatCards.tsx';
import { formatOf, type FormatName } from './formats.ts';
import type { Columns } from './mapping.ts';
import type { Picked } from './picking.ts';
import { useSending } from './sending.ts';
import { FormatFields, MoreFields, NameField, PathFields } from './SettingsFields.tsx';
import { settingsOf } from './settings.ts';
import { words } from './words.ts';
import './imports.css';

const text = words.wizard;
const WHERE = [
  { id: 'upload', label: words.fields.upload },
  { id: 'path', label: words.fields.path },
] as const;
type Where = (typeof WHERE)[number]['id'];

/** Adds the import, or changes the one that an earlier try has added, so that trying again makes no second one. */
async function kept(made: ImportSource | undefined, format: FormatName, { team, ...said }: ReturnType<typeof settingsOf>): Promise<ImportSource> {
  if (!made) return api(catalog).createImport({ format, ...said, ...(team && { team }) });
  return api(catalog).updateImport({ number: made.number, version: made.version, ...said, team: team || null });
}

/** Why there is nothing to send yet. */
function incomplete({ where, files, format, columns }: { where: Where; files: readonly Picked[]; format: FormatName; columns: Columns }): ShownProblem | undefined {
  if (where === 'path') return undefined;
  if (!files.length) return { title: text.noFilesTitle, sentence: text.noFiles };
  return format === 'csv' && !columns['name'] ? { title: text.mustName, sentence: text.noName } : undefined;
}

function Wizard({ format }: { readonly format: FormatName }) {
  const go = useGo();
  const [where, setWhere] = useState<Where>('upload');
  const [files, setFiles] = useState<readonly Picked[]>([]);
  const [columns, setColumns] = useState<Columns>({});
  const [made, setMade] = useState<ImportSource>();
  const isTable = format === 'csv' && where === 'upload';
  const { look, problem } = useCsvLook(isTable ? files[0] : undefined);
  const { progress, start } = useSending();
  useEffect(() => setColumns(look?.suggested ?? {}), [look]);
  async function submit(values: FormData): Promise<ShownProblem | undefined> {
    const missing = incomplete({ where, files, format, columns });
    if (missing) return missing;
    try {
      const source = await kept(made, format, settingsOf(values, format, columns));
      setMade(source);
      void cache.invalidateQueries({ queryKey: [api(catalog).imports.key] });
      if (where === 'path') {
        await api(catalog).readImport({ number: source.number });
        go(`/imports/${source.number}?asked=none`);
        return undefined;
      }
      const sent = await start(source.number, files);
      if ('problem' in sent) return sent.problem;
      go(`/imports/${source.number}/runs/${sent.run}`);
      return undefined;
    } catch (error) {
      return problemOf(error);
    }
  }
  return (
    <RecordForm
      title={text.titleOf(words.formats[format].label)}
      sub={
        <>
          {words.formats[format].line} {text.sub}{' '}
          <Link className="l" href="/imports/new">
            {text.other}
          </Link>
        </>
      }
      draftKey={`import ${format}`}
      submit={made ? text.readAgain : where === 'path' ? text.readPath : text.read}
      onCancel={() => go('/imports')}
      onSubmit={submit}
    >
      <NameField />
      <Segmented label={words.fields.where} choices={WHERE} current={where} onChoose={(id) => setWhere(id === 'path' ? 'path' : 'upload')} />
      {where === 'path' ? <PathFields /> : <DropZone format={format} files={files} onPick={setFiles} />}
      {isTable && files.length ? <CsvMapping look={look} problem={problem} columns={columns} onMap={setColumns} /> : null}
      <FormatFields format={format} />
      <MoreFields />
      {progress ? <SendingBar progress={progress} /> : null}
      {made && !progress ? (
        <p className="dim s12">
          <Link className="l" href={`/imports/${made.number}`}>
            {text.added(made.number)}
          </Link>
        </p>
      ) : null}
    </RecordForm>
  );
}

/** From the format to the plan. */
export default function ImportForm() {
  const { search } = useAddress();
  const may = useMay('catalog.import');
  const format = formatOf(search['format'])?.id;
  if (!may) return <Note state="warning">{text.lead}</Note>;
  if (format) return <Wizard key={format} format={format} />;
  return (
    <div className="stack16">
      <div>
        <h1>{text.title}</h1>
        <p className="lead">{text.sub}</p>
      </div>
      <h2 className="whichformat">{text.which}</h2>
      <FormatCards />
    </div>
  );
}
