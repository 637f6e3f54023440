import { ArrowDown, ArrowUp } from 'lucide-react';
import { useEffect, useRef, useState, type MouseEvent, type ReactNode } from 'react';
import { Icon } from './Icon.tsx';
import { useGo } from './Link.tsx';
import { Skeleton } from './Parts.tsx';

export interface Column<Row> {
  readonly id: string;
  readonly head: string;
  readonly cell: (row: Row) => ReactNode;
  readonly numeric?: true;
  readonly quiet?: true;
  readonly sortable?: true;
  readonly width?: number | string;
  /** Its place when a row becomes a block on the phone; unset columns become lines. */
  readonly phone?: 'id' | 'title' | 'state' | 'end' | 'line' | 'hide';
}

export interface Sort {
  readonly by: string;
  readonly down: boolean;
}

export interface TableProps<Row> {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  /** Where a row leads; the first link in the row carries the keyboard. */
  readonly hrefOf?: (row: Row) => string;
  readonly sort?: Sort | undefined;
  readonly onSort?: ((sort: Sort) => void) | undefined;
  readonly loading?: boolean | undefined;
  /** Rows become blocks on the phone. */
  readonly blocks?: true;
}

export const classOf = <Row,>({ numeric, quiet, phone = 'line' }: Column<Row>): string => `${numeric ? 'r num ' : ''}${quiet ? 'm ' : ''}p-${phone}`;

const typing = (target: EventTarget | null) => target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
const overlaid = () => document.querySelector('[role=dialog],[role=menu]') !== null;

/** J and K move through the rows by moving the focus to each row's first link, so that Enter opens it. */
export function useRowKeys(count: number, reveal?: (index: number) => void) {
  const body = useRef<HTMLTableSectionElement>(null);
  const [current, setCurrent] = useState(-1);
  useEffect(() => {
    function move(event: KeyboardEvent) {
      const step = event.key === 'j' ? 1 : event.key === 'k' ? -1 : 0;
      if (!step || !count || event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || overlaid()) return;
      const next = Math.max(0, Math.min(count - 1, current + step));
      setCurrent(next);
      reveal?.(next);
      requestAnimationFrame(() => body.current?.querySelector<HTMLElement>(`[data-row="${next}"] a`)?.focus());
    }
    document.addEventListener('keydown', move);
    return () => document.removeEventListener('keydown', move);
  }, [count, current, reveal]);
  return { body, current, setCurrent };
}

function Head<Row>({ columns, sort, onSort }: Pick<TableProps<Row>, 'columns' | 'sort' | 'onSort'>) {
  return (
    <thead>
      <tr>
        {columns.map((column) => {
          const sorted = sort?.by === column.id ? sort : undefined;
          return (
            <th
              key={column.id}
              scope="col"
              className={column.numeric ? 'r' : undefined}
              style={{ width: column.width }}
              aria-sort={sorted ? (sorted.down ? 'descending' : 'ascending') : undefined}
            >
              {column.sortable && onSort ? (
                <button type="button" onClick={() => onSort({ by: column.id, down: sorted ? !sorted.down : false })}>
                  {column.head}
                  {sorted ? <Icon of={sorted.down ? ArrowDown : ArrowUp} size={12} /> : null}
                </button>
              ) : (
                column.head
              )}
            </th>
          );
        })}
      </tr>
    </thead>
  );
}

type RowProps<Row> = {
  readonly row: Row;
  readonly index: number;
  readonly columns: readonly Column<Row>[];
  readonly href: string | undefined;
  readonly current: boolean;
  readonly onFocus: (index: number) => void;
};

export function TableRow<Row>({ row, index, columns, href, current, onFocus }: RowProps<Row>) {
  const go = useGo();
  function open(event: MouseEvent) {
    const inner = event.target instanceof Element && event.target.closest('a,button,input,label');
    if (!href || inner || window.getSelection()?.toString()) return;
    if (event.ctrlKey || event.metaKey) window.open(href, '_blank');
    else go(href);
  }
  return (
    <tr data-row={index} className={`${href ? 'go' : ''}${current ? ' is-focus' : ''}`} onClick={open} onFocus={() => onFocus(index)} onBlur={() => onFocus(-1)}>
      {columns.map((column) => (
        <td key={column.id} className={classOf(column)}>
          {column.cell(row)}
        </td>
      ))}
    </tr>
  );
}

const WIDTHS = [52, 210, 90, 70, 110, 40];

function Waiting<Row>({ columns, lines }: { readonly columns: readonly Column<Row>[]; readonly lines: number }) {
  return Array.from({ length: lines }, (_, line) => (
    <tr key={line} aria-hidden="true">
      {columns.map((column, at) => (
        <td key={column.id} className={classOf(column)}>
          <Skeleton width={WIDTHS[at % WIDTHS.length] ?? 80} />
        </td>
      ))}
    </tr>
  ));
}

export type RowsOf = ReturnType<typeof useRowKeys>;

/** The frame that plain and virtual rows share. */
export function TableFrame<Row>({ props, keys, children }: { readonly props: TableProps<Row>; readonly keys: RowsOf; readonly children: ReactNode }) {
  const { label, columns, sort, onSort, loading, rows, blocks } = props;
  return (
    <table aria-label={label} aria-busy={loading || undefined} className={blocks ? 'rec' : undefined}>
      <Head columns={columns} sort={sort} onSort={onSort} />
      <tbody ref={keys.body}>
        {children}
        {loading ? <Waiting columns={columns} lines={rows.length ? 2 : 8} /> : null}
      </tbody>
    </table>
  );
}

/** Rows of 32 px, one line each; numbers right; J, K and Enter. */
export function Table<Row>(props: TableProps<Row>) {
  const { columns, rows, keyOf, hrefOf } = props;
  const keys = useRowKeys(hrefOf ? rows.length : 0);
  return (
    <TableFrame props={props} keys={keys}>
      {rows.map((row, index) => (
        <TableRow key={keyOf(row)} row={row} index={index} columns={columns} href={hrefOf?.(row)} current={keys.current === index} onFocus={keys.setCurrent} />
      ))}
    </TableFrame>
  );
}
