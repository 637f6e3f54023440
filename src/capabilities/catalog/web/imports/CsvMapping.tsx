import { useEffect, useState } from 'react';
import type { Out } from '#kernel/contract.ts';
import { api, problemOf } from '#web/api.ts';
import { Select } from '#web/ui/Field.tsx';
import { Note, Section, Skeleton } from '#web/ui/Parts.tsx';
import type { ShownProblem } from '#web/ui/problem.ts';
import { catalog } from '../../contract/index.ts';
import { fieldOf, mapped, type Columns } from './mapping.ts';
import type { Picked } from './picking.ts';
import { base64Of } from './sending.ts';
import { words } from './words.ts';

const text = words.mapping;
const LOOKED_AT = 64 * 1024;
const ROWS = 3;

type Look = Out<(typeof catalog)['verbs']['lookAtCsv']>;

/** The beginning of a file, not cut inside of a letter. */
async function beginningOf(file: File): Promise<Blob> {
  if (file.size <= LOOKED_AT) return file;
  const bytes = new Uint8Array(await file.slice(0, LOOKED_AT + 1).arrayBuffer());
  let end = LOOKED_AT;
  while (end > 0 && (bytes[end]! & 0xc0) === 0x80) end -= 1;
  return file.slice(0, end);
}

/** The columns of the file that was chosen, as the desk sees them. */
export function useCsvLook(picked: Picked | undefined) {
  const [look, setLook] = useState<Look>();
  const [problem, setProblem] = useState<ShownProblem>();
  const file = picked?.file;
  useEffect(() => {
    setLook(undefined);
    setProblem(undefined);
    if (!file?.size) return;
    let isOver = false;
    const ask = async () => api(catalog).lookAtCsv({ base64: await base64Of(await beginningOf(file)) });
    ask().then(
      (answer) => isOver || setLook(answer),
      (error: unknown) => isOver || setProblem(problemOf(error)),
    );
    return () => {
      isOver = true;
    };
  }, [file]);
  return { look, problem };
}

const samplesOf = ({ rows }: Look, at: number) => rows.slice(0, ROWS).flatMap((row) => row[at] || []);

interface CsvMappingProps {
  readonly look: Look | undefined;
  readonly problem: ShownProblem | undefined;
  readonly columns: Columns;
  readonly onMap: (columns: Columns) => void;
}

/** Each column with its first values, and what it is taken for. */
export function CsvMapping({ look, problem, columns, onMap }: CsvMappingProps) {
  if (problem) return <Note state="critical">{problem.sentence}</Note>;
  if (!look) return <Skeleton width="80%" />;
  const options = look.fields.map((value) => ({ value, label: text.labels[value] ?? value }));
  return (
    <Section title={text.title}>
      <p className="dim s12">{text.suggested}</p>
      {look.findings.map(({ code, sentence }) => (
        <Note key={code} state="critical">
          {sentence}
        </Note>
      ))}
      <table className="rec mapping" aria-label={text.title}>
        <thead>
          <tr>
            <th scope="col">{text.column}</th>
            <th scope="col">{text.first}</th>
            <th scope="col">{text.is}</th>
          </tr>
        </thead>
        <tbody>
          {look.headers.map((header, at) => (
            <tr key={at}>
              <td className="p-title b">{header || '–'}</td>
              <td className="p-id samples">
                {samplesOf(look, at).map((value, row) => (
                  <span key={row} className="el">
                    {value}
                  </span>
                ))}
              </td>
              <td className="p-line">
                <Select
                  aria-label={`${header}: ${text.is}`}
                  none={text.attribute}
                  options={options}
                  value={fieldOf(columns, header)}
                  onChange={(event) => onMap(mapped(columns, header, event.currentTarget.value))}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}
