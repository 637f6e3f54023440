import { module } from '#kernel/desk.ts';
import { actions } from './actions.ts';
import { metrics } from './contract.ts';
import { sendReports } from './report.ts';

export default module({ contract: metrics, actions, jobs: { tasks: { 'metrics.sendReports': sendReports }, every: { 'metrics.sendReports': '0 6 1 * *' } } });
