import { scalar, type Tensor } from '@tensorflow/tfjs-core'
import {
  argumentsOf,
  positionOf,
  runKernel,
  type Constants,
  type Elementwise,
  type Kernel,
} from '@variate/core/internal'
import { add, div, fill, floor, mul, neg, square, sub, sumTo } from '@variate/core/ops'

type Derivative = (dy: Tensor, a: Tensor, b: Tensor) => Tensor

/** An op of two arguments that core has not: computed in float64 element by element, as TensorFlow.js's kernel does. */
function binary(
  name: string,
  tfjs: string,
  elementwise: Elementwise,
  derivatives?: readonly Derivative[],
): (a: Tensor, b: Tensor) => Tensor {
  // A number beside a tensor is a constant of the operation.
  const tensorsOf = (inputs: readonly Tensor[], constants: Constants): [Tensor, Tensor] =>
    argumentsOf(constants, inputs).map((x) => (typeof x === 'number' ? scalar(x, inputs[0]!.dtype) : x)) as [
      Tensor,
      Tensor,
    ]
  const kernel: Kernel = {
    elementwise,
    tfjs: [tfjs],
    prepare: (inputs, { constants }) => tensorsOf(inputs, constants as Constants),
    gradient: (index, dy, inputs, attributes) => {
      const constants = attributes['constants'] as Constants
      const { shape } = inputs[index]!
      const derivative = derivatives?.[positionOf(constants, index)]
      return derivative ? sumTo(derivative(dy, ...tensorsOf(inputs, constants)), shape) : fill(shape, 0)
    },
  }
  return (a, b) => runKernel(`variate.${name}`, kernel, [a, b], { constants: [null, null] })
}

const float: Elementwise['typeOf'] = () => 'float32'

/** The angle of the point (b, a), from −π to π. */
export const atan2: (a: Tensor, b: Tensor) => Tensor = /* @__PURE__ */ binary(
  'atan2',
  'Atan2',
  {
    f: (a = 0, b = 0) => Math.atan2(a, b),
    typeOf: float,
  },
  [
    (dy, a, b) => mul(dy, div(b, add(square(a), square(b)))),
    (dy, a, b) => neg(mul(dy, div(a, add(square(a), square(b))))),
  ],
)

/** ⌊a / b⌋ as whole numbers modulo 2³², 0 for what is no number, as in tfjs. */
export const floorDiv: (a: Tensor, b: Tensor) => Tensor = /* @__PURE__ */ binary('floorDiv', 'FloorDiv', {
  f: (a = 0, b = 0) => Math.floor(a / b) | 0,
  typeOf: () => 'int32',
})

/** aᵇ of whole numbers, cut to a whole number, modulo 2³². */
export const wholePow: (a: Tensor, b: Tensor) => Tensor = /* @__PURE__ */ binary('wholePow', 'Pow', {
  f: (a = 0, b = 0) => (a ** b) | 0,
  typeOf: () => 'int32',
})

/** The rest of a / b, with the sign of b. */
export const mod: (a: Tensor, b: Tensor) => Tensor = /* @__PURE__ */ binary(
  'mod',
  'Mod',
  {
    f: (a = 0, b = 0) => {
      const rest = a % b
      return (a < 0 && b < 0) || (a >= 0 && b >= 0) ? rest : (rest + b) % b
    },
    typeOf: (inputs) => (inputs.every(({ dtype }) => dtype === 'int32') ? 'int32' : 'float32'),
  },
  [(dy) => dy, (dy, a, b) => neg(mul(dy, floor(div(sub(a, mod(a, b)), b))))],
)
