/** The ways to everything a liaison looks up, within reach on the first screen. */
import type { Key } from "../i18n/translate";
import { useApp } from "./context";
import { Icon, type IconName } from "./icons";
import { useLive } from "./live";
import { go } from "./route";

interface Door {
  readonly path: string;
  readonly icon: IconName;
  readonly name: Key;
}

/** Only for whose duty holds any. */
const INSTITUTIONS: Door = { path: "institutions", icon: "institution", name: "institutions.title" };
const DOORS: readonly Door[] = [
  { path: "search", icon: "search", name: "search.title" },
  { path: "cases", icon: "answer", name: "cases.title" },
  { path: "map", icon: "map", name: "map.title" },
  { path: "forms", icon: "file", name: "forms.title" },
  { path: "clips", icon: "lesson", name: "clips.title" },
];

export function Doors() {
  const { t, storage } = useApp();
  const live = useLive(storage, async () => (await storage.things("institution")).length, []);
  const doors = live.state === "ready" && live.data > 0 ? [...DOORS, INSTITUTIONS] : DOORS;
  return (
    <nav class="doors">
      {doors.map(({ path, icon, name }) => <button key={path} class="door" onClick={() => go(path)}><Icon name={icon} size={30} /><span>{t(name)}</span></button>)}
    </nav>
  );
}
