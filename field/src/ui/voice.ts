/**
 * Labels that speak. A long press on anything with a name says it; with the speaker on, a tap does too.
 *
 * Recorded phrases come first where a pack has them; the phone's own speech helps out for Chinese and English. No phone
 * speaks Tibetan by itself, so Tibetan stays silent until a recording is there.
 */
import type { Language } from "../i18n/translate";

/** Recorded phrases by label; a pack of recordings implements it. */
export interface Phrases {
  /** The address of a recording of exactly this label, or null. */
  find(language: Language, label: string): string | null;
}

export interface Voice {
  say(language: Language, label: string): void;
}

export const NO_PHRASES: Phrases = { find: () => null };

export class BrowserVoice implements Voice {
  constructor(private readonly phrases: Phrases) {}

  say(language: Language, label: string): void {
    const recording = this.phrases.find(language, label);
    if (recording) void new Audio(recording).play().catch(() => undefined);
    else if (language !== "bo" && "speechSynthesis" in globalThis) this.speak(language, label);
  }

  private speak(language: Language, label: string): void {
    const words = new SpeechSynthesisUtterance(label);
    words.lang = language === "en" ? "en" : "zh-CN";
    speechSynthesis.cancel();
    speechSynthesis.speak(words);
  }
}

const LONG = 600;

/** Listens on the whole page. `always` tells whether the speaker is on. Returns the way to stop. */
export function listenForLabels(voice: Voice, language: Language, always: boolean): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let spoken = false;
  const down = (event: Event): void => {
    const label = labelOf(event.target);
    spoken = false;
    clearTimeout(timer);
    if (!label) return;
    if (always) voice.say(language, label);
    timer = setTimeout(() => {
      spoken = !isHeld(event.target);
      if (!always) voice.say(language, label);
    }, LONG);
  };
  const up = (): void => clearTimeout(timer);
  // The click that ends a long press was a question, not an order.
  const click = (event: Event): void => {
    if (spoken && event instanceof MouseEvent && event.detail > 0) event.stopPropagation(), event.preventDefault();
    spoken = false;
  };
  const listeners = [["pointerdown", down], ["pointerup", up], ["pointercancel", up], ["click", click]] as const;
  for (const [name, listener] of listeners) document.addEventListener(name, listener, true);
  return () => {
    for (const [name, listener] of listeners) document.removeEventListener(name, listener, true);
  };
}

const isHeld = (target: EventTarget | null): boolean => target instanceof Element && target.closest("[data-hold]") !== null;

function labelOf(target: EventTarget | null): string | null {
  const named = target instanceof Element ? target.closest("button, a, [data-say], h1, h2, label") : null;
  if (!named) return null;
  return (named.getAttribute("aria-label") ?? named.textContent ?? "").trim() || null;
}
