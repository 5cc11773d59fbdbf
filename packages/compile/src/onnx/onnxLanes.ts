import type { Formula } from '../wasm/inDouble.ts'
import type { Operation } from '../wasm/instructions.ts'
import type { Lanes, Precision, Primitives } from '../wasm/lanes.ts'
import { F32, F64, type Value } from '../wasm/value.ts'
import type { GraphBuilder } from './model/graphBuilder.ts'

/** A tensor as a value of formulas. */
interface Named extends Value {
  readonly tensor: string
}

/** Operators of ONNX that do what operations on numbers do. */
const OPERATORS: Partial<Record<Operation, string>> = {
  abs: 'Abs',
  neg: 'Neg',
  ceil: 'Ceil',
  floor: 'Floor',
  nearest: 'Round',
  sqrt: 'Sqrt',
  add: 'Add',
  sub: 'Sub',
  mul: 'Mul',
  div: 'Div',
  min: 'Min',
  max: 'Max',
  eq: 'Equal',
  lt: 'Less',
  gt: 'Greater',
  le: 'LessOrEqual',
  ge: 'GreaterOrEqual',
}

export function valueOf(tensor: string, precision: Precision): Value {
  const value: Named = { type: precision === 'float64' ? F64 : F32, code: [], args: [], tensor }
  return value
}

export function tensorOf(value: Value): string {
  return (value as Named).tensor
}

/** Arithmetic on tensors by operators of ONNX, so that formulas that are written for WebAssembly are said in ONNX. */
export function onnxLanes(graph: GraphBuilder, precision: Precision): Lanes {
  const isDouble = precision === 'float64'
  const op = (type: string, ...args: readonly Value[]): Value =>
    valueOf(graph.op(type, args.map(tensorOf)), precision)
  const l: Omit<Lanes, Operation | 'primitives'> & Record<string, unknown> = {
    precision,
    isDouble,
    isVector: false,
    bytes: isDouble ? 8 : 4,
    count: 1,
    type: isDouble ? F64 : F32,
    constant: (x) => valueOf(graph.constant(x, precision), precision),
    bits: noBits,
    toBits: noBits,
    fromBits: noBits,
    shiftLeft: noBits,
    shiftRight: noBits,
    load: noBits,
    atLeast: (x, bound) => op('Max', x, bound),
    atMost: (x, bound) => op('Min', x, bound),
    multiplyAdd: (x, y, z) => op('Add', op('Mul', x, y), z),
    select: (condition, a, b) => op('Where', condition, a, b),
    both: (a, b) => op('And', a, b),
    either: (a, b) => op('Or', a, b),
    not: (condition) => op('Not', condition),
    ne: (a: Value, b: Value) => op('Not', op('Equal', a, b)),
  }
  for (const [name, type] of Object.entries(OPERATORS)) l[name] = (...args: Value[]) => op(type, ...args)
  l['trunc'] = (x: Value) => op('Where', op('Less', x, l.constant(0)), op('Ceil', x), op('Floor', x))
  const known = l as unknown as Lanes
  return Object.assign(l, { primitives: primitivesOf(known, graph) }) as unknown as Lanes
}

function noBits(): never {
  throw new Error('ONNX has no bits of real numbers')
}

