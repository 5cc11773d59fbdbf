import { ShapeError, split } from '@variate/core'
import { add } from '@variate/core/ops'
import { contextOf, within } from './nested.ts'
import type { AnyNetwork, Network } from './network.ts'
import type { ParamsOf } from './sequential.ts'

/** Of a residual block: the parameters of what is added, and of what it is added to. */
export type ResidualParams<Body extends AnyNetwork, Skip extends AnyNetwork | undefined> = {
  readonly body: ParamsOf<Body>
} & (Skip extends AnyNetwork ? { readonly skip: ParamsOf<Skip> } : unknown)

/**
 * x + body(x), or skip(x) + body(x).
 *
 * @param skip brings x to the shape that the body gives: a dense layer, or a convolution of one pixel.
 * @throws ShapeError for a body that gives another shape than it takes, without a skip, or than the skip gives.
 * @see He, Zhang, Ren and Sun, Deep Residual Learning for Image Recognition (CVPR 2016).
 *
 * @example
 * ```ts
 * import { dense, mlp, residual } from '@variate/language'
 *
 * residual(mlp([4, 16, 4])).output // => [4]
 * residual(mlp([4, 16, 8]), { skip: dense(4, 8) }).output // => [8]
 * residual(mlp([4, 8])) // => throws 'the body takes [4] and gives [8]'
 * ```
 */
export function residual<
  const Body extends AnyNetwork,
  const Skip extends AnyNetwork | undefined = undefined,
>(body: Body, { skip }: { readonly skip?: Skip } = {}): Network<ResidualParams<Body, Skip>> {
  const { input, output } = body
  const around = skip ?? { input, output: input }
  if (String(around.input) !== String(input))
    throw new ShapeError(
      `residual: the body takes [${input}], the skip [${around.input}]: both take what the block does`,
    )
  if (String(around.output) !== String(output)) {
    throw new ShapeError(
      skip
        ? `residual: the body gives [${output}], the skip [${around.output}]: they are added`
        : `residual: the body takes [${input}] and gives [${output}]: give a skip that goes from one to the other`,
    )
  }
  return {
    input,
    output,
    init: (key) => {
      const [ofBody, ofSkip] = split(key, 2)
      return { body: body.init(ofBody!), ...(skip ? { skip: skip.init(ofSkip!) } : {}) } as ResidualParams<
        Body,
        Skip
      >
    },
    apply: (params, x, context) => {
      const own = params as unknown as Readonly<Record<'body' | 'skip', never>>
      const added = within('body', () => body.apply(own.body, x, contextOf(context, 0)))
      return add(skip ? within('skip', () => skip.apply(own.skip, x, contextOf(context, 1))) : x, added)
    },
  }
}
