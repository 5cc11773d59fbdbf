import { compile } from '@variate/compile'
import type { NdArray } from '@variate/core'
import type { ParamTree } from '@variate/families'
import { entryOf } from '@variate/language/internal'
import type { ClimbParams } from './climbState.ts'
import type { Setting } from './problemOf.ts'

/** The parameters and networks of a model in their domains, those that were given as well. */
export function paramsOf({ model, theta }: Setting, params: ClimbParams): Readonly<Record<string, unknown>> {
  const names = model.program.declarations.flatMap(({ kind, name }) =>
    kind === 'param' || kind === 'network' ? [name] : [],
  )
  if (names.length === 0) return {}
  const free =
    Object.keys(params.model).length === 0
      ? {}
      : (compile((own: ParamTree) => theta.values(own), { precision: 'float64' })(
          params.model as never,
        ) as unknown as Readonly<Record<string, NdArray>>)
  return Object.fromEntries(names.map((name) => [name, entryOf(free, name) ?? model.values[name]]))
}
