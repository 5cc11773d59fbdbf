import { spawn, type ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** A Python process that answers JSON requests, one a line, as long as it is open. */
export class PythonProcess {
  readonly #process: ChildProcess
  readonly #answers: AsyncIterator<string>
  readonly #who: string

  /** @param who what an error of the script is said to come from. */
  constructor(
    python: string,
    [script, ...args]: readonly [string, ...string[]],
    { who, env = {} }: { readonly who: string; readonly env?: Readonly<Record<string, string>> },
  ) {
    const path = fileURLToPath(new URL(`../../peer/${script}`, import.meta.url))
    this.#process = spawn(python, [path, ...args], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, ...env },
    })
    this.#answers = createInterface({ input: this.#process.stdout! })[Symbol.asyncIterator]()
    this.#who = who
  }

  async ask(operation: string, request: object): Promise<unknown> {
    this.#process.stdin!.write(`${JSON.stringify({ operation, ...request })}\n`)
    const { value, done } = await this.#answers.next()
    if (done) throw new Error(`the Python process ended during "${operation}"`)
    const answer = JSON.parse(value) as { error?: string }
    if (answer.error !== undefined) throw new Error(`${this.#who}, "${operation}": ${answer.error}`)
    return answer
  }

  close(): void {
    this.#process.stdin!.end()
  }
}
