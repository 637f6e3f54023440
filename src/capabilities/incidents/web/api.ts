import { api } from '#web/api.ts';
import { incidents } from '../contract.ts';

export const incidentsApi = api(incidents);
