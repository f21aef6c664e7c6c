/**
 * One run of the sync: commands up, changes down, then sounds up, then answers' sounds down.
 *
 * Every step is safe to lose and to repeat; what was reached is only what the store has committed. With nothing but
 * the push token (a locked phone, the service worker) the same run only sends: no change, cursor or sound comes down.
 */
import { stamp, type Outgoing, type Receipt } from "../outbox/command";
import { standing } from "../outbox/unsent";
import type { PhoneState, Storage } from "../store/storage";
import { fetchAnswers } from "./answers";
import { effect, pushed } from "./effect";
import { NOTHING_CARRIED, type Carried, type CarriedWire } from "./carried";
import { NoAnswer, Refusal, type Transport } from "./transport";
import { Uploads } from "./uploads";
import { requestBody, type Answer } from "./wire";

/** `awaited`: all is done, but what was sent now was only taken in; the county's word about it comes a little later. */
export type Outcome = "done" | "awaited" | "not_enrolled" | "unknown_device" | "wiped";

const BATCH = 50;
/** More rounds than any honest backlog needs; the rest waits for the next run. */
const ROUNDS = 400;

interface Key {
  readonly token: string;
  readonly pushOnly: boolean;
}

/** What goes up in one request: own commands first, then what is carried for others; urgent ones before both. */
interface Batch {
  readonly own: readonly Outgoing[];
  readonly carried: readonly CarriedWire[];
  readonly wires: readonly string[];
}

export class Engine {
  constructor(
    private readonly storage: Storage,
    private readonly transport: Transport,
    /** Removes what lies outside the store: caches, the service worker. */
    private readonly removeApp: () => Promise<void>,
    private readonly carried: Carried = NOTHING_CARRIED,
    private readonly now: () => Date = () => new Date(),
  ) {}

  /** Throws NoAnswer or Refusal when it could not finish. `interrupted`: something newer waits to be sent. */
  async run(interrupted: () => boolean): Promise<Outcome> {
    const key = keyOf(await this.storage.state());
    if (!key) return "not_enrolled";
    try {
      return await this.all(key, interrupted);
    } catch (error) {
      if (!(error instanceof Refusal) || error.status !== 401) throw error;
      // Only the full token's word says that the county no longer knows this phone.
      if (!key.pushOnly) await this.storage.setState({ access: "unknown", token: null });
      return "unknown_device";
    }
  }

  private async all(key: Key, interrupted: () => boolean): Promise<Outcome> {
    const sent = new Set((await this.storage.unsent(BATCH * ROUNDS)).map((command) => command.id));
    await this.exchangeAll(key);
    if ((await this.storage.state()).access === "wiping") return this.leave(key.token, interrupted);
    const told = await this.unsentAfter([]);
    const later = await this.sendMedia(key.token, interrupted);
    // The county was told that something still lies here. When it no longer does, it is told that too.
    if (told > 0 && (await this.unsentAfter([])) === 0) await this.exchangeAll(key);
    if (!key.pushOnly) await fetchAnswers(this.storage, this.transport, key.token, interrupted);
    const { lastSync } = await this.storage.state();
    if (lastSync) await Promise.all([this.storage.purge(new Date(lastSync)), this.carried.purge(new Date(lastSync))]);
    if (later) throw later;
    return !key.pushOnly && (await this.isAwaited(sent)) ? "awaited" : "done";
  }

  /** Whether any of these was received and its end is not known. What an earlier run sent is not asked for again. */
  private async isAwaited(sent: ReadonlySet<string>): Promise<boolean> {
    const receipts = sent.size ? await this.storage.receipts() : new Map<string, Receipt>();
    return [...sent].some((id) => receipts.get(id)?.verdict === "received");
  }

  /**
   * Until all is up and down. The county numbers what it did after it has answered, so what a command made or moved may
   * be missing from the answer that says "applied": then it is asked for once more, and only once.
   */
  private async exchangeAll(key: Key): Promise<void> {
    const owed = new Set<string>();
    for (let round = 0; round < ROUNDS; round++) {
      if (await this.exchange(key, owed)) continue;
      if (!owed.size || key.pushOnly) return;
      owed.clear();
    }
  }

