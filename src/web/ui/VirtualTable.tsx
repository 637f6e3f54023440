import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState } from 'react';
import { TableFrame, TableRow, useRowKeys, type TableProps } from './Table.tsx';

const PHONE = '(max-width: 640px)';

/** The same table for many rows: only those near the window are in the page. */
export function VirtualTable<Row>(props: TableProps<Row>) {
  const { columns, rows, keyOf, hrefOf } = props;
  const frame = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  useEffect(() => setTop((frame.current?.getBoundingClientRect().top ?? 0) + window.scrollY + 28), []);
  const virtual = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => (window.matchMedia(PHONE).matches ? 72 : 32),
    overscan: 12,
    scrollMargin: top,
  });
  const keys = useRowKeys(hrefOf ? rows.length : 0, (index) => virtual.scrollToIndex(index, { align: 'auto' }));
  const shown = virtual.getVirtualItems();
  const before = (shown[0]?.start ?? top) - top;
  const after = virtual.getTotalSize() - ((shown.at(-1)?.end ?? top) - top);
  const pad = (height: number) => (
    <tr className="pad" aria-hidden="true">
      <td colSpan={columns.length} style={{ height: Math.max(0, height) }} />
    </tr>
  );
  return (
    <div ref={frame}>
      <TableFrame props={props} keys={keys}>
        {pad(before)}
        {shown.map(({ index }) => {
          const row = rows[index];
          if (row === undefined) return null;
          return <TableRow key={keyOf(row)} row={row} index={index} columns={columns} href={hrefOf?.(row)} current={keys.current === index} onFocus={keys.setCurrent} />;
        })}
        {pad(after)}
      </TableFrame>
    </div>
  );
}
