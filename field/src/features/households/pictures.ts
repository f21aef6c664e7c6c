/** Pictures for the headings counties use; another one gets a plain leaf of paper. */
import type { IconName } from "../../ui/icons";

const PICTURES: readonly (readonly [RegExp, IconName])[] = [
  [/herd|stock|animal|pasture|forage/, "animals"], [/water/, "water"], [/power|energy|electric|fuel/, "power"], [/road|traffic|vehicle/, "road"],
  [/school|educat|train|work|job|employ/, "lesson"], [/health|care|pension|insur|medic/, "injury"], [/hous|home|dwell|living/, "home"],
  [/phone|net|signal|commun/, "phone"], [/safe|risk|hazard/, "urgent"], [/hard|need|help/, "need"], [/people|family|member/, "people"],
];

export const groupIcon = (code: string): IconName => PICTURES.find(([words]) => words.test(code))?.[1] ?? "file";
