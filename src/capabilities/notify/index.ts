import { module } from '#kernel/desk.ts';
import { actions } from './actions/index.ts';
import { closeMail } from './channels/index.ts';
import { notify } from './contract.ts';
import { jobs } from './jobs.ts';
import { senderOf } from './sending/sender.ts';

export { registerAnswers, type AnswerPage } from './answers.ts';
export { overdueMessages, tellPastOutbox } from './audit.ts';
export { attemptsOf, listPages } from './history.ts';
export { linkedPage, notificationOfToken } from './links.ts';
export { postToChannels, tell, type Post } from './outbox.ts';
export { beginPages, endPageOf, endPages, notificationsOfPages, openPagesOf, pagesAbout, somebodyIsReachable, type PageOrder } from './pages.ts';

export default module({
  contract: notify,
  actions,
  jobs,
  settle: (desk) => senderOf(desk).settled(),
  start: async (desk) => async () => {
    await senderOf(desk).settled();
    closeMail(desk);
  },
});
