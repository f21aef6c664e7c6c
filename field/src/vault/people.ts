/**
 * Who uses this phone. Each person has a store and keys of their own; this small list only says whose is which, so
 * that somebody who cannot read finds themselves by picture and name before any PIN.
 */
import { openDB, type DBSchema, type IDBPDatabase } from "idb";

export interface Somebody {
  /** The name of their store. */
  readonly store: string;
  /** Their id at the county; null on a phone enrolled before there were several, until the next code. */
  readonly id: string | null;
  readonly name: string;
  /** Which picture stands for them on this phone, counted from 0. */
  readonly picture: number;
}

/** The people of this phone as screens know them. */
export interface PeopleHere {
  all(): Promise<Somebody[]>;
  /** Whose store is used now. */
  readonly here: string;
  /** Closes this person's store and opens another's. */
  turnTo(store: string): Promise<void>;
}

interface Tables extends DBSchema {
  people: { key: string; value: Somebody };
  current: { key: string; value: string };
}

export class People {
  private constructor(private readonly database: IDBPDatabase<Tables>) {}

  static async open(name = "people"): Promise<People> {
    return new People(await openDB<Tables>(name, 1, {
      upgrade(database) {
        database.createObjectStore("people", { keyPath: "store" });
        database.createObjectStore("current");
      },
      blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
    }));
  }

  async all(): Promise<Somebody[]> {
    return (await this.database.getAll("people")).sort((a, b) => a.picture - b.picture);
  }

  /** The store this page shall open: the last chosen person's, or `first` on a phone nobody is enrolled on. */
  async current(first: string): Promise<string> {
    const [chosen, all] = [await this.database.get("current", "store"), await this.all()];
    return all.find((one) => one.store === chosen)?.store ?? all[0]?.store ?? first;
  }

  async choose(store: string): Promise<void> {
    await this.database.put("current", store, "store");
  }

  /**
   * The person a code was made for: known by id; by name only where the id was never told. Others get a store of
   * their own, named by their id.
   */
  async meet(id: string | null, name: string, first: string): Promise<Somebody> {
    const all = await this.all();
    const held = all.find((one) => id !== null && one.id === id) ?? all.find((one) => (one.id === null || id === null) && one.name === name);
    const picture = held?.picture ?? freePicture(all);
    const somebody = { store: held?.store ?? (id ? `mulian-${id}` : first), id: id ?? held?.id ?? null, name, picture };
    await this.database.put("people", somebody);
    return somebody;
  }

  /** Returns whether anybody is left. */
  async remove(store: string): Promise<boolean> {
    await this.database.delete("people", store);
    return (await this.database.count("people")) > 0;
  }

  close(): void {
    this.database.close();
  }
}

function freePicture(all: readonly Somebody[]): number {
  const taken = new Set(all.map((one) => one.picture));
  let picture = 0;
  while (taken.has(picture)) picture++;
  return picture;
}
