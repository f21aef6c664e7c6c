/**
 * One run of the sync: commands up, changes down, then sounds up, then answers' sounds down.
 *
 * Every step is safe to lose and to repeat; what was reached is only what the store has committed.
 */
import type { StoredCommand } from "../outbox/command";
import type { PhoneState, Storage } from "../store/storage";
import { fetchAnswers } from "./answers";
import { NoAnswer, Refusal, type Transport } from "./transport";
import { Uploads } from "./uploads";
import { requestBody, type Answer } from "./wire";

export type Outcome = "done" | "not_enrolled" | "unknown_device" | "wiped";

const BATCH = 50;
/** More rounds than any honest backlog needs; the rest waits for the next run. */
const ROUNDS = 400;

export class Engine {
  constructor(
    private readonly storage: Storage,
    private readonly transport: Transport,
    /** Removes what lies outside the store: caches, the service worker. */
    private readonly removeApp: () => Promise<void>,
  ) {}

  /** Throws NoAnswer or Refusal when it could not finish. `interrupted`: something newer waits to be sent. */
  async run(interrupted: () => boolean): Promise<Outcome> {
    const state = await this.storage.state();
    if (!state.token) return "not_enrolled";
    try {
      return await this.all(state.token, interrupted);
    } catch (error) {
      if (!(error instanceof Refusal) || error.status !== 401) throw error;
      await this.storage.setState({ access: "unknown", token: null });
      return "unknown_device";
    }
  }

  private async all(token: string, interrupted: () => boolean): Promise<Outcome> {
    for (let round = 0; round < ROUNDS; round++) {
      if (!(await this.exchange(token))) break;
    }
    const { access, lastSync } = await this.storage.state();
    if (access === "wiping") return this.leave(token, interrupted);
    await new Uploads(this.storage, this.transport, token).run(await this.mediaInOrder(), interrupted);
    await fetchAnswers(this.storage, this.transport, token, interrupted);
    if (lastSync) await this.storage.purge(new Date(lastSync));
    return "done";
  }

  /** One round trip. Returns whether another must follow. */
  private async exchange(token: string): Promise<boolean> {
    const state = await this.storage.state();
    const batch = await this.storage.unsent(BATCH);
    const answer = await this.transport.sync(token, requestBody(state.epoch, state.cursor, batch.map((one) => one.wire)));
    const receipts = answer.receipts.filter((receipt) => batch.some((command) => command.id === receipt.id));
    if (answer.changes.some((change) => change.op === "wipe")) return this.beginWipe(answer, receipts.length, batch);
    const restored = state.epoch !== null && state.epoch !== answer.epoch;
    const fits = await this.storage.absorb({ ...effect(state, answer, restored), receipts });
    if (batch.length && !receipts.length) throw new NoAnswer("no command was answered");
    return restored || !fits || answer.more || (await this.storage.unsent(1)).length > 0;
  }

  /** The device is revoked: the county's data goes at once; unsent reports still go up first. */
  private async beginWipe(answer: Answer, answered: number, batch: readonly StoredCommand[]): Promise<boolean> {
    const state = { access: "wiping" as const, lastSync: answer.now };
    await this.storage.absorb({ receipts: answer.receipts, changes: [], state, resend: false, sweep: false });
    await this.storage.forget();
    if (batch.length && !answered) throw new NoAnswer("no command was answered");
    return (await this.storage.unsent(1)).length > 0;
  }

  private async leave(token: string, interrupted: () => boolean): Promise<Outcome> {
    // What the server refuses now it will never take; a broken line throws, and the rest goes at the next contact.
    await new Uploads(this.storage, this.transport, token).run(await this.mediaInOrder(), interrupted);
    await this.storage.wipe();
    await this.removeApp();
    return "wiped";
  }

  /** Sounds and photos whose command the server knows: urgent first; refused last, for the officer who looks at them. */
  private async mediaInOrder(): Promise<string[]> {
    const [commands, receipts] = await Promise.all([this.storage.commands(), this.storage.receipts()]);
    const refused = (command: StoredCommand): boolean => receipts.get(command.id)?.verdict === "refused";
    const rank = (command: StoredCommand): number => (refused(command) ? 2 : command.urgent ? 0 : 1);
    const sent = commands.filter((command) => receipts.has(command.id)).sort((a, b) => rank(a) - rank(b));
    return [...new Set(sent.flatMap((command) => command.media))];
  }
}

/** What an answer means for the store. After a restore nothing but receipts is taken; the next round pulls afresh. */
function effect(state: PhoneState, answer: Answer, restored: boolean): Omit<Parameters<Storage["absorb"]>[0], "receipts"> {
  const always = { epoch: answer.epoch, lastSync: answer.now, access: "ok" as const };
  if (restored) {
    return { changes: [], state: { ...always, cursor: null, cold: true, round: state.round + 1 }, resend: true, sweep: false };
  }
  return {
    changes: answer.changes, resend: false, sweep: state.cold && !answer.more,
    state: { ...always, cursor: answer.cursor, cold: state.cold && answer.more },
  };
}
