/** The picture a family chose to be found by: its tent, its door. A tent is drawn where there is none (yet). */
import type { Thing } from "../../store/storage";
import { useContent } from "../../ui/content";
import { Icon } from "../../ui/icons";
import { Picture } from "../../ui/pictures";

export function Face({ household, big }: { household: Thing; big?: boolean }) {
  const { picture } = household.data;
  const part = useContent(typeof picture === "string" && picture ? picture : null);
  return (
    <span class={big ? "face big" : "face"}>
      {part ? <Picture bytes={part.bytes} mime={part.mime} label="" /> : <Icon name="tent" size={big ? 56 : 30} />}
    </span>
  );
}
