/** The browser's microphone: Opus, mono, about 16 kbit/s. */
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

async function openMicrophone(): Promise<MediaStream> {
  try {
    return await navigator.mediaDevices.getUserMedia({ audio: SOUND });
  } catch (error) {
    const name = error instanceof DOMException ? error.name : "";
    throw new NoMicrophone(name === "NotFoundError" ? "missing" : "refused");
  }
}

class BrowserSession implements RecordingSession {
  private readonly media: MediaRecorder;
  private readonly pieces: ArrayBuffer[] = [];
  private readonly started = performance.now();
  private readonly stopMeter: () => void;
  private readonly limit: ReturnType<typeof setTimeout>;
  private discarded = false;
  private reading: Promise<void> = Promise.resolve();

  constructor(private readonly stream: MediaStream, private readonly mime: string, private readonly events: RecorderEvents) {
    this.media = new MediaRecorder(stream, { mimeType: mime, audioBitsPerSecond: BITS_PER_SECOND });
    this.media.ondataavailable = (event) => this.take(event.data);
    this.media.onstop = () => void this.finish();
    // A call coming in ends the track on many phones; what was said until then is kept.
    for (const track of stream.getTracks()) track.onended = () => this.stop();
    this.stopMeter = meter(stream, events.level);
    this.limit = setTimeout(() => this.stop(), MAX_SECONDS * 1000);
    this.media.start(1000);
  }

  stop(): void {
    if (this.media.state !== "inactive") this.media.stop();
  }

  discard(): void {
    this.discarded = true;
    this.stop();
  }

  private seconds(): number {
    return Math.min(MAX_SECONDS, Math.round((performance.now() - this.started) / 100) / 10);
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
    clearTimeout(this.limit);
    this.stopMeter();
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
