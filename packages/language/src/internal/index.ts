// What the packages of Variate share beyond the public language: a model's program, and how it is evaluated. It is no part of
// the public interface and may change in any version.
export { bind } from '../bind.ts'
export type { Bound } from '../bind.ts'
export type { Declaration, RandomSite } from '../declaration.ts'
export { initialParams } from '../initialParams.ts'
export { logOf, logOfFactor, logOfFirst, logOfNext, logProbs, valueOf } from '../logProbs.ts'
export type { SiteValues } from '../logProbs.ts'
export type { Placed } from '../overPlates.ts'
export { placeOf } from '../program.ts'
export type { Program } from '../program.ts'
export { entryOf } from '../entryOf.ts'
export type { Reads, SiteReads } from '../reads.ts'
export { Scope } from '../scope.ts'
