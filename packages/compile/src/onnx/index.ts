export { toOnnx } from './toOnnx.ts'
export type { OnnxOptions } from './toOnnx.ts'
