export { EMPTY, type Mapping } from './shape.ts';
export { faultsOf, mapBody, type Mapped, type MappedBody } from './read.ts';
export { guessMapping } from './guess.ts';
export { listAround, pathFrom, putIn, seenWords, shownValue, type SeenWord } from './pick.ts';
export { isRead, refuseMapping, tryText } from './try.ts';
export { writePath } from './template.ts';
