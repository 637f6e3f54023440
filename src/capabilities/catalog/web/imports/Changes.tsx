import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { ArrowRightLeft, CircleCheck, Link2, Pencil, Plus, Unlink, Undo2, EyeOff } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { api, usePages, type Call } from '#web/api.ts';
import { pageOf } from '#web/record/page-of.ts';
import { Button } from '#web/ui/Button.tsx';
import { Icon, type Picture } from '#web/ui/Icon.tsx';
import { Link } from '#web/ui/Link.tsx';
import { Note, Skeleton } from '#web/ui/Parts.tsx';
import { Badge } from '#web/ui/Status.tsx';
import { Segmented } from '#web/ui/Tabs.tsx';
import { catalog, type ImportChange, type ImportRun } from '../../contract/index.ts';
import { Moves } from '../look.tsx';
import { words } from './words.ts';

const text = words.run;
type Op = ImportChange['op'];

const PICTURES: Readonly<Record<Op, Picture>> = {
  create: Plus,
  match: CircleCheck,
  change: Pencil,
  return: Undo2,
  conflict: ArrowRightLeft,
  stale: EyeOff,
  edge: Link2,
  'edge changed': Link2,
  'edge ended': Unlink,
};

const EDGE_OPS: readonly Op[] = ['edge', 'edge changed', 'edge ended'];
const OPS = ['create', 'match', 'change', 'return', 'conflict', 'stale'] as const;

/** Lines of the plan; a disagreement is one although it changes nothing. */
export const linesIn = ({ counts }: ImportRun): number => OPS.reduce((sum, op) => sum + counts[op], counts.edges);

/** What can be looked at by itself: every kind of change that occurs. */
function chipsOf(run: ImportRun) {
  const { counts } = run;
  const total = linesIn(run);
  const chips = [
    { id: '', label: text.all, count: total, ops: undefined },
    ...OPS.map((op) => ({ id: op, label: text.ops[op].chip, count: counts[op], ops: [op] as readonly Op[] })),
    { id: 'edges', label: text.edges, count: counts.edges, ops: EDGE_OPS },
  ];
  return chips.filter(({ count }) => count > 0);
}

interface Asked {
  readonly id: string;
  readonly op?: readonly Op[] | undefined;
  readonly cursor?: string | undefined;
}

/** The changes of a run as pages. */
const pages: Call<Asked, { items: readonly ImportChange[]; cursor: string | null }> = Object.assign(
  async ({ id, op, cursor }: Asked, options?: Parameters<Call<Asked, unknown>>[1]) => {
    const { changes, next } = await api(catalog).run({ id, limit: 500, after: cursor === undefined ? -1 : Number(cursor), ...(op && { op: [...op] }) }, options);
    return { items: changes, cursor: next === null ? null : String(next) };
  },
  { key: 'catalog.changesOfRun' },
);

/** What a new record says; that there was nothing before needs no line of its own. */
const Says = ({ fields }: Pick<ImportChange, 'fields'>) => (
  <span className="newfacts">
    {fields
      .filter(({ field }) => field !== 'name')
      .map(({ field, after }) => (
        <span key={field}>
          <span className="dim">{field}</span> {after}
        </span>
      ))}
  </span>
);

function Line({ change }: { readonly change: ImportChange }) {
  const { op, name, record, because, fields, ref } = change;
  const isNew = op === 'create';
  const isEdge = EDGE_OPS.includes(op);
  return (
    <>
      <span>
        <Badge icon={<Icon of={PICTURES[op]} size={12} />}>{text.ops[op].badge}</Badge>
      </span>
      <span className="told2">
        {record ? (
          <>
            <Link className="b l" href={pageOf(record)}>
              {name}
            </Link>{' '}
            <span className="id">{record.number}</span>
          </>
        ) : (
          <span className="b">{name}</span>
        )}
        {because && !isNew ? <span className={isEdge ? 'because inline' : 'because'}>{because}</span> : null}
        {isNew ? <Says fields={fields} /> : fields.length ? <Moves fields={fields} /> : null}
      </span>
      <span className="id ref el" title={ref}>
        {ref}
      </span>
    </>
  );
}

/** Thousands of changes of different height: only those near the window are in the page. */
function Lines({ changes, onMore }: { readonly changes: readonly ImportChange[]; readonly onMore: (() => void) | undefined }) {
  const list = useRef<HTMLUListElement>(null);
  const [top, setTop] = useState(0);
  useEffect(() => setTop((list.current?.getBoundingClientRect().top ?? 0) + window.scrollY), []);
  const virtual = useWindowVirtualizer({ count: changes.length, estimateSize: () => 44, overscan: 10, scrollMargin: top });
  const shown = virtual.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (onMore && last >= changes.length - 50) onMore();
  }, [last, changes.length, onMore]);
  return (
    <ul ref={list} className="changes" style={{ height: virtual.getTotalSize() }}>
      {shown.map(({ index, start }) => (
        <li
          key={index}
          ref={virtual.measureElement}
          data-index={index}
          aria-setsize={changes.length}
          aria-posinset={index + 1}
          style={{ transform: `translateY(${start - top}px)` }}
        >
          <Line change={changes[index]!} />
        </li>
      ))}
    </ul>
  );
}

/** What a read would change, or changed; filtered by kind. */
export function Changes({ run, show, onShow }: { readonly run: ImportRun; readonly show: string; readonly onShow: (show: string) => void }) {
  const chips = chipsOf(run);
  const chip = chips.find(({ id }) => id === show) ?? chips[0];
  // The plan stays as it was made; while it is applied every record written would ask for it again.
  const list = usePages(pages, { id: run.id, op: chip?.ops }, { enabled: chip !== undefined && run.state !== 'applying' });
  if (!chip) return <p className="dim s13">{text.nothing}</p>;
  const { same } = run.counts;
  return (
    <section aria-label={run.state === 'applied' ? text.changed : text.changes}>
      <div className="chipbar">
        <Segmented label={text.changes} choices={chips} current={chip.id} onChoose={onShow} />
        {same ? <span className="dim s12">{text.same(same)}</span> : null}
      </div>
      {list.problem ? <Note state="critical">{list.problem.sentence}</Note> : null}
      {list.rows.length ? <Lines key={chip.id} changes={list.rows} onMore={list.loading ? undefined : list.onMore} /> : list.loading ? <Skeleton width="80%" /> : null}
      {list.onMore ? (
        <Button size="small" variant="quiet" busy={list.loading} onClick={list.onMore}>
          {text.more}
        </Button>
      ) : null}
    </section>
  );
}
