export { EMPTY, type Mapping } from './shape.ts';
export { faultsOf, mapBody } from './read.ts';
export { guessMapping } from './guess.ts';
export { isRead, refuseMapping, tryText } from './try.ts';
export { writePath } from './template.ts';