function primitivesOf(l: Lanes, graph: GraphBuilder): Primitives {
  const { precision, isDouble } = l
  const op = (type: string, ...args: readonly Value[]): Value =>
    valueOf(graph.op(type, args.map(tensorOf)), precision)
  const c = (x: number): Value => l.constant(x)
  const [width, bias] = isDouble ? [52, 1023] : [23, 127]
  const cast = (x: Value, to: Precision): Value =>
    valueOf(graph.op('Cast', [tensorOf(x)], { to: to === 'float64' ? 11 : 1 }), to)
  const inFloat64 = (f: Formula, args: readonly Value[]): Value =>
    f(onnxLanes(graph, 'float64'), ...args.map((x) => cast(x, 'float64')))
  const exp = (x: Value): Value => op('Exp', x)
  const log = (x: Value): Value => op('Log', x)
  const powerOfTwo = (n: Value): Value => {
    const table = graph.constant(
      Float64Array.from({ length: 2 * bias }, (_, i) => 2 ** (i + 1 - bias)),
      precision,
      [2 * bias],
    )
    const at = graph.op('Cast', [tensorOf(l.add(n, c(bias - 1)))], { to: 6 })
    return valueOf(graph.op('Gather', [table, within(graph, at, 2 * bias)]), precision)
  }
  return {
    exp,
    log,
    powerOfTwo,
    // After Kahan: what rounding 1 + x, or eˣ, took away is taken away of the quotient as well.
    log1p: (x) => {
      const sum = l.add(c(1), x)
      const excess = l.sub(sum, c(1))
      const isEnd = l.either(l.eq(excess, c(0)), l.eq(sum, c(Infinity)))
      return l.select(isEnd, x, l.mul(log(sum), l.div(x, excess)))
    },
    // Near 1, what rounding took away counts as it is.
    log1pOfShare: (x) => {
      const sum = l.add(c(1), x)
      return l.add(log(sum), l.sub(x, l.sub(sum, c(1))))
    },
    // `Sigmoid` of runtimes is 0, or not, where it is small; and `Where` takes them several times as long as `Exp`.
    sigmoid: (x, decay) => l.div(exp(l.atMost(x, c(0))), l.add(c(1), decay)),
    expm1: (x) => {
      const power = exp(x)
      const less = l.sub(power, c(1))
      const isEnd = l.either(l.eq(less, c(-1)), l.eq(power, c(Infinity)))
      const middle = l.mul(less, l.div(x, log(power)))
      return l.select(l.eq(less, c(0)), x, l.select(isEnd, less, middle))
    },
    // 1 to any power is 1 in ONNX, and so are powers of −1 that are infinite; in JavaScript they are NaN.
    pow: (a, b) => {
      const isNone = l.both(l.eq(l.abs(a), c(1)), l.not(l.lt(l.abs(b), c(Infinity))))
      return l.select(isNone, c(NaN), op('Pow', a, b))
    },
    rest: (a, b) => valueOf(graph.op('Mod', [tensorOf(a), tensorOf(b)], { fmod: 1 }), precision),
    splitExponent: (x) => {
      const least = 2 ** (1 - bias)
      const isSubnormal = l.lt(x, c(least))
      const normal = l.select(isSubnormal, l.mul(x, c(2 ** width)), x)
      const inRange = l.min(
        l.max(normal, c(least)),
        c(isDouble ? Number.MAX_VALUE : 2 ** 127 * (2 - 2 ** -23)),
      )
      // Rounded it may be the next one, which the mantissa tells.
      const guess = l.floor(l.mul(log(inRange), c(Math.LOG2E)))
      const bounded = l.min(l.max(guess, c(1 - bias)), c(bias - 1))
      const scaled = l.mul(inRange, powerOfTwo(l.neg(bounded)))
      const by = (huge: number, large: number, small: number, rest: number): Value => {
        const below = l.select(l.lt(scaled, c(Math.SQRT1_2)), c(small), c(rest))
        const above = l.select(l.ge(scaled, c(2 * Math.SQRT2)), c(huge), c(large))
        return l.select(l.ge(scaled, c(Math.SQRT2)), above, below)
      }
      const mantissa = l.mul(scaled, by(0.25, 0.5, 2, 1))
      const moved = l.add(bounded, by(2, 1, -1, 0))
      return { mantissa, exponent: l.sub(moved, l.select(isSubnormal, c(width), c(0))) }
    },
    copySign: (size, x) => {
      const isNegative = l.either(l.lt(x, c(0)), l.lt(l.div(c(1), x), c(0)))
      return l.select(isNegative, l.neg(size), size)
    },
    inDouble: (f, args) => cast(inFloat64(f, args), 'float32'),
    conditionInDouble: inFloat64,
  }
}

/** Indices within a table, wherever they were computed of what is no number. */
function within(graph: GraphBuilder, at: string, length: number): string {
  return graph.op('Max', [
    graph.op('Min', [at, graph.constant(length - 1, 'int32')]),
    graph.constant(0, 'int32'),
  ])
}
