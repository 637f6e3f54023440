import { Inbox } from 'lucide-react';
import { Fragment, Suspense, lazy, useEffect, useRef, type ReactNode } from 'react';
import { Button, type Action } from '#web/ui/Button.tsx';
import type { Picture } from '#web/ui/Icon.tsx';
import { Empty, Kbd, Note } from '#web/ui/Parts.tsx';
import type { ShownProblem } from '#web/ui/problem.ts';
import { Table, type Column, type Sort, type TableProps } from '#web/ui/Table.tsx';
import { Segmented, type Choice } from '#web/ui/Tabs.tsx';
import { RecordActions } from './RecordActions.tsx';

// Rows beyond this number are drawn only near the window.
const MANY = 200;

const Virtual = lazy(async () => {
  const { VirtualTable } = await import('#web/ui/VirtualTable.tsx');
  return { default: VirtualTable as <Row>(props: TableProps<Row>) => ReactNode };
});

export interface RecordListProps<Row> {
  readonly title: string;
  readonly sub?: ReactNode;
  readonly filters?: readonly Choice[];
  readonly filter?: string;
  readonly onFilter?: (id: string) => void;
  /** Search box, further filters. */
  readonly tools?: ReactNode;
  readonly actions?: readonly Action[];
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  readonly hrefOf: (row: Row) => string;
  readonly sort?: Sort;
  readonly onSort?: (sort: Sort) => void;
  readonly loading?: boolean;
  readonly problem?: ShownProblem | undefined;
  readonly onRetry?: () => void;
  readonly empty: {
    readonly icon?: Picture;
    readonly title: string;
    readonly sentence: ReactNode;
    readonly first?: Action;
  };
  /** Present while there is a next page; called when the end comes near or is asked for. */
  readonly onMore?: (() => void) | undefined;
  /** Further keys that act on the line with the focus, said in the foot. */
  readonly keys?: readonly { readonly keys: string; readonly label: string }[];
}

function Foot<Row>({ rows, onMore, loading, keys = [] }: Pick<RecordListProps<Row>, 'rows' | 'onMore' | 'loading' | 'keys'>) {
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!end.current || !onMore || loading) return;
    const watch = new IntersectionObserver(([entry]) => entry?.isIntersecting && onMore(), {
      rootMargin: '600px',
    });
    watch.observe(end.current);
    return () => watch.disconnect();
  }, [onMore, loading]);
  return (
    <div className="listfoot" ref={end}>
      {onMore ? (
        <Button variant="quiet" size="small" busy={Boolean(loading)} onClick={onMore}>
          Load more
        </Button>
      ) : (
        <span>{rows.length === 1 ? 'One line' : `All ${rows.length} lines`}</span>
      )}
      <span className="keys" aria-hidden="true">
        <Kbd keys="J K" /> move <Kbd keys="Enter" /> open
        {keys.map((each) => (
          <Fragment key={each.keys}>
            <Kbd keys={each.keys} /> {each.label}
          </Fragment>
        ))}
      </span>
    </div>
  );
}

/** One list for every kind of record: saved filters in the address, columns, rows by keyboard, and its empty, waiting and failed states. */
export function RecordList<Row>(props: RecordListProps<Row>) {
  const { title, sub, filters, filter = '', onFilter, tools, actions, rows, loading, problem, onRetry, empty, onMore } = props;
  const { columns, keyOf, hrefOf, sort, onSort } = props;
  const table = {
    label: title,
    columns,
    rows,
    keyOf,
    hrefOf,
    sort,
    onSort,
    loading,
    blocks: true,
  } as const;
  const bare = !rows.length && !loading;
  return (
    <div className={actions?.length ? 'withthumb' : undefined}>
      <div className="listhead">
        <h1>{title}</h1>
        {sub ? <span className="cnt">{sub}</span> : null}
        {actions?.length ? <RecordActions actions={actions} /> : null}
      </div>
      {filters?.length || tools ? (
        <div className="listbar">
          {filters?.length ? <Segmented label="Saved filters" choices={filters} current={filter} {...(onFilter && { onChoose: onFilter })} /> : null}
          {tools}
        </div>
      ) : null}
      {problem ? (
        <Note
          live
          state={problem.kind === 'forbidden' || problem.kind === 'refused' ? 'warning' : 'critical'}
          end={
            onRetry ? (
              <Button size="small" onClick={onRetry}>
                Try again
              </Button>
            ) : null
          }
        >
          <b className="b">{problem.title}</b> {problem.sentence}
        </Note>
      ) : bare ? (
        <Empty icon={empty.icon ?? Inbox} title={empty.title} sentence={empty.sentence} first={empty.first} />
      ) : rows.length > MANY ? (
        <Suspense fallback={<Table {...table} rows={rows.slice(0, 40)} />}>
          <Virtual {...(table as unknown as TableProps<unknown>)} />
        </Suspense>
      ) : (
        <Table {...table} />
      )}
      {problem || !rows.length ? null : <Foot rows={rows} onMore={onMore} loading={loading ?? false} keys={props.keys ?? []} />}
    </div>
  );
}
