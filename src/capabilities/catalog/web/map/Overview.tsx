import { memo, type PointerEvent } from 'react';
import { BOX_WIDTH, type Laid } from './layout/index.ts';
import type { Look } from './look.ts';
import type { Camera } from './use-view.ts';

const SIZE = { width: 168, height: 104 };

interface OverviewProps {
  readonly laid: Laid;
  readonly toneOf: (id: string) => Look['tone'] | undefined;
  readonly camera: Camera;
}

/** The whole picture in small, with what is in view; there only while not everything is. By keyboard the arrows do the same. */
export const Overview = memo(function Overview({ laid, toneOf, camera }: OverviewProps) {
  const scale = Math.min(SIZE.width / laid.width, SIZE.height / laid.height);
  function look(event: PointerEvent<SVGSVGElement>) {
    if (event.type === 'pointermove' && event.buttons !== 1) return;
    event.stopPropagation();
    const { left, top } = event.currentTarget.getBoundingClientRect();
    camera.lookAt((event.clientX - left) / scale, (event.clientY - top) / scale);
  }
  return (
    <div className="mini" aria-hidden="true">
      <svg width={laid.width * scale} height={laid.height * scale} viewBox={`0 0 ${laid.width} ${laid.height}`} onPointerDown={look} onPointerMove={look}>
        {laid.boxes.map(({ id, x, y, height }) => (
          <rect key={id} className={`dot ${toneOf(id) ?? ''}`} x={x} y={y} width={BOX_WIDTH} height={height} />
        ))}
        <rect className="eye" />
      </svg>
    </div>
  );
});
