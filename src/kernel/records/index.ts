import { module } from '../desk.ts';
import { sealJob } from '../seals.ts';
import { partitionsJob, sweepJob } from '../housekeeping.ts';
import { actions } from './actions.ts';
import { attachmentRoutes } from './attachments.ts';
import { records } from './contract.ts';

export { pageOf } from './address.ts';
export { byNumber, linksOf, type Head, refsOf } from './store.ts';

export default module({
  contract: records,
  actions,
  routes: attachmentRoutes,
  jobs: {
    tasks: { 'kernel.seal': sealJob, 'kernel.partitions': partitionsJob, 'kernel.sweep': sweepJob },
    every: { 'kernel.seal': '*/5 * * * *', 'kernel.partitions': '10 3 * * *', 'kernel.sweep': '40 * * * *' },
  },
});
