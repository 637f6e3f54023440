import { module } from '#kernel/desk.ts';
import { actions } from './actions.ts';
import { closeMail } from './channels/index.ts';
import { notify } from './contract.ts';
import { jobs } from './jobs.ts';

export { beginPages, endPages, linkedPage, notificationOfToken, notificationsOfPages, openPagesOf, pagesAbout, somebodyIsReachable, tell, type PageOrder } from './reach.ts';

export default module({ contract: notify, actions, jobs, start: async (desk) => async () => closeMail(desk) });
