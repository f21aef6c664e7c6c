/** Tells everybody who looks at the store, in this page and in others, that something changed. */
export class Bell {
  private readonly listeners = new Set<() => void>();
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
    for (const listener of this.listeners) listener();
  }

  close(): void {
    this.channel?.close();
  }
}
