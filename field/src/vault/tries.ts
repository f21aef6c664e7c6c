/**
 * Wrong PINs: each try is counted on the disk before it is made, and after the fifth there is a wait.
 *
 * The wait is served by the time this app runs, not by the clock on the wall, which whoever holds the phone can set:
 * forward it would end the wait, back it would freeze it. `ticks` only ever goes on (performance.now).
 */
import type { Held } from "./held";
import { FREE, MOST, waitAfter } from "./pin";

export class Tries {
  /** When this page last knew what the record says of the wait. */
  private since: number;

  constructor(private readonly held: Held, private readonly ticks: () => number) {
    this.since = ticks();
  }

  get left(): number {
    return MOST - this.held.record.wrong;
  }

  get free(): boolean {
    return this.held.record.wrong < FREE;
  }

  /** Milliseconds of running time until the next PIN may be tried. */
  get wait(): number {
    const { wrong, wait } = this.held.record;
    return Math.max(0, Math.min(waitAfter(wrong), wait) - (this.ticks() - this.since));
  }

  /** Writes down how much of the wait is served, so that a restart goes on from here. */
  async serve(): Promise<void> {
    if (this.held.record.wait > 0) await this.count((record) => ({ ...record, wait: Math.min(record.wait, this.wait) }));
  }

  /** Counts a try; false while there is a wait, and nothing is counted then. */
  async begin(): Promise<boolean> {
    await this.serve();
    if (this.wait > 0) return false;
    await this.count((record) => ({ ...record, wrong: record.wrong + 1, wait: waitAfter(record.wrong + 1) }));
    return true;
  }

  /** A try that never reached the county does not count. */
  forgive(): Promise<void> {
    return this.count((record) => ({ ...record, wrong: Math.max(0, record.wrong - 1), wait: 0 }));
  }

  succeed(): Promise<void> {
    return this.count((record) => ({ ...record, wrong: 0, wait: 0 }));
  }

  private async count(change: Parameters<Held["write"]>[0]): Promise<void> {
    await this.held.write(change);
    this.since = this.ticks();
  }
}
