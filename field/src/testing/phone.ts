/** A phone for tests: real store (fake-indexeddb), real engine, the fake county at the other end. */
import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { sha256 } from "../outbox/digest";
import { stamp, type MediaPart, type StoredCommand } from "../outbox/command";
import { uuid7 } from "../outbox/uuid7";
import { IndexedStorage } from "../store/indexed";
import { Engine, type Outcome } from "../sync/engine";
import { Transport } from "../sync/transport";
import { FakeServer } from "./fake-server";

export const AT = new Date("2026-11-21T09:30:00+08:00");
const never = (): boolean => false;

export class Phone {
  removed = 0;

  private constructor(public storage: IndexedStorage, readonly server: FakeServer) {}

  /** A fresh, enrolled phone. */
  static async fresh(server = new FakeServer()): Promise<Phone> {
    globalThis.indexedDB = new IDBFactory();
    const phone = new Phone(await IndexedStorage.open(), server);
    await phone.storage.setState({ access: "ok", token: "t1" });
    return phone;
  }

  /** The battery dies and the app starts again: only what is on the disk remains. */
  async restart(): Promise<void> {
    this.storage.close();
    this.storage = await IndexedStorage.open();
  }

  /** As after a while in a pocket: only the token that may push lies open. */
  async lock(): Promise<void> {
    this.server.pushOnly.add("push");
    await this.storage.setState({ token: null, pushToken: "push" });
  }

  /** A second person's store on the same phone, with a report of theirs in it. */
  async lendTo(other: IndexedStorage): Promise<void> {
    await other.setState(await this.storage.state());
    await other.append({ id: uuid7(AT.getTime()), kind: "cases.report", v: 1, at: stamp(AT), after: [], body: { text: "other" } }, []);
    other.close();
  }

  async unlock(): Promise<void> {
    await this.storage.setState({ token: "t1" });
  }

  sync(interrupted: () => boolean = never): Promise<Outcome> {
    const transport = new Transport(this.server.fetch, "http://127.0.0.1/field/");
    return new Engine(this.storage, transport, async () => void this.removed++).run(interrupted);
  }

  async report(body: Record<string, unknown> = { text: "桥断了" }, media: readonly MediaPart[] = [], after: readonly string[] = []): Promise<StoredCommand> {
    const draft = { id: uuid7(AT.getTime()), kind: "cases.report", v: 1, at: stamp(AT), after, body };
    return this.storage.append(draft, media);
  }
}

/** A sound of `size` bytes, different for each `seed`. */
export async function sound(size: number, seed = 1): Promise<MediaPart> {
  const bytes = Uint8Array.from({ length: size }, (_, index) => (index * 31 + seed * 17) & 0xff).buffer;
  return { sha256: await sha256(bytes), mime: "audio/webm;codecs=opus", seconds: size / 2000, bytes };
}
