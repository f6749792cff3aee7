const width = 860
const rowHeight = 26
const labelWidth = 420
const top = 46
/** Ratios above this reach the edge. */
const widest = 2

/** The ratios of a run as a chart: a bar each, what the middle half spans, and the target as a line across the bar. */
export function toChart({ node, results }) {
  const rows = results.filter(({ ratio, group }) => ratio !== undefined && group !== 'validators')
  const height = top + rows.length * rowHeight + 16
  const body = rows.map((row, index) => toBar(row, top + index * rowHeight)).join('\n')
  const one = toX(1)
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="system-ui, sans-serif" font-size="12">
<title>Wirepact beside other libraries: ratio of the cost, less is better</title>
<rect width="${width}" height="${height}" fill="#fff"/>
<text x="16" y="22" font-size="14" font-weight="600" fill="#222">Ours : the peer's, Node ${toText(node)}. Left of 1 Wirepact costs less (SQLite: right of 1 it is faster).</text>
<line x1="${one}" x2="${one}" y1="${top - 8}" y2="${height - 8}" stroke="#999" stroke-dasharray="3 3"/>
<text x="${one}" y="${top - 11}" text-anchor="middle" fill="#666">1</text>
${body}
</svg>
`
}

function toBar({ name, ratio, low, high, atMost, atLeast, isMet }, y) {
  const target = atMost ?? atLeast
  const colour = isMet === false ? '#c2571a' : '#2a6f97'
  const middle = y + 9
  return [
    `<text x="${labelWidth - 10}" y="${y + 13}" text-anchor="end" fill="#222">${toText(name)}</text>`,
    `<rect x="${labelWidth}" y="${y + 2}" width="${toX(ratio) - labelWidth}" height="14" fill="${colour}" opacity="0.85"/>`,
    `<line x1="${toX(low)}" x2="${toX(high)}" y1="${middle}" y2="${middle}" stroke="#222"/>`,
    target === undefined
      ? ''
      : `<line x1="${toX(target)}" x2="${toX(target)}" y1="${y - 1}" y2="${y + 19}" stroke="#111" stroke-width="2"/>`,
    `<text x="${toX(Math.max(ratio, high, target ?? 0)) + 6}" y="${y + 13}" fill="#222">${ratio.toFixed(2)}</text>`,
  ].join('')
}

function toX(ratio) {
  return labelWidth + (Math.min(ratio, widest) / widest) * (width - labelWidth - 50)
}

function toText(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
