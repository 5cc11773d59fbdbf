export { centralDifference } from './centralDifference.ts'
export { largestDifference } from './largestDifference.ts'
