import type { ReactNode } from 'react';
import { Button } from '#web/ui/Button.tsx';
import type { Picture } from '#web/ui/Icon.tsx';
import { Link } from '#web/ui/Link.tsx';
import { Section, Skeleton } from '#web/ui/Parts.tsx';

interface OwnListProps<Row> {
  readonly title: string;
  /** Said when there is nothing. */
  readonly none: string;
  /** Undefined while it is read. */
  readonly rows: readonly Row[] | undefined;
  readonly keyOf: (row: Row) => string;
  readonly hrefOf: (row: Row) => string;
  readonly line: (row: Row) => { readonly state: ReactNode; readonly name: string; readonly says: string; readonly number: string };
  /** Only for who may. */
  readonly add?: { readonly label: string; readonly icon: Picture; readonly href: string } | undefined;
}

/** What belongs to the record of a page, a line each: how it stands, its name, what it says. */
export function OwnList<Row>({ title, none, rows, keyOf, hrefOf, line, add }: OwnListProps<Row>) {
  return (
    <Section
      title={title}
      {...(rows?.length && { count: rows.length })}
      end={
        add ? (
          <Button size="small" variant="quiet" icon={add.icon} href={add.href}>
            {add.label}
          </Button>
        ) : null
      }
    >
      {rows ? null : <Skeleton width="60%" />}
      {rows?.length === 0 ? <p className="dim s13">{none}</p> : null}
      <ul className="lst">
        {rows?.map((row) => {
          const { state, name, says, number } = line(row);
          return (
            <li key={keyOf(row)}>
              <span className="stw">{state}</span>
              <Link className="b nw" href={hrefOf(row)}>
                {name}
              </Link>
              <span className="dim grow el s12">{says}</span>
              <span className="id">{number}</span>
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
