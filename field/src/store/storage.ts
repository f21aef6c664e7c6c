/**
 * What the app asks of its store. The browser's IndexedDB implements it (indexed.ts); an Android shell can bring its own.
 *
 * Three things are kept apart on purpose: the outbox (immutable), what became of each command (receipts, uploads),
 * and the county's data (things), which can always be fetched again.
 */
import type { CommandDraft, MediaPart, Outgoing, Receipt, StoredCommand } from "../outbox/command";
import type { Change } from "../sync/wire";

/**
 * How far one sound or photo has come. `complete` is set only by the server's own count of bytes and its digest of them;
 * `refused` says why the county will never take it (too large, of a kind nobody can open).
 */
export interface Upload {
  readonly sha256: string;
  readonly offset: number;
  readonly complete: boolean;
  readonly refused?: { readonly code: string; readonly title: string };
}

/** One record of the county: a household, a case, the liaison's own page. `round` tells which full pull brought it. */
export interface Thing {
  readonly kind: string;
  readonly id: string;
  readonly rev: number;
  readonly round: number;
  readonly data: Readonly<Record<string, unknown>>;
}

export type Access = "none" | "ok" | "unknown" | "wiping";

export interface PhoneState {
  readonly access: Access;
  /** Null while the store is locked: it lies under the person's PIN. */
  readonly token: string | null;
  /** May only send: what a locked phone and the service worker use. Null on a phone enrolled before there was one. */
  readonly pushToken: string | null;
  readonly device: string | null;
  readonly person: { readonly name: string; readonly language: string; readonly id?: string } | null;
  /** What reports are sealed to; null until the county told it. */
  readonly serverKey: { readonly kid: string; readonly public: JsonWebKey } | null;
  /** When this phone was enrolled (ms since 1970, the phone's clock): a PIN may wait for a day. */
  readonly enrolledAt: number | null;
  /** When the lease was last asked for (ms since 1970, the phone's clock). */
  readonly leased: number | null;
  readonly pack: PackInfo | null;
  /** When the guide was last asked for (server's time), for which area, and its ETag. */
  readonly guide: { readonly at: string; readonly area: string; readonly tag: string } | null;
  readonly epoch: string | null;
  readonly cursor: string | null;
  /** Number of the full pull under way or last done. */
  readonly round: number;
  /** True while a full pull is under way: what it does not bring again is gone from the scope. */
  readonly cold: boolean;
  readonly lastSync: string | null;
  /** Minutes this phone's clock is behind the county's (negative: ahead), as of the last contact. */
  readonly clockOff: number;
  readonly language: string | null;
  readonly speaking: boolean;
}

/** What the county gives all its phones alike: from enrolment, then from its guide (sync/guide.ts). */
export interface PackInfo {
  readonly code: string;
  readonly name: unknown;
  readonly hazards: readonly { readonly code: string; readonly name: unknown; readonly icon: string }[];
  readonly places?: readonly KnownPlace[];
  readonly clips?: readonly Clip[];
}

/** A place with a point, WGS84 degrees [lat, lon], and its names beside it. `draft`: no person has confirmed the point. */
export interface KnownPlace {
  readonly code: string;
  readonly level: string;
  readonly at: readonly [number, number];
  readonly draft?: boolean;
}

/** A teaching clip: its title, and its files by language (bo, zh, en). */
export interface Clip {
  readonly code: string;
  readonly title: unknown;
  readonly icon: string;
  readonly files: Readonly<Record<string, { readonly sha256: string; readonly mime: string; readonly size: number }>>;
}

export const FRESH: PhoneState = {
  access: "none", token: null, pushToken: null, device: null, person: null, serverKey: null, enrolledAt: null, leased: null, pack: null, guide: null, epoch: null, cursor: null, round: 1,
  cold: true, lastSync: null, clockOff: 0, language: null, speaking: true,
};

/** What one answer of the server does to the store, all of it or nothing. */
export interface Absorption {
  readonly receipts: readonly Receipt[];
  readonly changes: readonly Change[];
  readonly state: Partial<PhoneState>;
  /** The server was restored: forget all receipts (but those above) and all upload marks, so everything goes up again. */
  readonly resend: boolean;
  /** The last page of a full pull: records it did not bring have left the scope. */
  readonly sweep: boolean;
}

/** A second of a recording under way; with index 0 it begins anew. `seconds`: its length with this piece. */
export interface VoicePiece {
  readonly id: string;
  readonly index: number;
  readonly mime: string;
  readonly seconds: number;
  readonly bytes: ArrayBuffer;
}

