/** The address of a screen is its hash, so that the phone's own back button works and one cached page serves all. */
import { useEffect, useState } from "preact/hooks";
import { afterPicture } from "./after-picture";

export type Route =
  | { readonly screen: "home" | "households" | "institutions" | "cases" | "clips" | "search" | "tasks" | "enrol" | "status" | "pin" }
  | { readonly screen: "carry"; readonly part: CarryPart }
  | { readonly screen: "services"; readonly part: string; readonly id: string }
  | { readonly screen: "forms"; readonly parts: readonly string[] }
  | { readonly screen: "map"; readonly point: string | null }
  | { readonly screen: "case" | "household" | "camp" | "fact" | "lives" | "visit"; readonly id: string }
  | { readonly screen: "paper"; readonly id: string; readonly code: string; readonly member: string }
  | { readonly screen: "task"; readonly id: string; readonly speak: boolean }
  | { readonly screen: "report"; readonly household: string | null; readonly add: string | null; readonly urgent: boolean; readonly draft: string | null; readonly share: string | null; readonly campaign: string | null };

/** `news`: telling the phones whose reports were carried that they arrived. */
export type CarryPart = "choose" | "give" | "take" | "news";

export function readRoute(hash: string): Route {
  const [path = "", query = ""] = hash.replace(/^#\/?/, "").split("?");
  const [screen = "", id = "", third = ""] = path.split("/");
  if (screen.startsWith("enrol")) return { screen: "enrol" };
  if (screen === "households" || screen === "institutions" || screen === "cases" || screen === "clips" || screen === "search" || screen === "tasks" || screen === "status" || screen === "pin") return { screen };
  if (screen === "carry") return { screen, part: id === "give" || id === "take" || id === "news" ? id : "choose" };
  if (screen === "services") return { screen, part: id, id: third };
  if (screen === "forms") return { screen, parts: path.split("/").slice(1) };
  if (screen === "map") return { screen, point: id || null };
  if ((screen === "case" || screen === "household" || screen === "camp" || screen === "fact" || screen === "lives" || screen === "visit") && id) return { screen, id };
  if (screen === "paper" && id) return { screen, id, code: third, member: path.split("/")[3] ?? "" };
  if (screen === "task" && id) return { screen, id, speak: new URLSearchParams(query).has("speak") };
  if (screen === "report") {
    const asked = new URLSearchParams(query);
    return { screen, household: asked.get("household"), add: asked.get("add"), urgent: asked.has("urgent"), draft: asked.get("draft"), share: asked.get("share"), campaign: asked.get("campaign") };
  }
  return { screen: "home" };
}

/** The one-time token of a QR link (#enrol=…), or null. */
export function enrolToken(hash: string): string | null {
  const match = /^#\/?enrol=([\w.~-]+)/.exec(hash);
  return match?.[1] ?? null;
}

export function go(path: string): void {
  location.hash = `#/${path}`;
}

/** Replaces the present screen, so that "back" does not return to it. */
export function replace(path: string): void {
  history.replaceState(null, "", `#/${path}`);
  dispatchEvent(new HashChangeEvent("hashchange"));
}

export function useRoute(): Route {
  const [route, setRoute] = useState(() => readRoute(location.hash));
  useEffect(() => {
    let cancel = (): void => undefined;
    // What was pressed answers the finger first (its pressed look); then the new screen is made.
    const change = (): void => {
      cancel();
      cancel = afterPicture(() => {
        setRoute(readRoute(location.hash));
        // With the new screen, not the old one: asked now, the browser would lay the old one out once more.
        requestAnimationFrame(() => scrollTo(0, 0));
      });
    };
    addEventListener("hashchange", change);
    return () => (cancel(), removeEventListener("hashchange", change));
  }, []);
  return route;
}
