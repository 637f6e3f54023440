import { Download } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { Button } from '#web/ui/Button.tsx';
import { Link } from '#web/ui/Link.tsx';
import { Section } from '#web/ui/Parts.tsx';
import { words } from './words.ts';

export interface Cell {
  readonly text: string | number;
  readonly href?: string | undefined;
}

export interface Sheet {
  /** Also the name of the file. */
  readonly name: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

// A leading = + - @ would make a spreadsheet run the cell.
const quoted = (text: string | number) => {
  const said = typeof text === 'string' && /^[=+\-@]/.test(text) ? `'${text}` : String(text);
  return /[",\n]/.test(said) ? `"${said.replaceAll('"', '""')}"` : said;
};

function save({ name, head, rows }: Sheet) {
  const lines = [head, ...rows.map((row) => row.map(({ text }) => text))].map((row) => row.map(quoted).join(','));
  const href = URL.createObjectURL(new Blob([`${lines.join('\r\n')}\r\n`], { type: 'text/csv' }));
  const link = Object.assign(document.createElement('a'), { href, download: `${name}.csv` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(href), 1000);
}

const SheetTable = ({ label, sheet }: { readonly label: string; readonly sheet: Sheet }) => (
  <div className="tblw sheet" tabIndex={0} role="region" aria-label={label}>
    <table>
      <thead>
        <tr>
          {sheet.head.map((head, at) => (
            <th key={head} scope="col" className={at ? 'r' : undefined}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {sheet.rows.map((row, line) => (
          <tr key={line}>
            {row.map((cell, at) => (
              <td key={at} className={at ? 'r num' : undefined}>
                {cell.href && cell.text ? (
                  <Link className="l" href={cell.href}>
                    {cell.text}
                  </Link>
                ) : (
                  cell.text
                )}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);

interface FigureProps {
  readonly title: string;
  readonly count?: ReactNode;
  readonly sheet: Sheet;
  /** Said instead of a picture that would be empty. */
  readonly none?: string | false | undefined;
  readonly children: ReactNode;
}

/** A picture with the table of the same figures, and that table as a file. */
export function Figure({ title, count, sheet, none, children }: FigureProps) {
  const [table, setTable] = useState(false);
  return (
    <Section
      title={title}
      count={count}
      end={
        <>
          <Button variant="quiet" size="small" aria-pressed={table} aria-label={`${table ? words.asPicture : words.asTable}: ${title}`} onClick={() => setTable(!table)}>
            {table ? words.asPicture : words.asTable}
          </Button>
          <Button variant="quiet" size="small" icon={Download} aria-label={`${words.csv}: ${title}`} onClick={() => save(sheet)}>
            {words.csv}
          </Button>
        </>
      }
    >
      {table ? <SheetTable label={title} sheet={sheet} /> : none ? <p className="dim s13 nofig">{none}</p> : children}
    </Section>
  );
}
