/**
 * Tells everybody who looks at the store, in this page and in others, that something changed: the first change at once,
 * what follows within a moment together. A sync changes the store dozens of times, and every screen reads it anew.
 */
const MOMENT = 150;

export class Bell {
  private readonly listeners = new Set<() => void>();
  private resting: ReturnType<typeof setTimeout> | undefined;
  private again = false;
  private readonly channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("mulian-store");

  constructor() {
    if (this.channel) this.channel.onmessage = () => this.tell();
  }

  on(callback: () => void): () => void {
    this.listeners.add(callback);
    return () => this.listeners.delete(callback);
  }

  /** Here and in other pages. */
  ring(): void {
    this.channel?.postMessage("changed");
    this.tell();
  }

  /** Here only. */
  tell(): void {
    this.again = this.resting !== undefined;
    if (this.again) return;
    this.resting = setTimeout(() => {
      this.resting = undefined;
      if (this.again) this.tell();
    }, MOMENT);
    for (const listener of this.listeners) listener();
  }

  close(): void {
    clearTimeout(this.resting);
    this.channel?.close();
  }
}
