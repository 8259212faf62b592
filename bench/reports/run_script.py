"""The item explorer of a page: filters, a list, and one item beside its article. Texts are set as text only."""

SCRIPT = r"""
(async () => {
  const $ = id => document.getElementById(id);
  const make = (tag, props = {}, ...children) => {
    const node = Object.assign(document.createElement(tag), props);
    node.append(...children.filter(c => c !== null && c !== ''));
    return node;
  };
  // Base 85, five letters to four bytes, and columns back into rows: bench/reports/packed.py writes them.
  const letters = text => {
    const worth = new Uint8Array(128), out = new Uint8Array(text.length / 5 * 4), view = new DataView(out.buffer);
    [...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%:()*+-;,=.?@^_`{|}~']
      .forEach((c, n) => { worth[c.charCodeAt(0)] = n; });
    for (let i = 0; i < text.length; i += 5) {
      let word = 0;
      for (let k = 0; k < 5; k++) word = word * 85 + worth[text.charCodeAt(i + k)];
      view.setUint32(i / 5 * 4, word);
    }
    return out;
  };
  const rows = columns => {
    const names = Object.keys(columns);
    return (columns[names[0]] || []).map((_, n) => {
      const row = {};
      for (const name of names) if (columns[name][n] !== null) row[name] = columns[name][n];
      return row;
    });
  };
  const read = async () => {
    if ($('items')) return JSON.parse($('items').textContent);
    const bytes = letters($('packed').textContent).subarray(0, Number($('packed').dataset.size));
    const made = await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).json();
    const runs = made.runs.map(run => {
      const all = rows(run.answers);
      let next = 0;
      return {name: run.name, answers: run.times.map(times => all.slice(next, next += times))};
    });
    return {articles: rows(made.articles), items: rows(made.items), runs};
  };
  const data = await read(), runs = data.runs, two = runs.length > 1, PAGE = 200;
  const credit = (run, n) => {
    const found = run.answers[n].map(a => (a.values || {}).correct ?? 1);
    return found.length ? found.reduce((x, y) => x + y, 0) / found.length : 0;
  };
  const worth = data.items.map((_, n) => runs.map(run => credit(run, n)));
  const whys = n => runs.flatMap(run => run.answers[n].map(a => a.why).filter(Boolean));
  const states = n => runs.flatMap(run => run.answers[n].map(a => a.state || 'answered'));
  const tests = {
    verdict: (n, v) => ({right: worth[n].every(w => w === 1), wrong: worth[n].some(w => w < 1),
      better: two && worth[n][1] > worth[n][0], worse: two && worth[n][1] < worth[n][0]})[v],
    type: (n, v) => data.items[n].type === v,
    skill: (n, v) => (data.items[n].skills || []).includes(v),
    status: (n, v) => states(n).includes(v),
    diagnosis: (n, v) => whys(n).includes(v),
    article: (n, v) => String(data.items[n].article) === v,
  };
  const count = pick => {
    const found = new Map();
    data.items.forEach((item, n) => new Set(pick(item, n)).forEach(v => found.set(v, (found.get(v) || 0) + 1)));
    return [...found].sort((a, b) => String(a[0]).localeCompare(String(b[0])));
  };
  const title = n => { const a = data.articles[n]; return a ? a.title || a.id : '–'; };
  const choices = {
    verdict: [...(two ? [['better', 'b better'], ['worse', 'b worse']] : []), ['wrong', 'wrong'], ['right', 'right']],
    type: count(i => [i.type]).map(([v, c]) => [v, `${v} (${c})`]),
    skill: count(i => i.skills || []).map(([v, c]) => [v, `${v} (${c})`]),
    status: count((_, n) => states(n)).map(([v, c]) => [v, `${v} (${c})`]),
    diagnosis: count((_, n) => whys(n)).map(([v, c]) => [v, `${v} (${c})`]),
    article: data.articles.length > 200 ? [] : data.articles.map((a, n) => [String(n), title(n)]),
  };
  const filters = $('filters'), chosen = {};
  for (const [name, options] of Object.entries(choices)) {
    if (options.length < 2) continue;
    const select = make('select', {id: `by-${name}`}, make('option', {value: '', textContent: 'all'}),
      ...options.map(([value, shown]) => make('option', {value, textContent: shown})));
    select.addEventListener('change', () => { chosen[name] = select.value; refresh(); });
    filters.append(make('label', {}, make('span', {textContent: name}), select));
  }
  const words = make('input', {type: 'search', id: 'by-words'});
  words.addEventListener('input', () => refresh());
  filters.append(make('label', {}, make('span', {textContent: 'words'}), words));

  let shown = [], current = -1;
  const list = $('list'), detail = $('detail'), more = $('more'), said = $('said');
  const mark = n => worth[n].map(w => w === 1 ? '✓' : w > 0 ? '◐' : '✗').join(' ');
  const entry = n => {
    const button = make('button', {type: 'button', className: worth[n].every(w => w === 1) ? 'right' : 'wrong'},
      make('span', {className: 'sign', textContent: mark(n)}), make('span', {textContent: data.items[n].question}));
    button.dataset.n = n;
    return make('li', {}, button);
  };
  const grow = () => {
    const from = list.children.length;
    list.append(...shown.slice(from, from + PAGE).map(entry));
    more.hidden = list.children.length >= shown.length;
  };
  function refresh() {
    const wanted = words.value.trim().toLowerCase();
    shown = [];
    data.items.forEach((item, n) => {
      for (const [name, value] of Object.entries(chosen)) if (value && !tests[name](n, value)) return;
      if (wanted && ![item.id, item.question, item.expected, ...runs.flatMap(r => r.answers[n].map(a => a.text || ''))]
        .some(t => t.toLowerCase().includes(wanted))) return;
      shown.push(n);
    });
    list.replaceChildren();
    grow();
    said.textContent = `${shown.length.toLocaleString('en')} of ${data.items.length.toLocaleString('en')} items`;
    if (shown.length) open(shown.includes(current) ? current : shown[0]);
    else { current = -1; detail.replaceChildren(make('p', {className: 'soft', textContent: 'No item fits these filters.'})); }
  }
  more.addEventListener('click', grow);
  list.addEventListener('click', event => {
    const button = event.target.closest('button');
    if (button) { open(Number(button.dataset.n)); history.replaceState(null, '', `#${encodeURIComponent(data.items[current].id)}`); }
  });
  list.addEventListener('keydown', event => {
    const step = {ArrowDown: 1, j: 1, ArrowUp: -1, k: -1}[event.key];
    if (!step) return;
    event.preventDefault();
    const place = shown.indexOf(current) + step;
    if (place < 0 || place >= shown.length) return;
    if (place >= list.children.length) grow();
    open(shown[place]);
    list.children[place].firstChild.focus();
  });

  const marked = (item, n) => {
    const article = data.articles[item.article];
    const own = item.context !== undefined, text = own ? item.context : article ? article.text : '';
    const chars = [...text], at = new Array(chars.length).fill('');
    const paint = (start, end, name) => { for (let i = start; i < end && i < at.length; i++) at[i] += ` ${name}`; };
    if (!own && article) for (const [s, start, end] of article.sentences) if ((item.evidence || []).includes(s)) paint(start, end, 'evidence');
    for (const [start, end] of item.gold || []) paint(start, end, 'gold');
    runs.forEach((run, r) => { for (const a of run.answers[n]) if (a.at) paint(a.at[0], a.at[1], `said${r}`); });
    const box = make('div', {className: 'article'});
    if (article && article.title) box.append(make('h3', {textContent: article.title}));
    let line = make('p');
    for (let i = 0; i < chars.length;) {
      let j = i;
      while (j < chars.length && at[j] === at[i] && chars[j] !== '\n') j++;
      if (j > i) {
        const piece = chars.slice(i, j).join('');
        line.append(at[i] ? make('mark', {className: at[i].trim(), textContent: piece}) : piece);
      }
      if (chars[j] === '\n') { box.append(line); line = make('p'); j++; }
      i = Math.max(j, i + 1);
    }
    box.append(line);
    return box;
  };
  const fact = (name, ...value) => [make('dt', {textContent: name}), make('dd', {}, ...value)];
  const answer = (run, r, n) => {
    const box = make('section', {className: `answer said${r}box`}, make('h3', {textContent: two ? `${'ab'[r]}: ${run.name}` : run.name}));
    run.answers[n].forEach((a, k) => {
      const values = Object.entries(a.values || {}).map(([name, v]) => `${name} ${(100 * v).toFixed(v % 1 ? 1 : 0)}`).join(' · ');
      const rows = make('dl', {});
      if (run.answers[n].length > 1) rows.append(...fact('replicate', String(k)));
      rows.append(...fact('answered', make('bdi', {textContent: a.state && !a.text ? `(${a.state})` : a.text || '(empty)'})));
      rows.append(...fact('scored', values));
      if (a.why) rows.append(...fact('diagnosis', make('strong', {textContent: a.why}), ` ${explained[a.why] || ''}`));
      if (a.error) rows.append(...fact('error', a.error));
      if (a.confidence !== undefined) rows.append(...fact('confidence', String(a.confidence)));
      if (a.finish) rows.append(...fact('finish', a.finish));
      if (a.tokens) rows.append(...fact('tokens in, kept, out', a.tokens.map(t => t ?? '–').join(', ')));
      if (a.null !== undefined) rows.append(...fact('null score', String(a.null)));
      box.append(rows);
      if (a.spans) box.append(make('table', {}, make('thead', {}, make('tr', {}, make('th', {scope: 'col', textContent: 'n-best'}),
        make('th', {scope: 'col', className: 'n', textContent: 'score'}))), make('tbody', {}, ...a.spans.map(([t, s]) =>
        make('tr', {}, make('td', {textContent: t}), make('td', {className: 'n', textContent: s.toFixed(3)}))))));
      if (a.raw) box.append(make('details', {}, make('summary', {textContent: 'raw output'}), make('pre', {textContent: a.raw})));
    });
    return box;
  };
  const explained = JSON.parse($('labels').textContent);
  function open(n) {
    current = n;
    const item = data.items[n];
    const facts = [item.id, item.variant, item.type, item.status, item.reason, ...(item.skills || [])].filter(Boolean).join(' · ');
    const rows = make('dl', {}, ...fact('expected', make('strong', {textContent: item.expected})));
    if (item.also) rows.append(...fact('also right', item.also.join(' | ')));
    if (item.never) rows.append(...fact('never', item.never.join(' | ')));
    detail.replaceChildren(make('div', {className: 'beside'},
      make('div', {}, make('h3', {className: 'question', textContent: item.question}), make('p', {className: 'soft', textContent: facts}), rows,
        ...runs.map((run, r) => answer(run, r, n))),
      marked(item, n)));
    for (const button of list.querySelectorAll('[aria-current]')) button.removeAttribute('aria-current');
    const button = list.querySelector(`[data-n="${n}"]`);
    if (button) button.setAttribute('aria-current', 'true');
  }
  const named = () => {
    const id = decodeURIComponent(location.hash.slice(1));
    return id ? data.items.findIndex(item => item.id === id) : -1;
  };
  const start = named();
  if (start < 0 && data.items.some((_, n) => tests.verdict(n, 'wrong')) && $('by-verdict')) {
    const wanted = two && data.items.some((_, n) => worth[n][0] !== worth[n][1]) ? 'worse' : 'wrong';
    if (data.items.some((_, n) => tests.verdict(n, wanted))) { $('by-verdict').value = wanted; chosen.verdict = wanted; }
  }
  current = start;
  $('explorer').hidden = false;
  refresh();
  window.addEventListener('hashchange', () => { const n = named(); if (n >= 0) open(n); });
})();
"""
