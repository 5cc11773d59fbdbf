/** What is asked of standard output and standard error. */
export interface Terminal {
  readonly isTTY?: boolean | undefined
  readonly columns?: number | undefined
  write(text: string): boolean
}

type Environment = Readonly<Record<string, string | undefined>>

/** Whether what was written can be painted over. */
export function canRepaint({ isTTY }: Terminal, env: Environment = process.env): boolean {
  return isTTY === true && env['TERM'] !== 'dumb'
}

/** Colours and bold: on a terminal, unless NO_COLOR (https://no-color.org) is set. */
export function allowsColor(stream: Terminal, env: Environment = process.env): boolean {
  return canRepaint(stream, env) && !env['NO_COLOR']
}

/** Characters in a line: a pipe, and a terminal that does not tell, have 80. */
export function widthOf({ columns }: Terminal): number {
  return columns ? columns : 80
}
