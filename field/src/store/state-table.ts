/** What the phone knows of itself. The token lies under the person's PIN, the rest open. */
import type { Vault } from "../vault/vault";
import type { Database } from "./schema";
import { FRESH, type PhoneState } from "./storage";

const STRICT = { durability: "strict" } as const;

export class StateTable {
  constructor(private readonly database: Database, private readonly vault: Vault) {}

  /** `token` is there only while the store is open. */
  async read(): Promise<PhoneState> {
    const held = (await this.database.get("state", "phone")) as PhoneState | undefined;
    return { ...FRESH, ...held, token: this.vault.secrets.token };
  }

  async patch({ token, ...open }: Partial<PhoneState>): Promise<void> {
    if (token !== undefined && !this.vault.locked) await this.vault.setSecrets({ token });
    const work = this.database.transaction("state", "readwrite", STRICT);
    const held = (await work.store.get("phone")) as PhoneState | undefined;
    await Promise.all([work.store.put({ ...FRESH, ...held, ...open, token: null }, "phone"), work.done]);
  }
}
