import type { Tensor } from '@tensorflow/tfjs-core'
import type { Distribution } from '@variate/distributions'
import type { AnyNetwork } from '@variate/language'

/**
 * What the last numbers of a decoder's network mean: the parameters of the distribution of an example. Any other likelihood is an
 * object of this kind.
 */
export interface Decoder<Of extends Distribution = Distribution> {
  readonly name: string
  /** How many numbers the network gives for an example of `count` numbers. */
  width(count: number): number
  /**
   * The distribution of an example.
   *
   * @param numbers [width(count)], any real numbers.
   */
  distribution(numbers: Tensor, count: number): Of
  /** Between which numbers examples lie; any, if not given. */
  readonly range?: readonly [low: number, high: number]
  /** What stands before the encoder's network and makes numbers of an example, without parameters: the numbers as they are, if not given. */
  reads?(count: number): AnyNetwork
}
