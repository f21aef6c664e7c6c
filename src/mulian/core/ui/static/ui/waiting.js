// A form is sent when nothing of it is under way: its buttons wait until the last recording and the last photo are there.
const underWay = new WeakMap()

export function waiting(form, who, is) {
  const held = underWay.get(form) || new Set()
  underWay.set(form, held)
  if (is) held.add(who)
  else held.delete(who)
  for (const button of form.querySelectorAll('[type=submit]')) button.disabled = held.size > 0
}
