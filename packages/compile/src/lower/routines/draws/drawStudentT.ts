import { LARGEST } from '@variate/core/internal'
import { sizeOf } from '../../../graph/node.ts'
import { exp } from '../../../wasm/maths/exp.ts'
import { log } from '../../../wasm/maths/log.ts'
import { exactNormals } from '../../../wasm/random/exactNormal.ts'
import { variable } from '../../../wasm/statement.ts'
import { F64, fresh } from '../../../wasm/value.ts'
import type { Routine } from '../../routines.ts'
import { one as l } from '../linalg/wide.ts'
import { fourByFour, normalsIn } from '../random.ts'
import { eachDraw, parameterAt } from './eachDraw.ts'
import { gamma } from './gamma.ts'
import { keysOf } from './keysOf.ts'
import { storeDraw } from './storeDraw.ts'

/** Draws X/√(G/(ν/2)) from Student's t distribution, as core's: X is normal, G gamma with concentration ν/2. */
export const drawStudentT: Routine = (node, target) => {
  const df = node.inputs.at(-1)!
  const size = sizeOf(node.shape)
  const { set, keys } = keysOf(node, target)
  const logOfGamma = variable(F64)
  const normals = fourByFour(keys[0]!, size, target.address(node), target, (words) =>
    normalsIn(target, exactNormals(words)),
  )
  const quotients = eachDraw(target, keys[1]!, size, (draw) => {
    const half = l.mul(l.constant(0.5), parameterAt(target, df, draw.element))
    const logOfScale = l.mul(l.constant(0.5), l.sub(log(l, half), logOfGamma.get))
    const t = l.mul(fresh(parameterAt(target, node, draw.element)), exp(l, logOfScale))
    const within = l.min(l.max(t, l.constant(-LARGEST)), l.constant(LARGEST))
    return [...gamma(draw, half, logOfGamma, true), storeDraw(node, target, draw.element, within)]
  })
  return [set, normals, quotients].map((statements) => target.define(statements))
}
