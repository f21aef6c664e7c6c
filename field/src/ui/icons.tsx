/** One set of icons, drawn for this app on a 24 × 24 grid with a 2-unit round stroke. */

const STROKES = {
  mic: "M12 3a3 3 0 0 1 3 3v6a3 3 0 0 1-6 0V6a3 3 0 0 1 3-3ZM5 11v1a7 7 0 0 0 14 0v-1M12 19v3",
  stop: "M7 7h10v10H7Z",
  play: "M8 5v14l11-7Z",
  pause: "M8 5v14M16 5v14",
  again: "M5 4v5h5M5.5 9A8 8 0 1 1 4 13",
  camera: "M4 8h4l2-3h4l2 3h4v11H4ZM12 10.5a3 3 0 1 1 0 6 3 3 0 0 1 0-6",
  pin: "M12 22s7-7 7-12a7 7 0 0 0-14 0c0 5 7 12 7 12ZM12 8a2 2 0 1 1 0 4 2 2 0 0 1 0-4",
  tent: "M3 20 12 5l9 15ZM12 5V3M9 20l3-6 3 6",
  urgent: "M12 3 2.5 20h19ZM12 9v5M12 17v.1",
  text: "M4 20l4-1L19 8l-3-3L5 16ZM14 7l3 3",
  check: "M4 12.5 10 18 20 6",
  cross: "M6 6l12 12M18 6 6 18",
  back: "M15 5l-7 7 7 7",
  next: "M9 5l7 7-7 7",
  phone: "M7 2h10v20H7ZM11 18.5h2",
  county: "M4 21V9l8-5 8 5v12M2 21h20M9 21v-6h6v6M9 11h.1M15 11h.1",
  institution: "M2 21h20M4 21V11h4V4h8v7h4v10M10 21v-4h4v4M11 8.500h2M11 12.500h2",
  answer: "M4 4h16v12H11l-5 5v-5H4ZM8 8.5h8M8 12h5",
  speaker: "M4 9v6h4l5 4V5L8 9ZM16.5 9a4 4 0 0 1 0 6M19 6.5a8 8 0 0 1 0 11",
  speaker_off: "M4 9v6h4l5 4V5L8 9ZM17 9.5l5 5M22 9.5l-5 5",
  language: "M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18ZM3 12h18M12 3c3 3 4 6 4 9s-1 6-4 9c-3-3-4-6-4-9s1-6 4-9",
  star: "M12 3l2.7 5.8 6.3.8-4.6 4.3 1.2 6.3L12 17.1l-5.6 3.1 1.2-6.3L3 9.6l6.3-.8Z",
  search: "M10.5 4a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13ZM15.5 15.5 21 21",
  people: "M9 5a3 3 0 1 1 0 6 3 3 0 0 1 0-6ZM3 20a6 6 0 0 1 12 0M16 5.5a3 3 0 0 1 0 5.5M17.5 14.5A6 6 0 0 1 21 20",
  send: "M12 20V5M6 11l6-6 6 6",
  offline: "M3 3l18 18M8.5 15.5a5 5 0 0 1 6 -.6M5 12a10 10 0 0 1 4-2.5M13 8.6a10 10 0 0 1 6 3.4M12 19v.1",
  sound: "M4 10v4M8 7v10M12 4v16M16 8v8M20 10v4",
  plus: "M12 5v14M5 12h14",
  minus: "M5 12h14",
  larger: "M7 7l10 10M17 9v8H9",
  target: "M12 5a7 7 0 1 1 0 14 7 7 0 0 1 0-14ZM12 2v4M12 18v4M2 12h4M18 12h4M12 12v.1",
  map: "M3 6l6-3 6 3 6-3v15l-6 3-6-3-6 3ZM9 3v15M15 6v15",
  lesson: "M4 5h16v11H4ZM12 16v4M8 20h8M10.500 8v5l4-2.500Z",
  call: "M6 3h4l1.5 5-2.5 1.5a11 11 0 0 0 5.5 5.5L16 12.500l5 1.5v4a2 2 0 0 1-2 2A16 16 0 0 1 4 5a2 2 0 0 1 2-2Z",
  snow: "M12 2v20M3.500 7l17 10M20.500 7l-17 10M9.500 3.500 12 6l2.500-2.500M9.500 20.500 12 18l2.500 2.500",
  flood: "M4 11l8-7 8 7M6.500 10v3M17.500 10v3M2 16c2-1.500 3.500-1.500 5 0s3.500 1.500 5 0 3.500-1.500 5 0 3.500 1.500 5 0M2 20.500c2-1.500 3.500-1.500 5 0s3.500 1.500 5 0 3.500-1.500 5 0 3.500 1.500 5 0",
  fire: "M12 22a7 7 0 0 1-7-7c0-4 4-5 4-9 0-1.500-.5-3-.5-3 3 .500 6 3.500 6 7 1-.500 1.500-2 1.500-2 2 2 3 4.500 3 7a7 7 0 0 1-7 7ZM12 22a3 3 0 0 1-3-3c0-2 3-4 3-4s3 2 3 4a3 3 0 0 1-3 3",
  injury: "M9.500 3h5v6.500H21v5h-6.500V21h-5v-6.500H3v-5h6.500Z",
  lost: "M10 4a3 3 0 1 1 0 6 3 3 0 0 1 0-6ZM3.500 20a6.500 6.500 0 0 1 10-5.500M16 14.500a2.500 2.500 0 1 1 3.500 2.300c-.800.400-1 1-1 1.700M18.500 21.500v.1",
  home: "M3 12 12 4l9 8M5 10.500V20h14v-9.500M10 20v-5.500h4V20",
  house: "M3 12 12 4l9 8M5 10.500V20h14v-9.500M12 8l-2 4 4 2-2 6",
  dispute: "M7 4a2.500 2.500 0 1 1 0 5 2.500 2.500 0 0 1 0-5ZM17 4a2.500 2.500 0 1 1 0 5 2.500 2.500 0 0 1 0-5ZM2.500 20v-3A4.500 4.500 0 0 1 10 13.700M21.500 20v-3a4.500 4.500 0 0 0-7.500-3.300M12.500 11l-2 4h3l-2 5",
  animals: "M4 5c0 2.500 1 4 3.500 4h9C19 9 20 7.500 20 5M7 9c-1 3-.500 7 1.500 9.500 1 1.500 2 2.500 3.500 2.500s2.500-1 3.500-2.500C17.500 16 18 12 17 9M9.800 12.500v.1M14.200 12.500v.1M11 17.500h2",
  road: "M8 3 3 21M16 3l5 18M12 4v3M12 10.500v3M12 17v4",
  power: "M13 2 5 13.500h6L10 22l9-12h-6.500Z",
  water: "M12 3s6.500 7 6.500 11.500a6.500 6.500 0 0 1-13 0C5.500 10 12 3 12 3ZM9 15a3 3 0 0 0 3 3",
  wind: "M3 9h11a3 3 0 1 0-3-3M3 13h15a3 3 0 1 1-3 3M3 17h7a2.500 2.500 0 1 1-2.500 2.500",
  wolf: "M4 3l4 5h8l4-5v9l-4 6-4 3-4-3-4-6ZM9 12.500v.1M15 12.500v.1M11 17h2",
  collapse: "M2 21h20M5 21v-8l4-3 1 5 3-3 2 4 4-1v5M8 6l2-2M14 3l1.500 3M19 7l-2 2",
  lost_herd: "M3 8c0 2 1 3 2.500 3h7C14 11 15 10 15 8M5 11c-.500 3 0 5.500 1.500 7.500 1.500 2 3.500 2 5 0 1.500-2 2-4.500 1.500-7.500M17.500 5a2.500 2.500 0 1 1 3.500 2.300c-.800.400-1 1-1 1.700M20 12v.1",
  slide: "M2 20 10 5l4 6M2 20h20M14 11l8 9M15 6.500a1.500 1.500 0 1 1 3 0 1.500 1.500 0 0 1-3 0M9 16.500a1.500 1.500 0 1 1 3 0 1.500 1.500 0 0 1-3 0M18.500 11.500a1.500 1.500 0 1 1 3 0 1.500 1.500 0 0 1-3 0",
  illness: "M10 4a2 2 0 0 1 4 0v9.500a4.500 4.500 0 1 1-4 0ZM12 8v9M17 6h3M17 10h3",
  lock: "M6 11h12v10H6ZM8.500 11V8a3.500 3.500 0 0 1 7 0v3M12 15v2.500",
  clock: "M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18ZM12 7v5l3.500 2.500",
  carry: "M3 4h7v16H3ZM14 4h7v16h-7ZM6.500 12h11M14.500 9l3 3-3 3",
  codes: "M4 4h6v6H4ZM14 4h6v6h-6ZM4 14h6v6H4ZM14 14h2v2h-2ZM18 18h2v2h-2ZM18 14h2M14 18h2",
  file: "M6 3h8l4 4v14H6ZM14 3v4h4",
  need: "M12 20C6 15.500 3.500 12.500 3.500 9A4.300 4.300 0 0 1 12 7.500 4.300 4.300 0 0 1 20.500 9c0 3.500-2.500 6.500-8.500 11Z",
  sun: "M12 8a4 4 0 1 1 0 8 4 4 0 0 1 0-8ZM12 2v2.500M12 19.500V22M2 12h2.500M19.500 12H22M5 5l1.700 1.700M17.300 17.300 19 19M19 5l-1.700 1.700M6.700 17.300 5 19",
  sprout: "M12 21v-9M12 12C12 8 9 6 4 6c0 4 3 6 8 6ZM12 14c0-3 2.500-5.500 8-5.500 0 3.500-3 5.500-8 5.500Z",
  leaf: "M5 20C5 10 10 4 20 4c0 10-5 15-13 14M5 20l8-8",
  quake: "M2 13h4l2-6 4 12 3-9 2 3h5",
} as const;

export type IconName = keyof typeof STROKES;

/** Packs name hazards in their own words; these are the ones we meet under another name. */
const ALIASES: Record<string, IconName> = {
  lost_person: "lost", person: "lost", missing: "lost", herd: "lost_herd", building: "house", disease: "animals", animal: "animals",
  epidemic: "illness", sick: "illness", electricity: "power", live_wire: "power", wire: "power", lightning: "power",
  landslide: "slide", mudslide: "slide", earthquake: "quake", wildlife: "wolf", bear: "wolf", storm: "wind", gale: "wind",
  accident: "road", traffic: "road", blizzard: "snow", drought: "water", danger: "urgent",
};

/** The icon of a hazard; the warning triangle where the pack has one we do not draw. */
export function hazardIcon(name: string): IconName {
  const plain = name.replaceAll("-", "_");
  return plain in STROKES ? (plain as IconName) : ALIASES[plain] ?? "urgent";
}

export function Icon({ name, size = 28, filled = false }: { name: IconName; size?: number; filled?: boolean }) {
  return (
    <svg class={filled ? "icon filled" : "icon"} viewBox="0 0 24 24" width={size} height={size} aria-hidden="true" focusable="false">
      <path d={STROKES[name]} />
    </svg>
  );
}
