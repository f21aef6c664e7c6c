/** A phone for tests: real store (fake-indexeddb), real engine, the fake county at the other end. */
import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { sha256 } from "../outbox/digest";
import { stamp, type MediaPart, type StoredCommand } from "../outbox/command";
import { uuid7 } from "../outbox/uuid7";
import { enrol, type Joined } from "../features/enrol/enrol";
import { IndexedStorage } from "../store/indexed";
import { Engine, type Outcome } from "../sync/engine";
import { Transport } from "../sync/transport";
import { Lock } from "../vault/lock";
import { People } from "../vault/people";
import { FakeServer } from "./fake-server";

export const AT = new Date("2026-11-21T09:30:00+08:00");
const never = (): boolean => false;

/** A PIN is meant to be slow to try; what a lock does with it is the same after a thousand rounds (pin.test.ts has the real ones). */
const clocksOf = (time: { now: number; ticks: number }) => ({ now: () => time.now, ticks: () => time.ticks, rounds: async () => 1000 });

export class Phone {
  removed = 0;

  /** `time.now` is the phone's clock, `time.ticks` how long the app has been running; a test moves them. */
  private constructor(
    readonly server: FakeServer, public storage: IndexedStorage, readonly people: People, readonly time: { now: number; ticks: number },
  ) {}

  /** A phone nobody is enrolled on. */
  static async blank(server = new FakeServer()): Promise<Phone> {
    globalThis.indexedDB = new IDBFactory();
    const time = { now: AT.getTime(), ticks: 0 };
    return new Phone(server, await IndexedStorage.open("mulian", clocksOf(time)), await People.open(), time);
  }

  /** A phone that knows its county but not yet its key: what it saves travels open. */
  static async fresh(server = new FakeServer()): Promise<Phone> {
    const phone = await Phone.blank(server);
    await phone.storage.setState({ access: "ok", token: "t1" });
    return phone;
  }

  /** As phones are in the field: enrolled by a code, sealing all it saves. */
  static async enrolled(server = new FakeServer()): Promise<Phone> {
    const phone = await Phone.blank(server);
    await phone.enrol("123456");
    return phone;
  }

  /** Exchanges a code; the page then opens that person's store. */
  async enrol(code: string): Promise<Joined> {
    const joined = await enrol({ transport: this.line, people: this.people, storage: this.storage, now: () => new Date(this.time.now) }, code);
    if ("store" in joined && joined.store !== this.storage.name) await this.switchTo(joined.store);
    return joined;
  }

  async switchTo(store: string): Promise<void> {
    this.storage.close();
    this.storage = await IndexedStorage.open(store, clocksOf(this.time));
  }

  get keypad(): Lock {
    return new Lock(this.storage, this.line, () => this.time.now);
  }

  /** The one line of this phone; asks the server as it answers now. */
  readonly line = new Transport((request) => this.server.fetch(request), "http://127.0.0.1/field/");

  /** The battery dies and the app starts again: only what is on the disk remains. */
  async restart(): Promise<void> {
    this.storage.close();
    this.storage = await IndexedStorage.open(this.storage.name, clocksOf(this.time));
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
    return new Engine(this.storage, this.line, async () => void this.removed++).run(interrupted);
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
