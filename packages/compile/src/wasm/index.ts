// What writes code as WebAssembly, for packages of Variate with kernels of their own. It is no part of the public interface
// and may change in any version.
export { int32At, minus, plus, times } from '../lower/routines/integers.ts'
export { combinedLanes, loadLane, splatAt, store, storeVector } from '../lower/routines/memory.ts'
export { when } from '../lower/routines/when.ts'
export { exported } from './exported.ts'
export { vectorCode } from './instructions.ts'
export { lanes, type Lanes } from './lanes.ts'
export { expBelowZero } from './maths/expBelowZero.ts'
export { log } from './maths/log.ts'
export { Procedures } from './procedures.ts'
export {
  repeat,
  variable,
  whole,
  type Instruction,
  type Loop,
  type Statement,
  type Variable,
} from './statement.ts'
export { F64, I32, V128, value, type Value } from './value.ts'
export { wasmModule } from './wasmModule.ts'
