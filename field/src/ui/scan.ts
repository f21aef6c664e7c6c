/** Reads codes from the camera: with the phone's own reader where it has one, else with the library. */

type Read = (video: HTMLVideoElement) => Promise<readonly string[]>;

/** Chrome on Android has it; TypeScript does not know it. */
interface Detector {
  detect(source: HTMLVideoElement): Promise<readonly { readonly rawValue: string }[]>;
}
interface DetectorClass {
  new (options: { formats: readonly string[] }): Detector;
  getSupportedFormats(): Promise<readonly string[]>;
}

const WIDEST = 800;
/** Milliseconds between two looks, so that a cheap phone still paints its screen. */
const PAUSE = 60;

/** Starts the camera on `video` and hands over each text read. Returns the way to stop; throws when there is no camera. */
export async function scan(video: HTMLVideoElement, found: (text: string) => void): Promise<() => void> {
  if (!navigator.mediaDevices?.getUserMedia) throw new Error("no camera here");
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment", width: { ideal: 1280 } } });
  video.srcObject = stream;
  await video.play().catch(() => undefined);
  const read = (await ownReader()) ?? (await library());
  let running = true;
  const look = async (): Promise<void> => {
    if (!running) return;
    const texts = video.videoWidth ? await read(video).catch(() => []) : [];
    if (running) texts.forEach(found);
    setTimeout(() => void look(), PAUSE);
  };
  void look();
  return () => {
    running = false;
    for (const track of stream.getTracks()) track.stop();
  };
}

async function ownReader(): Promise<Read | null> {
  const own = (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector;
  const formats: readonly string[] = (await own?.getSupportedFormats().catch(() => [])) ?? [];
  if (!own || !formats.includes("qr_code")) return null;
  const detector = new own({ formats: ["qr_code"] });
  return async (video) => (await detector.detect(video)).map((code) => code.rawValue);
}

async function library(): Promise<Read> {
  const { default: decodeQR } = await import("qr/decode.js");
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d", { willReadFrequently: true })!;
  return async (video) => {
    const scale = Math.min(1, WIDEST / video.videoWidth);
    canvas.width = Math.round(video.videoWidth * scale);
    canvas.height = Math.round(video.videoHeight * scale);
    pen.drawImage(video, 0, 0, canvas.width, canvas.height);
    const { width, height, data } = pen.getImageData(0, 0, canvas.width, canvas.height);
    return [decodeQR({ width, height, data })];
  };
}
