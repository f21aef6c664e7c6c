/** Whether an answer has the shape of its question, and how expressions read it (domain/answers/fitting.py). */
import { isRecord } from "../../sync/wire";
import type { Kind } from "./definition";
import { isDay, type Plain } from "./values";

const LONGEST_TEXT = 10_000;
/** An integer of XForms is xsd:int. */
const LARGEST_INTEGER = 2 ** 31 - 1;
const MOST_CHOSEN = 200;
const LARGEST = 1e15;

/** Whether a question counts as unanswered. */
export const empty = (answer: unknown): boolean => answer === null || answer === undefined || answer === "" || (Array.isArray(answer) && !answer.length);

const isText = (answer: unknown): boolean => typeof answer === "string" && [...answer].length <= LONGEST_TEXT && !answer.includes("\0");
const isFile = (answer: unknown): boolean => typeof answer === "string" && /^[^/\\\u0000-\u001f]{1,120}$/u.test(answer);
const isDecimal = (answer: unknown): boolean => typeof answer === "number" && Math.abs(answer) <= LARGEST;
const isOneChoice = (answer: unknown): boolean => typeof answer === "string" && [...answer].length <= MOST_CHOSEN;

function areChoices(answer: unknown): boolean {
  return Array.isArray(answer) && answer.every((each) => typeof each === "string") && new Set(answer).size === answer.length && answer.length <= MOST_CHOSEN;
}

function isPoint(answer: unknown): boolean {
  if (!isRecord(answer) || !("lat" in answer && "lon" in answer) || Object.keys(answer).some((key) => !["lat", "lon", "accuracy"].includes(key))) return false;
  const { lat, lon, accuracy } = answer as Record<string, number>;
  return Object.values(answer).every(isDecimal) && Math.abs(lat!) <= 90 && Math.abs(lon!) <= 180 && (accuracy ?? 0) >= 0;
}

const FITS: Partial<Record<Kind, (answer: unknown) => boolean>> = {
  text: isText, integer: (answer) => Number.isInteger(answer) && Math.abs(answer as number) <= LARGEST_INTEGER, decimal: isDecimal,
  date: (answer) => typeof answer === "string" && isDay(answer), time: (answer) => typeof answer === "string" && /^([01]\d|2[0-3]):[0-5]\d$/.test(answer),
  select_one: isOneChoice, select_multiple: areChoices, audio: isFile, image: isFile, geopoint: isPoint, acknowledge: (answer) => answer === true,
};

/** Whether an answer that is not empty has its question's shape; choices are looked up elsewhere. */
export const fits = (kind: Kind, answer: unknown): boolean => FITS[kind]?.(answer) ?? false;

/** The answer as an expression reads it; what is empty or does not fit is an empty text. */
export function read(kind: Kind, answer: unknown): Plain {
  if (empty(answer) || !fits(kind, answer)) return "";
  if (kind === "integer" || kind === "decimal") return answer as number;
  if (kind === "select_multiple") return (answer as string[]).join(" ");
  if (kind === "acknowledge") return "OK";
  if (kind !== "geopoint") return String(answer);
  const { lat, lon, accuracy } = answer as Record<string, number>;
  return `${lat} ${lon} 0 ${accuracy ?? 0}`;
}
