export * from './absences.ts';
export * from './changes.ts';
export * from './findings.ts';
export * from './rotas.ts';
export * from './tables.ts';
