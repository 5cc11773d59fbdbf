export { centralDifference } from './centralDifference.ts'
export { distributionLaws } from './distributionLaws.ts'
export type { DistributionLawsOptions } from './distributionLaws.ts'
export { largestDifference } from './largestDifference.ts'
