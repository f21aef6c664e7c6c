/** The field for looking things up: one line, a loupe, the keyboard's own "search". */
import { Icon } from "../../ui/icons";

export function SearchField({ label, query, change }: { label: string; query: string; change: (query: string) => void }) {
  return (
    <label class="field search">
      <Icon name="search" />
      <input type="search" enterkeyhint="search" value={query} aria-label={label} placeholder={label} onInput={(event) => change(event.currentTarget.value)} />
    </label>
  );
}
