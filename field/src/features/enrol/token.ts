/** What a scanned code must be: the enrolment link of this very county, or six digits. */
import { enrolToken } from "../../ui/route";

/** The one-time token, or null when the code is something else: a payment, another county, a web page. `page`: our own address. */
export function tokenOf(text: string, page: string): string | null {
  if (/^\s*\d{6}\s*$/.test(text)) return text.trim();
  if (!URL.canParse(text)) return null;
  const link = new URL(text);
  const here = new URL(page);
  if (link.origin !== here.origin || folder(link) !== folder(here)) return null;
  return enrolToken(link.hash);
}

const folder = (address: URL): string => address.pathname.replace(/[^/]*$/, "");
