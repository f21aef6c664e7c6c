/** What this phone knows of how wrong its clock is. */

/** Minutes a clock may be off before anybody is bothered: a wristwatch is as wrong. */
const CLOCK_BEARABLE = 10;

/** The county's time, where this phone's clock is so far off that somebody should set it; else null. `off`: minutes behind the county. */
export function knownTime(off: number, now: Date): string | null {
  return Math.abs(off) > CLOCK_BEARABLE ? new Date(now.getTime() + off * 60_000).toISOString() : null;
}

/** Whether the clock shows a time the county has already left behind: true whatever it was set to, without any network. */
export function isBehind(lastSync: string | null, now: Date): boolean {
  return lastSync !== null && Date.parse(lastSync) - now.getTime() > CLOCK_BEARABLE * 60_000;
}
