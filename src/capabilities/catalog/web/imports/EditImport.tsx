import { useState } from 'react';
import { api, send } from '#web/api.ts';
import { RecordForm } from '#web/record/RecordForm.tsx';
import { Button } from '#web/ui/Button.tsx';
import { catalog, type ImportSource } from '../../contract/index.ts';
import { CsvMapping, useCsvLook } from './CsvMapping.tsx';
import { DropZone } from './DropZone.tsx';
import type { Columns } from './mapping.ts';
import type { Picked } from './picking.ts';
import { columnsOf, settingsOf } from './settings.ts';
import { FormatFields, MoreFields, NameField, PathFields } from './SettingsFields.tsx';
import { words } from './words.ts';

const text = words.mapping;

/** Maps the columns anew from a file that is only looked at. */
function Remap({ columns, onMap }: { readonly columns: Columns; readonly onMap: (columns: Columns) => void }) {
  const [files, setFiles] = useState<readonly Picked[]>([]);
  const { look, problem } = useCsvLook(files[0]);
  const count = Object.keys(columns).length;
  return (
    <div className="stack16">
      <p className="s13">
        {count ? text.kept(count) : text.byHeaders} {files.length ? null : text.needsFile}
      </p>
      <DropZone format="csv" files={files} onPick={setFiles} />
      {files.length ? <CsvMapping look={look} problem={problem} columns={count ? columns : (look?.suggested ?? {})} onMap={onMap} /> : null}
      {count ? (
        <div>
          <Button
            size="small"
            variant="quiet"
            onClick={() => {
              setFiles([]);
              onMap({});
            }}
          >
            {text.byHeadersAgain}
          </Button>
        </div>
      ) : null}
    </div>
  );
}

/** Changes an import; what is chosen here counts from its next read on. */
export function EditImport({ source, onDone }: { readonly source: ImportSource; readonly onDone: () => void }) {
  const [columns, setColumns] = useState<Columns>(columnsOf(source));
  return (
    <RecordForm
      draftKey={`edit ${source.number}`}
      submit={words.fields.save}
      onCancel={onDone}
      onSubmit={(values) => {
        const { team, ...said } = settingsOf(values, source.format, columns);
        return send(api(catalog).updateImport, { number: source.number, version: source.version, ...said, team: team || null }, onDone);
      }}
    >
      <NameField source={source} />
      <PathFields source={source} optional />
      {source.format === 'csv' ? <Remap columns={columns} onMap={setColumns} /> : null}
      <FormatFields format={source.format} source={source} />
      <MoreFields source={source} />
    </RecordForm>
  );
}
