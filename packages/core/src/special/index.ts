export { exp } from './exp.ts'
export { logSumExp } from './log-sum-exp.ts'
