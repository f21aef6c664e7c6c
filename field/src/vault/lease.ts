/**
 * How long the county's share may be kept without contact: 14 days of the phone's own running time.
 *
 * Cheap phones lose their clock with the battery. Time is therefore counted in steps forward: a clock set back adds
 * nothing, and does not lock a family's ledger away in the middle of a week without network.
 */
const DAY = 86_400_000;
export const LEASE_DAYS = 14;

export interface Lease {
  /** Milliseconds used up since the last contact. */
  readonly used: number;
  /** The phone's clock when this was last counted. */
  readonly seen: number;
  /** 0: the share was made here and has never been the county's (a phone from before leases); it does not run out. */
  readonly days: number;
}

export const UNLEASED = (now: number): Lease => ({ used: 0, seen: now, days: 0 });

export const renewed = (now: number, days = LEASE_DAYS): Lease => ({ used: 0, seen: now, days });

export function tick(lease: Lease, now: number): Lease {
  return { ...lease, used: lease.used + Math.max(0, now - lease.seen), seen: now };
}

export const isOver = (lease: Lease): boolean => lease.days > 0 && lease.used > lease.days * DAY;

/** Whole days left, for the screen that warns. */
export const daysLeft = (lease: Lease): number => Math.max(0, Math.ceil(lease.days - lease.used / DAY));
