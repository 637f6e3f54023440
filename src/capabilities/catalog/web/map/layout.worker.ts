import { layoutOf, type Plan } from './layout/index.ts';

addEventListener('message', ({ data }: MessageEvent<{ readonly turn: number; readonly plan: Plan }>) => {
  postMessage({ turn: data.turn, laid: layoutOf(data.plan) });
});
