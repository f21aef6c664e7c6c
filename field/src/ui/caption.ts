/** The words of what a finger rests on, large, above everything: for icons without words and for ears that hear badly. */
const STAYS = 1500;

let box: HTMLElement | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;

export function showCaption(label: string, language: string): void {
  clearTimeout(timer);
  box ??= document.createElement("div");
  box.className = "caption";
  box.lang = language;
  // A screen reader has said it already.
  box.setAttribute("aria-hidden", "true");
  box.replaceChildren(...label.split("\n").map((line) => Object.assign(document.createElement("span"), { textContent: line })));
  document.body.append(box);
}

/** Leaves a moment later, so that it can be read after the finger is gone; at once where the press did something. */
export function hideCaption(atOnce: boolean): void {
  clearTimeout(timer);
  if (atOnce) box?.remove();
  else timer = setTimeout(() => box?.remove(), STAYS);
}
