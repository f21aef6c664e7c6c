/**
 * How long the county's share may be kept without contact: 14 days of the phone's own clock.
 *
 * Cheap phones lose their clock with the battery. Time is therefore counted in steps forward: a clock set back adds
 * nothing, and neither does setting it right again, for that time was counted before. A single step of two months is
 * rather a wrong clock than a phone in a drawer: it is not believed before somebody says so, lest a year typed wrong
 * lock a family's ledger away in the middle of a week without network.
 */
const DAY = 86_400_000;
export const LEASE_DAYS = 14;
const BELIEVED = 60 * DAY;

export interface Lease {
  /** Milliseconds used up since the last contact. */
  readonly used: number;
  /** The phone's clock when this was last counted. */
  readonly seen: number;
  /** The latest the clock has been since the last contact; missing in records of before it was kept. */
  readonly high?: number;
  /** 0: the share was made here and has never been the county's (a phone from before leases); it does not run out. */
  readonly days: number;
}

export const UNLEASED = (now: number): Lease => ({ used: 0, seen: now, high: now, days: 0 });

export const renewed = (now: number, days = LEASE_DAYS): Lease => ({ used: 0, seen: now, high: now, days });

const latest = ({ seen, high = seen }: Lease): number => Math.max(seen, high);

/** Whether the clock went on so far at once that it is more likely wrong. */
export const isDoubtful = (lease: Lease, now: number): boolean => lease.days > 0 && now - latest(lease) > BELIEVED;

/** Milliseconds that passed: beyond its latest the clock counts from there; behind it, a leap is only its way back. */
function passed(lease: Lease, now: number): number {
  const high = latest(lease);
  if (now > high) return now - high;
  const step = Math.max(0, now - lease.seen);
  return step > BELIEVED ? 0 : step;
}

/** Counts on to `now`; a doubtful step only when it is `believed`. */
export function tick(lease: Lease, now: number, believed = false): Lease {
  if (!believed && isDoubtful(lease, now)) return lease;
  return { ...lease, used: lease.used + passed(lease, now), seen: now, high: Math.max(latest(lease), now) };
}

export const isOver = (lease: Lease): boolean => lease.days > 0 && lease.used > lease.days * DAY;

/** Whole days left, for the screen that warns. */
export const daysLeft = (lease: Lease): number => Math.max(0, Math.ceil(lease.days - lease.used / DAY));
