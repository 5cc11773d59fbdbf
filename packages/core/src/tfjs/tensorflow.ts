import * as tf from '@tensorflow/tfjs-core'
import { UnsupportedError } from '../errors.ts'
import { otherCopies } from './otherCopies.ts'

/** What tfjs-core keeps where every copy of it sees it. */
interface SharedByCopies {
  readonly _tfGlobals?: ReadonlyMap<string, unknown>
}

/** Each copy that loads registers its flags anew, in the environment that all share: this tells a later copy. */
const registrationAtLoad = flagRegistration()
let isAlone: boolean | undefined

/**
 * TensorFlow.js, once it is sure that only one copy of tfjs-core is loaded. Two copies share an engine but
 * not their classes, and go wrong far from the cause.
 *
 * @throws UnsupportedError if a second copy is loaded, with the versions as far as they are known.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { tensorflow } from '@variate/core/tfjs'
 *
 * const tf = tensorflow()
 * tf.tidy(() => tf.sum(tf.tensor1d([1, 2, 3])).dataSync()[0]) // => 6
 * ```
 */
export function tensorflow(): typeof tf {
  isAlone ??= otherCopies(tf.Tensor).length === 0
  if (!isAlone || firstTensorClass() !== tf.Tensor || flagRegistration() !== registrationAtLoad)
    throw secondCopy()
  return tf
}

/** @throws UnsupportedError if `tensor` was made by another copy of tfjs-core; `instanceof` does not tell. */
export function checkTensor(tensor: tf.Tensor): void {
  tensorflow()
  if (!Object.prototype.isPrototypeOf.call(tf.Tensor.prototype, tensor)) throw secondCopy()
}

function secondCopy(): UnsupportedError {
  const others = otherCopies(tf.Tensor).map(({ version, path }) => `${version} from ${path}`)
  return new UnsupportedError(
    `tensorflow: two copies of @tensorflow/tfjs-core are loaded: ${tf.version_core}, which @variate/core imports, and ` +
      `${others.join(', ') || 'another whose version is not known'}. Find them with \`npm ls @tensorflow/tfjs-core\` ` +
      'and keep one, by `npm dedupe` or "overrides" in package.json.',
  )
}

/** The class of the copy that was loaded first. tfjs-core prefers `window`, where there is one. */
function firstTensorClass(): unknown {
  const scope: object = typeof window === 'undefined' ? globalThis : window
  const { _tfGlobals: shared } = scope as SharedByCopies
  return shared?.get('Tensor') ?? tf.Tensor
}

function flagRegistration(): unknown {
  const { flagRegistry } = tf.env() as unknown as { flagRegistry?: Record<string, unknown> }
  return flagRegistry?.['DEBUG']
}
