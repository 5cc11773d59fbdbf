export { exp } from './exp.ts'
export { logSumExp } from './logSumExp.ts'
