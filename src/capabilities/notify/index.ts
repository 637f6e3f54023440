import { writeAs } from '#kernel/act.ts';
import { module, type Desk } from '#kernel/desk.ts';
import { SYSTEM } from '#kernel/permissions.ts';
import { actions } from './actions/index.ts';
import { closeMail } from './channels/index.ts';
import { notify } from './contract.ts';
import { jobs } from './jobs.ts';
import { pushKeys } from './providers.ts';
import { startListening } from './receiving/listening.ts';
import { twilioRoutes } from './receiving/twilio.ts';
import { senderOf } from './sending/sender.ts';

export { answerMessage } from './answering.ts';
export { registerAnswers } from './answers.ts';
export { registerChannelUsers } from './channel-users.ts';
export { tellPastOutbox } from './audit.ts';
export { overdueMessages } from './store/overdue.ts';
export { attemptsOf } from './history.ts';
export { listPages } from './store/history.ts';
export { notificationOfToken } from './links.ts';
export { linkedPage } from './store/index.ts';
export { registerOutsiders, tellOutsiders, type Outsider } from './outsiders.ts';
export { postToChannels, tell } from './outbox.ts';
export { beginPages, endPageOf, endPages, notificationsOfPages, openPagesOf, pagesAbout, somebodyIsReachable, type PageOrder } from './pages.ts';
export { callsOf, reachableAmong } from './reachable.ts';

export default module({
  contract: notify,
  actions,
  jobs,
  routes: twilioRoutes,
  settle: (desk) => senderOf(desk).settled(),
  start,
});

/** Makes the keys of push once, listens for answers from chats, and at the end waits for what is under way. */
async function start(desk: Desk): Promise<() => Promise<void>> {
  await writeAs(desk, SYSTEM, pushKeys, 'quiet');
  const stopListening = startListening(desk);
  return async () => {
    await stopListening();
    await senderOf(desk).settled();
    closeMail(desk);
  };
}
