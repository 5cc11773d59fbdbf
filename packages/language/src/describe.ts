import { formatTable } from '@variate/core'
import type { RandomSite } from './declaration.ts'
import { entryOf } from './entryOf.ts'
import { boundAnyhow, type ProgramOptions } from './graph/graph.ts'
import type { Program } from './program.ts'
import type { SiteReads } from './reads.ts'

/** A table of the sites of a program. */
export function describe(program: Program, options: ProgramOptions = {}): string {
  const { specs, distributions, reads } = boundAnyhow(program, options, 'describe')
  const rows = program.declarations.map((site) => {
    const { name, kind, plates } = site
    const distribution = distributions.get(site as RandomSite)
    const event = entryOf(specs, name)?.shape.slice(plates.length)
    const domain = kind === 'param' ? site.domain.constraint.name : undefined
    return [
      name,
      kind,
      plates.join(', '),
      event ? `[${event}]` : '',
      distribution?.name ?? '',
      distribution?.support.name ?? domain ?? '',
      textOf(reads.of(site)),
    ]
  })
  const header = ['site', 'kind', 'plates', 'shape', 'distribution', 'support', 'reads']
  return formatTable(header, rows, [...header.keys()])
}

function textOf({ now, before }: SiteReads): string {
  return [...now, ...[...before].map((name) => `${name} of the step before`)].join(', ')
}
