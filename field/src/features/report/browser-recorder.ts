/**
 * The browser's microphone: Opus, mono, about 16 kbit/s.
 *
 * What was said is handed over second by second, and at once when the page goes out of sight: a call, a dark screen or
 * a killed app costs the second being spoken. A call mutes the track on some phones and ends it on others; muted, the
 * recording waits for a press, because what a microphone hears after a call is nobody's report.
 */
import { keepAwake } from "./awake";
import { BITS_PER_SECOND, MAX_SECONDS, NoMicrophone, type Recorder, type RecorderEvents, type RecordingSession } from "./recorder";

const TYPES = ["audio/webm;codecs=opus", "audio/ogg;codecs=opus", "audio/mp4"] as const;
const SOUND = { channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true } as const;

export class BrowserRecorder implements Recorder {
  async start(events: RecorderEvents): Promise<RecordingSession> {
    const mime = TYPES.find((type) => globalThis.MediaRecorder?.isTypeSupported(type));
    if (!mime || !navigator.mediaDevices) throw new NoMicrophone("missing");
    return new BrowserSession(await openMicrophone(), mime, events);
  }
}

const REASONS: Record<string, NoMicrophone["reason"]> = { NotFoundError: "missing", NotReadableError: "busy", AbortError: "busy" };

async function openMicrophone(): Promise<MediaStream> {
  try {
    return await navigator.mediaDevices.getUserMedia({ audio: SOUND });
  } catch (error) {
    const name = error instanceof DOMException ? error.name : "";
    throw new NoMicrophone(REASONS[name] ?? "refused");
  }
}

class BrowserSession implements RecordingSession {
  private readonly media: MediaRecorder;
  private readonly pieces: ArrayBuffer[] = [];
  private readonly leave: (() => void)[];
  /** Seconds recorded before the present stretch, and when that began (null while nothing is recorded). */
  private before = 0;
  private since: number | null = performance.now();
  private discarded = false;
  private reading: Promise<void> = Promise.resolve();

  constructor(private readonly stream: MediaStream, private readonly mime: string, private readonly events: RecorderEvents) {
    this.media = new MediaRecorder(stream, { mimeType: mime, audioBitsPerSecond: BITS_PER_SECOND });
    this.media.ondataavailable = (event) => this.take(event.data);
    this.media.onstop = () => void this.finish();
    const limit = setInterval(() => this.seconds() >= MAX_SECONDS && this.stop(), 250);
    this.leave = [meter(stream, events.level), keepAwake(), () => clearInterval(limit), this.watch()];
    this.media.start(1000);
  }

  stop(): void {
    this.rest();
    if (this.media.state !== "inactive") this.media.stop();
  }

  resume(): void {
    if (this.media.state !== "paused") return;
    this.since = performance.now();
    this.media.resume();
  }

  discard(): void {
    this.discarded = true;
    this.stop();
  }

  /** A call, a dark screen, the end of the page. Returns the way to stop watching. */
  private watch(): () => void {
    for (const track of this.stream.getTracks()) {
      track.onended = () => this.stop();
      track.onmute = () => this.hold();
      track.onunmute = () => this.media.state === "paused" && this.events.held(false);
    }
    const flush = (): void => void (this.media.state === "recording" && this.media.requestData());
    const moments = [[document, "visibilitychange"], [globalThis, "pagehide"], [document, "freeze"]] as const;
    for (const [place, moment] of moments) place.addEventListener(moment, flush);
    return () => moments.forEach(([place, moment]) => place.removeEventListener(moment, flush));
  }

  private hold(): void {
    if (this.media.state !== "recording") return;
    this.rest();
    this.media.requestData();
    this.media.pause();
    this.events.held(true);
  }

  private rest(): void {
    this.before = this.seconds();
    this.since = null;
  }

  private seconds(): number {
    const now = this.since === null ? 0 : (performance.now() - this.since) / 1000;
    return Math.min(MAX_SECONDS, Math.round((this.before + now) * 10) / 10);
  }

  private take(piece: Blob): void {
    this.reading = this.reading.then(async () => {
      if (!piece.size) return;
      const bytes = await piece.arrayBuffer();
      this.pieces.push(bytes);
      if (!this.discarded) this.events.piece(bytes, this.mime, this.seconds());
    });
  }

  private async finish(): Promise<void> {
    const seconds = this.seconds();
    for (const end of this.leave) end();
    for (const track of this.stream.getTracks()) track.stop();
    await this.reading;
    if (this.discarded) return;
    this.events.ended({ bytes: await new Blob(this.pieces).arrayBuffer(), mime: this.mime, seconds });
  }
}

/** Reports the loudness ten times a second until stopped. */
function meter(stream: MediaStream, level: (loudness: number) => void): () => void {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 512;
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
    level(Math.min(1, Math.sqrt(power) * 5));
  }, 100);
  return () => {
    clearInterval(timer);
    void context.close();
  };
}
