/**
 * Where the county is. In a browser that is where the page came from, and nothing can change it. Inside a shell (the
 * page lies in the app's own files) it is what the enrolment link named, kept from then on.
 */

/** The page's place, where a shell says so, and what outlives a restart; a shell passes its own. */
export interface Surroundings {
  /** The address of the page. */
  readonly page: string;
  /** Whether the page's files lie in an app, not on the county's server. */
  readonly shell: boolean;
  readonly kept: Pick<globalThis.Storage, "getItem" | "setItem">;
}

const KEY = "mulian-server";

/** The address everything is asked of, ending in "/"; null in a shell that has met no county yet. */
export function serverAddress({ page, shell, kept }: Surroundings): string | null {
  const own = new URL("./", page.replace(/[?#].*$/, "")).href;
  if (!shell) return own;
  const named = new URL(page).searchParams.get("server");
  if (named && isCounty(named)) kept.setItem(KEY, new URL("./", named).href);
  return kept.getItem(KEY);
}

/** Capacitor puts this in every page it shows. */
export const inShell = (): boolean =>
  (globalThis as { Capacitor?: { isNativePlatform?: () => boolean } }).Capacitor?.isNativePlatform?.() === true;

/** Only an encrypted line may be named by a link that anybody could have written. */
function isCounty(address: string): boolean {
  return URL.canParse(address) && new URL(address).protocol === "https:";
}
