import { module } from '#kernel/desk.ts';
import { actions } from './actions.ts';
import { closeMail } from './channels/index.ts';
import { notify } from './contract.ts';
import { jobs } from './jobs.ts';

export { overdueMessages, tellPastOutbox } from './audit.ts';
export { attemptsOf, listPages } from './history.ts';
export { beginPages, endPageOf, endPages, postToChannels, linkedPage, notificationOfToken, notificationsOfPages, openPagesOf, pagesAbout, somebodyIsReachable, tell, type PageOrder } from './reach.ts';

export default module({ contract: notify, actions, jobs, start: async (desk) => async () => closeMail(desk) });
