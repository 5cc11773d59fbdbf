import type { Listed } from './listed.ts'

interface Declared {
  readonly program: { readonly declarations: readonly { readonly name: string }[] }
}

/** The model with another distribution for a site: all else is as it was declared. */
export function changed({ made, site, instead }: Listed): object {
  const { program } = made.model as Declared
  const declarations = program.declarations.map((own) => (own.name === site ? { ...own, of: instead } : own))
  return { ...made.model, program: { ...program, declarations } }
}