/** An unfinished recording, kept second by second, so that a call or a dead battery loses no more than one second. */
export interface VoiceDraft {
  readonly id: string;
  readonly mime: string;
  readonly seconds: number;
  readonly parts: readonly ArrayBuffer[];
}

/** Something another app forwarded, to become a report when somebody confirms it. */
export interface Share {
  readonly id: string;
  readonly text: string;
  /** Sounds and pictures as they came; a picture still has all its camera wrote. */
  readonly files: readonly { readonly mime: string; readonly bytes: ArrayBuffer }[];
}

/** A form half filled in: what was answered so far, written at each answer. `said` is the feature's own (features/forms/draft.ts). */
export interface FormDraft {
  readonly id: string;
  readonly said: Readonly<Record<string, unknown>>;
}

/** A sound or photo that a draft names. */
export interface FormFile {
  readonly draft: string;
  readonly name: string;
  readonly mime: string;
  readonly seconds?: number;
  readonly bytes: ArrayBuffer;
}

/** What enrolling brings. `share`: the county's half of the key (32 bytes), kept for `days` without contact. */
export interface Enrolled extends Pick<PhoneState, "token" | "pushToken" | "device" | "person" | "pack" | "serverKey" | "enrolledAt" | "language"> {
  readonly share: ArrayBuffer | null;
  readonly days: number;
}

/**
 * While `locked` (its person's PIN was not entered) everything that reads rejects with `Locked`; saving, sending,
 * receipts, the count of unsent things and the state's open part go on.
 */
export interface Storage {
  readonly locked: boolean;
  /**
   * Writes command and media in one strict transaction; resolves when the bytes are on the disk, else rejects.
   * `recording` names the unfinished recording, share or form that this command contains; it goes in the same transaction.
   * Of `after` only ids of this outbox stay: the county would wait for any other for ever.
   * What lies in the outbox is sealed to the county, sounds and photos too: the returned command names them as they travel.
   */
  append(draft: CommandDraft, media: readonly MediaPart[], recording?: string): Promise<StoredCommand>;
  commands(): Promise<StoredCommand[]>;
  /** All of the outbox in order of saving, readable or not: a locked phone still counts and sends. */
  outgoing(): Promise<Outgoing[]>;
  receipts(): Promise<Map<string, Receipt>>;
  /** Commands without a receipt, urgent ones first, then in order of saving. */
  unsent(limit: number): Promise<Outgoing[]>;
  /** A sound or photo exactly as it travels (sealed); for eyes and ears there is file(). */
  media(sha256: string): Promise<MediaPart | undefined>;
  uploads(): Promise<Map<string, Upload>>;
  setUpload(upload: Upload): Promise<void>;
  /** Returns false when a patch did not fit and a full pull must follow (the cursor is then already null). */
  absorb(absorption: Absorption): Promise<boolean>;
  things(kind: string): Promise<Thing[]>;
  thing(kind: string, id: string): Promise<Thing | undefined>;
  /** Keeps a sound fetched from the county, playable without network. */
  keepFile(part: MediaPart): Promise<void>;
  /** A sound or photo to be heard or seen, fetched or made here, by the name it travels by. */
  file(sha256: string): Promise<MediaPart | undefined>;
  /** Names of what was fetched. */
  fileNames(): Promise<Set<string>>;
  /** Lets go of fetched files that nothing names any more. */
  dropFiles(names: readonly string[]): Promise<void>;
  /** A code was exchanged for this phone and this person. The outbox stays, with or without the PIN. */
  enrolled(facts: Enrolled): Promise<void>;
  state(): Promise<PhoneState>;
  setState(patch: Partial<PhoneState>): Promise<void>;
  savePiece(piece: VoicePiece): Promise<void>;
  /** Throws an unfinished recording, a share or a form half filled in away. */
  dropDraft(id: string): Promise<void>;
  drafts(): Promise<VoiceDraft[]>;
  saveShare(share: Share): Promise<void>;
  shares(): Promise<Share[]>;
  /** Resolves when the answers are on the disk. */
  saveFormDraft(draft: FormDraft): Promise<void>;
  formDrafts(): Promise<FormDraft[]>;
  saveFormFile(file: FormFile): Promise<void>;
  /** Sounds and photos of one draft. */
  formFiles(draft: string): Promise<FormFile[]>;
  /** Drops what has had its receipt and all its media for 30 days, by the server's clock. */
  purge(serverNow: Date): Promise<void>;
  /** Removes the county's data at once but keeps the outbox. */
  forget(): Promise<void>;
  /** Deletes everything. */
  wipe(): Promise<void>;
  /** Calls back after each change made by any tab. Returns the way to stop. */
  onChange(callback: () => void): () => void;
}
