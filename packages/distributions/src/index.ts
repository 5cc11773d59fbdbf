export { exponential } from './exponential.ts'
export type { Exponential } from './exponential.ts'
export { normal } from './normal.ts'
export type { Normal } from './normal.ts'
