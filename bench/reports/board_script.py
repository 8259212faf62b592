"""The script of a leaderboard's page: sorting, and ranking by a slice. The page is whole without it."""

SCRIPT = """
(() => {
  const table = document.getElementById('board'), body = table.tBodies[0];
  const rows = [...body.rows], first = rows.slice();
  const slices = JSON.parse(document.getElementById('slices').textContent);
  const said = document.getElementById('said'), choice = document.getElementById('slice');
  const cell = (row, key) => row.querySelector(`[data-c="${CSS.escape(key)}"]`);
  const kept = rows.map(row => row.innerHTML);
  const value = (row, key) => {
    if (key === 'model') return row.dataset.name.toLowerCase();
    const found = cell(row, key);
    return found && found.dataset.v !== undefined ? Number(found.dataset.v) : null;
  };
  const heads = [...table.querySelectorAll('th[data-key]')];
  const sort = (key, up) => {
    rows.sort((a, b) => {
      const x = value(a, key), y = value(b, key);
      if (x === null || y === null) return (x === null) - (y === null);
      return (x < y ? -1 : x > y ? 1 : 0) * (up ? 1 : -1) || first.indexOf(a) - first.indexOf(b);
    });
    body.append(...rows);
    for (const head of heads) {
      if (head.dataset.key === key) head.setAttribute('aria-sort', up ? 'ascending' : 'descending');
      else head.removeAttribute('aria-sort');
    }
  };
  for (const head of heads) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = head.textContent;
    head.replaceChildren(button);
    button.addEventListener('click', () => {
      const now = head.getAttribute('aria-sort');
      const up = now ? now === 'descending' : ['rank', 'model'].includes(head.dataset.key);
      sort(head.dataset.key, up);
      said.textContent = `sorted by ${button.textContent}, ${up ? 'lowest' : 'highest'} first`;
    });
  }
  const show = name => {
    rows.forEach(row => { row.innerHTML = kept[first.indexOf(row)]; });
    if (!name) { said.textContent = ''; rows.splice(0, rows.length, ...first); body.append(...rows); return; }
    let items = 0;
    for (const row of rows) {
      const [v, low, high, n] = slices[name][row.dataset.name] || [null, null, null, 0];
      const main = cell(row, 'headline'), range = cell(row, 'interval');
      items = Math.max(items, n);
      if (main) { main.textContent = v === null ? '–' : v.toFixed(1); if (v === null) delete main.dataset.v; else main.dataset.v = v; }
      if (range) range.textContent = low === null ? '–' : `${low.toFixed(1)}–${high.toFixed(1)}`;
      const drawn = row.querySelector('.drawn'), at = p => 6 + p * 1.68;
      drawn.innerHTML = v === null ? '' : `<svg width="180" height="20" viewBox="0 0 180 20" aria-hidden="true"><line class="scale" x1="6" x2="174" y1="10" y2="10"/>${low === null ? '' :
        `<line class="whisker" x1="${at(low)}" x2="${at(high)}" y1="10" y2="10"/>`}<circle class="dot" cx="${at(v)}" cy="10" r="4.5"/></svg>`;
    }
    document.getElementById('scale').textContent = '0 to 100';
    sort('headline', false);
    said.textContent = `${name}: ${items} items; ranks are of the headline`;
  };
  const scale = document.getElementById('scale').textContent;
  choice.addEventListener('change', () => {
    document.getElementById('scale').textContent = scale;
    for (const head of heads) head.removeAttribute('aria-sort');
    show(choice.value);
  });
  document.getElementById('choice').hidden = false;
})();
"""
