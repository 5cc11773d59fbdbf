/** A worker that has started. */
export interface Thread<Order> {
  post(order: Order, transfer?: readonly ArrayBufferLike[]): void
  /** Whether it keeps a process alive: it does so at first. */
  hold(isHeld: boolean): void
  end(): unknown
}

/** Who hears what a worker tells, and that it failed. */
export interface Hearer<Report> {
  onReport(report: Report): void
  onError(error: unknown): void
}
