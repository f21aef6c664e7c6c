/** A season by its picture: the sprout, the sun, the leaf, the flake. */
import type { IconName } from "../../ui/icons";
import type { Season } from "./camping";

export const SEASON_ICONS: Record<Season, IconName> = { spring: "sprout", summer: "sun", autumn: "leaf", winter: "snow" };
