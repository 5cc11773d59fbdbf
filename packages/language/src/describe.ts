import { formatTable } from '@variate/core'
import { boundAnyhow, type ProgramOptions } from './graph/graph.ts'
import type { Program } from './program.ts'
import { readsOf } from './reads.ts'

/** A table of the sites of a program. */
export function describe(program: Program, options: ProgramOptions = {}): string {
  const { specs, distributions } = boundAnyhow(program, options, 'describe')
  const rows = program.declarations.map((site) => {
    const { name, kind, plates } = site
    const distribution = [...distributions].find(([other]) => other === site)?.[1]
    const event = specs[name]?.shape.slice(plates.length)
    const domain = kind === 'param' ? site.domain.constraint.name : undefined
    return [
      name,
      kind,
      plates.join(', '),
      event ? `[${event}]` : '',
      distribution?.name ?? '',
      distribution?.support.name ?? domain ?? '',
      [...readsOf(site)].join(', '),
    ]
  })
  const header = ['site', 'kind', 'plates', 'shape', 'distribution', 'support', 'reads']
  return formatTable(header, rows, [...header.keys()])
}
