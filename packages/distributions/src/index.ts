export { normal } from './normal.ts'
export type { Normal } from './normal.ts'
