/** The ways to everything a liaison looks up, within reach on the first screen. */
import type { Key } from "../i18n/translate";
import { useApp } from "./context";
import { Icon, type IconName } from "./icons";
import { go } from "./route";

const DOORS: readonly { readonly path: string; readonly icon: IconName; readonly name: Key }[] = [
  { path: "search", icon: "search", name: "search.title" },
  { path: "cases", icon: "answer", name: "cases.title" },
  { path: "map", icon: "map", name: "map.title" },
  { path: "forms", icon: "file", name: "forms.title" },
  { path: "clips", icon: "lesson", name: "clips.title" },
];

export function Doors() {
  const { t } = useApp();
  return (
    <nav class="doors">
      {DOORS.map(({ path, icon, name }) => <button key={path} class="door" onClick={() => go(path)}><Icon name={icon} size={30} /><span>{t(name)}</span></button>)}
    </nav>
  );
}
