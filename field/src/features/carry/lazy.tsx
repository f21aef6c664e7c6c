/** Carrying is rare and its codes weigh 20 KB: they are loaded when somebody opens the screen, from the phone's own copy. */
import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useApp } from "../../ui/context";
import { Failed, Loading, Screen } from "../../ui/parts";
import type { CarryPart } from "../../ui/route";

type Part = ComponentType<{ part: CarryPart }>;

export function CarryScreen({ part }: { part: CarryPart }) {
  const { t } = useApp();
  const [Loaded, setLoaded] = useState<Part | "failed" | null>(null);
  const load = (): void => {
    setLoaded(null);
    import("./screen").then((module) => setLoaded(() => module.CarryParts), () => setLoaded("failed"));
  };
  useEffect(load, []);
  if (Loaded && Loaded !== "failed") return <Loaded part={part} />;
  return <Screen title={t("carry.title")} back>{Loaded === "failed" ? <Failed retry={load} /> : <Loading />}</Screen>;
}
