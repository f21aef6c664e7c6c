/** What the county did not accept: the reason in words, and what to do. Nothing of it is lost. */
import { ago } from "../../i18n/time";
import { isKey, type Key } from "../../i18n/translate";
import type { Refused } from "../../outbox/unsent";
import { madeAt } from "../../outbox/uuid7";
import { useApp } from "../../ui/context";
import { Icon } from "../../ui/icons";
import { Button } from "../../ui/parts";
import { go } from "../../ui/route";

/** The reasons a liaison can do something about; for any other the county's own sentence is shown. */
const REASONS: Readonly<Record<string, Key>> = {
  "sync.malformed": "refused.bad", "sync.bad_id": "refused.bad", "sync.bad_body": "refused.bad", "sync.unknown_kind": "refused.bad",
  "sync.sealed": "refused.bad", "sync.failed": "refused.bad", "sync.revoked": "refused.revoked", "sync.after_refused": "refused.after",
  "ocr.still_seen": "papers.still_seen", "files.too_large": "refused.large", "too_large": "refused.large",
};

/** Why, in the language of the screen. */
export function reasonOf({ code, message, what }: Refused): { key: Key } | { text: string } {
  const key = REASONS[code] ?? null;
  if (key && isKey(key)) return { key };
  if (what === "media") return { key: "refused.media" };
  return message ? { text: message } : { key: "refused.bad" };
}

export function RefusedList({ refused }: { refused: readonly Refused[] }) {
  const { t } = useApp();
  if (!refused.length) return null;
  return (
    <section>
      <h2 class="section">{t("refused.title")}</h2>
      <ul class="list">{refused.map((one, index) => <li key={`${one.command.id}/${index}`}><Card refused={one} /></li>)}</ul>
    </section>
  );
}

function Card({ refused }: { refused: Refused }) {
  const { t, language, now } = useApp();
  const reason = reasonOf(refused);
  return (
    <div class="note error">
      <Icon name="cross" />
      <div data-say>
        <b>{"key" in reason ? t(reason.key) : reason.text}</b>
        <p>{t(refused.what === "media" ? "refused.do_media" : "refused.do")}</p>
        <p class="quiet">{ago(language, madeAt(refused.command.id), now())}</p>
        <Button icon="text" label={t("refused.open")} onClick={() => go(`case/${refused.command.id}`)} />
      </div>
    </div>
  );
}
