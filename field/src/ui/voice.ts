/**
 * Labels that speak. A long press on anything with a name says it and shows it large; with the speaker on, a tap does too.
 *
 * Recorded phrases come first where the county has them; the phone's own speech helps out for Chinese and English. No
 * phone speaks Tibetan by itself: there the words are shown until a recording is there.
 */
import type { Language } from "../i18n/translate";
import { afterPicture } from "./after-picture";
import { hideCaption, showCaption } from "./caption";

/** Recorded phrases by label; a pack of recordings implements it. */
export interface Phrases {
  /** The sounds that one after the other say exactly this label, or null. */
  cover(language: Language, label: string): Promise<readonly Blob[] | null>;
}

export interface Voice {
  /** Says each line of the label that can be said, and stops whatever was being said. */
  say(language: Language, label: string): void;
  /** While a microphone listens, the phone holds its tongue. */
  hush(quiet: boolean): void;
}

export const NO_PHRASES: Phrases = { cover: async () => null };

export class BrowserVoice implements Voice {
  private turn = 0;
  private quiet = false;
  private readonly player = new Audio();

  constructor(private readonly phrases: Phrases) {}

  say(language: Language, label: string): void {
    this.stop();
    if (!this.quiet) void this.lines(this.turn, language, label.split("\n")).catch(() => undefined);
  }

  hush(quiet: boolean): void {
    this.quiet = quiet;
    if (quiet) this.stop();
  }

  private stop(): void {
    this.turn++;
    this.player.pause();
    globalThis.speechSynthesis?.cancel();
  }

  private async lines(turn: number, language: Language, lines: readonly string[]): Promise<void> {
    for (const line of lines) {
      const sounds = await this.phrases.cover(language, line);
      for (const sound of sounds ?? []) {
        if (turn === this.turn) await this.play(sound);
      }
      if (!sounds && language !== "bo" && turn === this.turn) await this.speak(language, line);
    }
  }

  private async play(sound: Blob): Promise<void> {
    const address = URL.createObjectURL(sound);
    this.player.src = address;
    const over = new Promise<void>((done) => (this.player.onended = this.player.onpause = this.player.onerror = () => done()));
    await this.player.play().then(() => over, () => undefined);
    URL.revokeObjectURL(address);
  }

  private speak(language: Language, line: string): Promise<void> {
    if (!("speechSynthesis" in globalThis)) return Promise.resolve();
    const words = new SpeechSynthesisUtterance(line);
    words.lang = language === "en" ? "en" : "zh-CN";
    return new Promise((done) => {
      words.onend = words.onerror = () => done();
      speechSynthesis.speak(words);
    });
  }
}

/** Milliseconds. A finger in a glove presses slowly: what is meant as a tap must stay one. */
const LONG = 900;

/** Listens on the whole page. `always` tells whether the speaker is on. Returns the way to stop. */
export function listenForLabels(voice: Voice, language: Language, always: boolean): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let spoken = false;
  let held = false;
  // Finding the sounds of a label takes a slow phone as long as a picture: the picture comes first.
  const say = (label: string): void => void afterPicture(() => voice.say(language, label));
  const down = (event: Event): void => {
    const label = labelOf(event.target);
    spoken = false;
    held = isHeld(event.target);
    clearTimeout(timer);
    if (!label) return;
    if (always && !isPrivate(event.target)) say(label);
    timer = setTimeout(() => {
      spoken = !held;
      showCaption(label, language);
      if (!always || isPrivate(event.target)) say(label);
    }, LONG);
  };
  // What was held did something: the screen it led to is not to be covered (and the button may be gone by now).
  const up = (): void => {
    clearTimeout(timer);
    hideCaption(held);
  };
  // The click that ends a long press was a question, not an order.
  const click = (event: Event): void => {
    if (spoken && event instanceof MouseEvent && event.detail > 0) event.stopPropagation(), event.preventDefault();
    spoken = false;
  };
  // Keys move a focus that can be seen; a finger's does not show and was said by the press already.
  const focus = (event: Event): void => {
    const label = always && !isPrivate(event.target) && event.target instanceof Element && event.target.matches(":focus-visible") ? labelOf(event.target) : null;
    if (label) say(label);
  };
  const listeners = [["pointerdown", down], ["pointerup", up], ["pointercancel", up], ["click", click], ["focusin", focus]] as const;
  for (const [name, listener] of listeners) document.addEventListener(name, listener, true);
  return () => {
    for (const [name, listener] of listeners) document.removeEventListener(name, listener, true);
  };
}

const isHeld = (target: EventTarget | null): boolean => target instanceof Element && target.closest("[data-hold]") !== null;

/** What nobody near should hear (the digits of a PIN) is said only when a finger asks for it by resting there. */
const isPrivate = (target: EventTarget | null): boolean => target instanceof Element && target.closest("[data-private]") !== null;

/** Everything that has words of its own says them; screens need to do nothing for it but use ordinary elements. */
export const SPEAKS = "button, a, [data-say], h1, h2, h3, label, p, li, dt, dd, summary, legend, th, td, figcaption, .digits, text, [role=status], [role=alert]";

/** The words of the thing under a finger: its name, else its texts, one line each; null where there is nothing to say. */
export function labelOf(target: EventTarget | null): string | null {
  const named = target instanceof Element ? target.closest("button, a, [data-say]") ?? target.closest(SPEAKS) : null;
  return named ? named.getAttribute("aria-label") || texts(named).join("\n") || null : null;
}

function texts(element: Element): string[] {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const found: string[] = [];
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent?.trim();
    if (text && !walker.currentNode.parentElement?.closest("[aria-hidden=true]")) found.push(text);
  }
  return found;
}
