/** When recorded labels are fetched: after a sync left nothing to send, a few times a day, again when the language changes. */
import type { Language } from "../i18n/translate";
import type { Sender } from "../sync/sender";
import type { KeptPhrases } from "./phrases";

const AGAIN = 6 * 3_600_000;

export function keepPhrases(phrases: KeptPhrases, sender: Sender, language: () => Promise<Language>, now: () => number): void {
  const done = new Map<Language, number>();
  let running = false;
  const look = async (): Promise<void> => {
    if (running || sender.state !== "idle") return;
    running = true;
    try {
      const wanted = await language();
      if (now() - (done.get(wanted) ?? -Infinity) < AGAIN) return;
      if (await phrases.refresh(wanted, () => sender.state === "idle")) done.set(wanted, now());
    } finally {
      running = false;
    }
  };
  sender.onChange(() => void look().catch(() => undefined));
}
