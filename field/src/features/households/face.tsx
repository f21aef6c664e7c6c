/** The picture a family chose to be found by: its tent, its door. A tent is drawn where there is none (yet). */
import { useEffect, useState } from "preact/hooks";
import { useApp } from "../../ui/context";
import { Icon } from "../../ui/icons";
import { Picture } from "../../ui/pictures";
import type { MediaPart } from "../../outbox/command";
import type { Thing } from "../../store/storage";

export function Face({ household, big }: { household: Thing; big?: boolean }) {
  const part = usePicture(household.data["picture"]);
  return (
    <span class={big ? "face big" : "face"}>
      {part ? <Picture bytes={part.bytes} mime={part.mime} label="" /> : <Icon name="tent" size={big ? 56 : 30} />}
    </span>
  );
}

/** From what this phone took itself, else from what it fetched. */
function usePicture(name: unknown): MediaPart | undefined {
  const { storage } = useApp();
  const [part, setPart] = useState<MediaPart>();
  useEffect(() => {
    let here = true;
    const look = async (): Promise<void> => {
      const found = typeof name === "string" && name ? ((await storage.file(name)) ?? (await storage.media(name))) : undefined;
      if (here) setPart((held) => (held?.sha256 === found?.sha256 ? held : found));
    };
    void look();
    const stop = storage.onChange(() => void look());
    return () => ((here = false), stop());
  }, [storage, name]);
  return part;
}
