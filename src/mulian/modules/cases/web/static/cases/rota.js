// The rota by keyboard: arrows move from cell to cell, Enter follows the link as always; the cell that was edited keeps the focus.
(() => {
  const table = document.querySelector('[data-rota]')
  if (!table) return
  const rows = [...table.tBodies[0].rows].map((row) => [...row.querySelectorAll('[data-cell]')])
  const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }

  table.addEventListener('keydown', (event) => {
    const step = STEPS[event.key]
    const cell = event.target.closest('[data-cell]')
    if (!step || !cell || event.altKey || event.ctrlKey || event.metaKey) return
    const down = rows.findIndex((row) => row.includes(cell))
    const across = rows[down].indexOf(cell)
    const next = rows[down + step[0]]?.[across + step[1]]
    if (!next) return
    event.preventDefault()
    next.focus()
  })

  const edited = location.hash.startsWith('#cell-') && document.getElementById(location.hash.slice(1))
  if (edited) edited.focus()
})()
