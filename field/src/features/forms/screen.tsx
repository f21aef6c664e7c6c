/** Forms, by what stands behind `forms/` in the address: the list, those of one family, a new one, a draft. */
import { BeginScreen } from "./begin";
import { FillScreen } from "./fill";
import { FormsScreen } from "./list";

export function FormsParts({ parts: [part = "", id = "", household = "", one = ""] }: { parts: readonly string[] }) {
  if (part === "fill") return <FillScreen id={id} />;
  if (part === "new") return <BeginScreen code={id} household={household} one={one} />;
  return <FormsScreen household={part === "of" ? id : ""} />;
}
