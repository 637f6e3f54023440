import type { Scope } from '../contract.ts';

const NUMBERS = ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine', 'Ten', 'Eleven', 'Twelve'] as const;

/** Numbers as words to twelve. */
export const inWords = (count: number): string => NUMBERS[count] ?? String(count);

const WHOM: Readonly<Record<Scope, string>> = { mine: 'you', teams: 'your teams', everyone: 'somebody' };

/** Texts of the Watch page. */
export const words = {
  title: (count: number, scope: Scope) =>
    count === 0 ? `Nothing needs ${scope === 'everyone' ? 'anybody' : WHOM[scope]}` : `${inWords(count)} ${count === 1 ? 'thing needs' : 'things need'} ${WHOM[scope]}`,
  pages: (count: number) => (count === 1 ? 'one page waits for your answer' : `${inWords(count).toLowerCase()} pages wait for your answer`),
  calm: {
    mine: 'No page waits for you, no update of yours is due, and nothing you promised is late.',
    teams: 'No alert of your teams is unanswered, no update is due, and nothing they promised is late.',
    everyone: 'No alert is unanswered, every rota is covered, and nothing that was promised is late.',
  },
  begin: 'Set up the desk',
  whose: 'Whose work',
  scopes: { mine: 'Mine', teams: 'My teams', everyone: 'Everyone' },
  needs: 'Needs you',
  ranked: 'Ranked by what waits, time left, severity and tier.',
  scores: 'See the score of each line',
  noScores: 'Hide the scores',
  score: (total: number) => `Score ${total}`,
  more: (count: number) => `${count} more are below these.`,
  move: 'move',
  open: 'open',
  act: 'act',
  moveDown: 'Next line',
  moveUp: 'Line before',
  actOn: 'Do what the line asks',
  group: 'On this page',
  mayNotAnswer: 'Your role may read alerts but not answer them.',
  over: 'over',
  changed: 'Changed in the last 24 hours',
  nothingChanged: 'Nothing was changed in the last 24 hours.',
  showAll: 'Show all',
  showFew: 'Show fewer',
  time: (zone: string) => `Time, ${zone}`,
  what: 'What',
  how: 'Change',
  by: 'By',
  vias: { web: 'Quarterdeck', import: 'Import', system: 'Quarterdeck' } as Readonly<Record<string, string>>,
  live: 'Live incidents',
  noLive: 'No incident is live.',
  noCommander: 'nobody in command',
  onCall: 'On call',
  rotas: 'Rotas',
  you: '(you)',
  nobody: 'Nobody',
  until: 'to',
  next: 'next,',
  noRota: 'No rota yet, so nobody would be paged by turn.',
  otherRotas: (count: number) => (count === 1 ? 'One more rota' : `${count} more rotas`),
  moreLines: (count: number) => `and ${count} more`,
  agenda: 'Next 7 days',
  today: 'Today',
  allDay: 'in the day',
  free: 'Nothing is planned.',
} as const;
