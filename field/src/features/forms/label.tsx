/** The words of a question, with the picture a form gives it; a tap says them (recorded by the county, or the form's own sound). */
import { useEffect, useState } from "preact/hooks";
import { useApp } from "../../ui/context";
import { Icon } from "../../ui/icons";
import type { Node, Words } from "./definition";

export function Label({ node, title, hint, required }: { node: Node; title: string; hint: string; required: boolean }) {
  const { t } = useApp();
  return (
    <>
      <Pictured media={node.media} big />
      <h2 data-say>{title}{required && <span class="must" role="img" aria-label={t("forms.required")}><Icon name="star" size={18} filled /></span>}</h2>
      {hint && <p class="quiet" data-say>{hint}</p>}
    </>
  );
}

/** A picture of the form, from the phone's own copy. */
export function Pictured({ media, big }: { media: Readonly<Record<string, Words>> | undefined; big?: boolean }) {
  const { forms, language } = useApp();
  const names = media?.["image"] ?? media?.["big-image"] ?? {};
  const name = names[language === "bo" ? "bo" : language === "en" ? "en" : "zh"] ?? names["zh"] ?? Object.values(names)[0];
  const [address, setAddress] = useState("");
  useEffect(() => {
    if (!name) return;
    let made = "";
    let gone = false;
    void forms.shown(name).then((blob) => {
      if (blob && !gone) setAddress((made = URL.createObjectURL(blob)));
    });
    return () => ((gone = true), URL.revokeObjectURL(made));
  }, [name]);
  return address ? <img class={big ? "picture" : "choice-picture"} src={address} alt="" /> : null;
}