  /** One round trip. Returns whether another must follow. `owed`: things that commands touched and no answer brought yet. */
  private async exchange(key: Key, owed: Set<string>): Promise<boolean> {
    const [state, batch] = [await this.storage.state(), await this.batch()];
    const question = { epoch: state.epoch, cursor: state.cursor, wires: batch.wires, unsent: await this.unsentAfter(batch.own), at: stamp(this.now()) };
    const answer = await this.transport.sync(key.token, requestBody(question));
    const own = answer.receipts.filter((receipt) => batch.own.some((command) => command.id === receipt.id));
    const foreign = answer.receipts.filter((receipt) => batch.carried.some((wire) => wire.id === receipt.id));
    if (foreign.length) await this.carried.settle(foreign);
    for (const receipt of own) if (receipt.verdict === "applied") for (const id of Object.values(receipt.refs)) owed.add(id);
    for (const change of answer.changes) owed.delete(change.id);
    const answered = own.length + foreign.length > 0;
    const more = answer.changes.some((change) => change.op === "wipe") ? await this.beginWipe(answer, own) : await this.absorb(key, state, answer, own);
    if (batch.wires.length && !answered) throw new NoAnswer("no command was answered");
    return more || (await this.batch()).wires.length > 0;
  }

  private async batch(): Promise<Batch> {
    const own = await this.storage.unsent(BATCH);
    const carried = await this.carried.unsent(BATCH - own.length);
    const all = [...own, ...carried].sort((a, b) => Number(b.urgent) - Number(a.urgent));
    return { own, carried, wires: all.map((one) => one.wire) };
  }

  /** How much is still here when these commands, and nothing else, have arrived. */
  private async unsentAfter(batch: readonly Outgoing[]): Promise<number> {
    const going = new Set(batch.filter((command) => !command.media.length).map((command) => command.id));
    return (await standing(this.storage)).waiting.filter(({ command }) => !going.has(command.id)).length;
  }

  /** Returns whether the pull must go on. */
  private async absorb(key: Key, state: PhoneState, answer: Answer, receipts: Answer["receipts"]): Promise<boolean> {
    const restored = state.epoch !== null && state.epoch !== answer.epoch;
    if (restored) await this.carried.resend();
    const what = key.pushOnly && !restored ? pushed(answer) : effect(state, answer, restored);
    const clockOff = Math.round((Date.parse(answer.now) - this.now().getTime()) / 60_000);
    // The pull starts anew after this answer and would never tell how "received" ended, so that is asked for once more.
    const kept = restored ? receipts.filter(({ verdict }) => verdict === "applied" || verdict === "refused") : receipts;
    const fits = await this.storage.absorb({ ...what, state: { ...what.state, clockOff }, receipts: kept });
    return restored || (!key.pushOnly && (!fits || answer.more));
  }

  /** The device is revoked: the county's data goes at once; unsent reports still go up first. */
  private async beginWipe(answer: Answer, receipts: Answer["receipts"]): Promise<boolean> {
    const state = { access: "wiping" as const, lastSync: answer.now };
    await this.storage.absorb({ receipts, changes: [], state, resend: false, sweep: false });
    await this.storage.forget();
    return false;
  }

  private async leave(token: string, interrupted: () => boolean): Promise<Outcome> {
    // What the server refuses now it will never take; a broken line throws, and the rest goes at the next contact.
    await this.sendMedia(token, interrupted);
    await this.storage.wipe();
    await this.removeApp();
    return "wiped";
  }

  /** Own sounds and photos, then those carried for others. Returns a refusal when some must be tried again soon. */
  private async sendMedia(token: string, interrupted: () => boolean): Promise<Refusal | null> {
    const own = await new Uploads(this.storage, this.transport, token).run(await this.mediaInOrder(), interrupted);
    const carried = await new Uploads(this.carried, this.transport, token).run(await this.carried.mediaInOrder(), interrupted);
    return own ?? carried;
  }

  /** Sounds and photos whose command the server knows: urgent first; refused last, for the officer who looks at them. */
  private async mediaInOrder(): Promise<string[]> {
    const [commands, receipts] = await Promise.all([this.storage.outgoing(), this.storage.receipts()]);
    const refused = (command: Outgoing): boolean => receipts.get(command.id)?.verdict === "refused";
    const rank = (command: Outgoing): number => (refused(command) ? 2 : command.urgent ? 0 : 1);
    const due = ({ id, paper }: Outgoing): boolean => (paper ? receipts.get(id)?.verdict === "applied" : receipts.has(id));
    const sent = commands.filter(due).sort((a, b) => rank(a) - rank(b));
    return [...new Set(sent.flatMap((command) => command.media))];
  }
}

function keyOf({ token, pushToken }: PhoneState): Key | null {
  if (token) return { token, pushOnly: false };
  return pushToken ? { token: pushToken, pushOnly: true } : null;
}
