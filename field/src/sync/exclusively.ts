/** The one sender of a phone: a Web Lock shared by all tabs and the service worker. */
import type { Exclusively } from "./sender";

/** Phones without Web Locks have one tab's worth of safety; the server knows duplicates anyway. */
export const exclusively: Exclusively = (work) =>
  navigator.locks ? navigator.locks.request("mulian-outbox", work) as ReturnType<typeof work> : work();
