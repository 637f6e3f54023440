export const NOW = '2026-10-20T12:27:20Z'
export const person = (name: string) => ({ id: name, name })
export type P = { readonly id: string; readonly name: string }
export const anneke = person('Anneke Vos')
export const jonas = person('Jonas Weidner')
export const ines = person('Ines Okafor')
export const priya = person('Priya Raman')
export const tomas = person('Tomás Ferreira')
export const mara = person('Mara Lindholm')
export const daniel = person('Daniel Kowalczyk')
