/** Recording a voice. The browser implements it here; an Android shell can bring its own. */

export interface Recording {
  readonly bytes: ArrayBuffer;
  readonly mime: string;
  readonly seconds: number;
}

export interface RecorderEvents {
  /** Loudness from 0 to 1, several times a second. */
  readonly level: (loudness: number) => void;
  /** A piece of sound is ready; pieces in order make the whole file. */
  readonly piece: (bytes: ArrayBuffer, mime: string, seconds: number) => void;
  /** Somebody else has the microphone (a call), or it is free again; nothing is recorded until resume(). */
  readonly held: (busy: boolean) => void;
  /** The recording ended: by stop(), after MAX_SECONDS, or because the phone took the microphone away. */
  readonly ended: (recording: Recording) => void;
}

export interface RecordingSession {
  stop(): void;
  /** Goes on after `held`, in the same sound. */
  resume(): void;
  /** Ends without a result. */
  discard(): void;
}

export interface Recorder {
  /** Rejects with NoMicrophone. */
  start(events: RecorderEvents): Promise<RecordingSession>;
}

export class NoMicrophone extends Error {
  constructor(readonly reason: "refused" | "busy" | "missing") {
    super(reason);
  }
}

export const MAX_SECONDS = 300;

/** About 2 KB a second: a minute of speech in 30 seconds of bad network. */
export const BITS_PER_SECOND = 16_000;
