import type { Tensor } from '@tensorflow/tfjs-core'
import { compile } from '@variate/compile'
import { toOnnx } from '@variate/compile/onnx'
import { add, mul } from '@variate/core/ops'
import { expectTypeOf } from 'vitest'

const scaled = compile(({ x }: { readonly x: Tensor }, by: number) => mul(x, by))
const sum = compile((a: Tensor, b: Tensor) => add(a, b), { precision: 'float64' })

expectTypeOf(toOnnx(scaled, { args: [{ x: new Float32Array(2) }, 3] })).toEqualTypeOf<
  Uint8Array<ArrayBuffer>
>()
toOnnx(sum, { args: [new Float64Array(2), new Float64Array(2)], inputs: ['a', 'b'] })

// @ts-expect-error the arguments must be said
toOnnx(scaled, {})
// @ts-expect-error one is missing
toOnnx(scaled, { args: [{ x: new Float32Array(2) }] })
// @ts-expect-error a text is no number
toOnnx(scaled, { args: [{ x: new Float32Array(2) }, '3'] })
// @ts-expect-error the description of a tensor is no array
toOnnx(sum, { args: [{ shape: [2], dtype: 'float32' }, new Float64Array(2)] })
// @ts-expect-error names are texts
toOnnx(sum, { args: [new Float64Array(2), new Float64Array(2)], inputs: [0, 1] })
// @ts-expect-error what is not compiled has no program
toOnnx((a: Tensor) => a, { args: [new Float32Array(2)] })
