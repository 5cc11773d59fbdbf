export { crc32 } from './crc32.ts'
export {
  DomainError,
  FormatError,
  NumericalError,
  ShapeError,
  UnsupportedError,
  VariateError,
} from './errors.ts'
export type { ErrorCode } from './errors.ts'
export * as linalg from './linalg/index.ts'
export { toMatrix, toVector } from './matrix.ts'
export type { MatrixLike, TensorLike, VectorLike } from './matrix.ts'
export { NdArray, ndarray } from './ndarray.ts'
export type { Nested, NumericArray } from './ndarray.ts'
export * as special from './special/index.ts'
export type { SymmetricEigen } from './linalg/index.ts'
export * as random from './random/index.ts'
export { foldIn, key, split, wrapKeyData } from './random/key.ts'
export type { Key, Keys } from './random/key.ts'
export { toArray } from './toArray.ts'
export type { ArrayOfAnyRank } from './toArray.ts'
export * as safetensors from './safetensors/index.ts'
export { formatTable } from './formatTable.ts'
