import { module } from '#kernel/desk.ts';
import { mutes } from './contract.ts';

export default module({ contract: mutes, actions: {} });
