// Lets the bars of the year board be dragged, or moved by keyboard, to another day. While a bar is held each day shows what it would cost
// the whole plan, or who or what forbids it. On drop a form is sent, and the page comes back with the change. Without script the form
// with the list of days is on a page of its own.
const weeks = document.querySelector('.year-board-weeks[data-first]');
const form = document.querySelector('#board-move');
const tip = document.querySelector('#board-tip');
const DAY = 86_400_000;
const FAR_ENOUGH = 5;
const svg = (name, attributes) => {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
};

const first = Date.parse(weeks?.dataset.first);
const count = Number(weeks?.dataset.days);
const dayAt = (clientX) => {
  const { left, width } = weeks.getBoundingClientRect();
  return Math.max(0, Math.min(count - 1, Math.floor(((clientX - left) / width) * count)));
};
const isoOf = (index) => new Date(first + index * DAY).toISOString().slice(0, 10);
const indexOf = (iso) => Math.round((Date.parse(iso) - first) / DAY);
const percent = (days) => `${(100 * days) / count}%`;

const asked = new Map();
function pricesOf(meeting) {
  if (!asked.has(meeting)) {
    const answer = fetch(form.dataset.prices + meeting, { headers: { accept: 'application/json' } }).then(
      (response) => {
        if (response.status === 401) location.reload();
        if (!response.ok) throw new Error(response.statusText);
        return response.json();
      },
    );
    answer.catch(() => asked.delete(meeting));
    asked.set(meeting, answer);
  }
  return asked.get(meeting);
}

/** What is being moved, or undefined */
let held;

function hold(link, grabbedAt) {
  const bar = link.querySelector('rect');
  const box = bar.getBBox();
  const from = link.dataset.from ? indexOf(link.dataset.from) : undefined;
  const length = from === undefined ? 1 : indexOf(link.dataset.to) - from + 1;
  held = {
    link,
    meeting: link.dataset.meeting,
    day: from ?? grabbedAt,
    offset: from === undefined || grabbedAt === undefined ? 0 : grabbedAt - from,
    length,
    y: box.y,
    strip: svg('g', { class: 'board-strip' }),
    ghost: svg('rect', { class: 'board-ghost', y: box.y, height: box.height, rx: 4 }),
  };
  weeks.append(held.strip, held.ghost);
  weeks.classList.add('is-held');
  link.classList.add('is-held');
  show();
  const mine = held;
  pricesOf(mine.meeting).then(
    (found) => {
      mine.prices = found;
      mine.length = Math.max(1, found.days);
      if (held === mine) (draw(), show());
    },
    () => {
      mine.failed = true;
      if (held === mine) show();
    },
  );
}

function draw() {
  const { strip, prices, y } = held;
  // what lies below is covered, so that colours are seen as they are
  const days = prices.starts.map((one) => indexOf(one.day));
  if (days.length > 0) {
    const from = Math.min(...days);
    const width = percent(Math.max(...days) + 1 - from);
    strip.append(svg('rect', { class: 'board-strip-ground', x: percent(from), width, y: y + 19, height: 12 }));
  }
  for (const one of prices.starts)
    strip.append(
      svg('rect', {
        class: `is-${one.tone}`,
        x: percent(indexOf(one.day) + (one.half === 'pm' ? 0.5 : 0)),
        width: percent(one.whole ? 1 : 0.5),
        y: y + 20,
        height: 10,
      }),
    );
}

/** The cheaper start of a day, or the one that says why there is none */
function startOn(index) {
  const starts = held.prices?.starts.filter((one) => one.day === isoOf(index)) ?? [];
  return starts.find((one) => one.best) ?? starts[0];
}

const line = (name, words, className) => {
  const element = document.createElement(name);
  element.textContent = words;
  if (className) element.className = className;
  return element;
};

function listOf(items, className = '') {
  const list = document.createElement('ul');
  list.className = className;
  list.append(...items);
  return list;
}

function partLine({ price, dearer, said }) {
  const item = line('li', '', dearer ? 'is-dearer' : 'is-cheaper');
  item.append(line('b', price), line('span', said));
  return item;
}

function show() {
  const { ghost, day, length, prices, failed } = held;
  const start = startOn(day);
  const possible = start?.difference !== undefined;
  ghost.setAttribute('x', percent(day));
  ghost.setAttribute('width', percent(length));
  ghost.classList.toggle('is-no', Boolean(prices) && !possible);
  const parts = [];
  if (failed) parts.push(line('strong', tip.dataset.failed));
  else if (!prices) parts.push(line('strong', tip.dataset.wait));
  else if (!start) parts.push(line('strong', tip.dataset.none));
  else {
    parts.push(line('strong', start.said));
    if (start.parts.length > 0) parts.push(listOf(start.parts.map(partLine), 'board-tip-parts'));
    if (start.reasons.length > 0) parts.push(listOf(start.reasons.map((reason) => line('li', reason))));
    parts.push(...start.changes.map((change) => line('div', change, 'board-tip-change')));
  }
  if (held.byKeyboard) parts.push(line('div', tip.dataset.keys, 'board-tip-keys'));
  tip.replaceChildren(...parts);
  tip.classList.toggle('is-no', Boolean(prices) && !possible);
  tip.hidden = false;
  place();
}

/** Above the bar where there is room, within the window */
function place() {
  const bar = held.ghost.getBoundingClientRect();
  const { width, height } = tip.getBoundingClientRect();
  const left = Math.max(8, Math.min(innerWidth - width - 8, bar.left - 12));
  const above = bar.top - height - 10;
  // set on the element by script, which the content security policy allows; an attribute in the page it would not
  tip.style.left = `${left}px`;
  tip.style.top = `${above > 8 ? above : bar.bottom + 18}px`;
}

function letGo() {
  held.strip.remove();
  held.ghost.remove();
  weeks.classList.remove('is-held');
  held.link.classList.remove('is-held');
  tip.hidden = true;
  held = undefined;
}

/** @returns whether it was moved */
function drop() {
  const start = startOn(held.day);
  if (!start || start.difference === undefined || start.here) return false;
  for (const [name, value] of Object.entries({
    meeting: held.meeting,
    day: start.day,
    half: start.half,
    seen: held.prices.seen,
  }))
    form.elements[name].value = value;
  form.requestSubmit();
  return true;
}

const swallow = (event) => event.preventDefault();

let pressed;
function onDown(event) {
  const link = event.target.closest?.('a[data-meeting]');
  if (!link || event.button !== 0 || held) return;
  pressed = { link, x: event.clientX, day: dayAt(event.clientX), id: event.pointerId };
}
function onMove(event) {
  if (pressed && !held && Math.abs(event.clientX - pressed.x) > FAR_ENOUGH) {
    hold(pressed.link, pressed.day);
    weeks.setPointerCapture(event.pointerId);
  }
  if (!held || held.byKeyboard) return;
  const day = dayAt(event.clientX) - held.offset;
  if (day !== held.day) {
    held.day = Math.max(0, day);
    show();
  } else place();
}
function onUp() {
  const moved = pressed && held && !held.byKeyboard;
  pressed = undefined;
  if (!moved) return;
  // the click that follows would open the meeting
  weeks.addEventListener('click', swallow, { capture: true });
  setTimeout(() => weeks.removeEventListener('click', swallow, { capture: true }), 0);
  drop();
  letGo();
}

function step(by, onlyPossible) {
  const starts = (held.prices?.starts ?? []).filter((one) => !onlyPossible || one.difference !== undefined);
  const days = [...new Set(starts.map((one) => indexOf(one.day)))].sort((a, b) => a - b);
  const next = by > 0 ? days.find((day) => day > held.day) : days.findLast((day) => day < held.day);
  if (next === undefined) return;
  held.day = next;
  show();
  held.ghost.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  place();
}

function onKey(event) {
  if (!held) {
    const link = event.target.closest?.('a[data-meeting]');
    if (!link || event.key.toLowerCase() !== 'm' || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    hold(link);
    held.byKeyboard = true;
    held.day = link.dataset.from ? indexOf(link.dataset.from) : 0;
    show();
    return;
  }
  if (event.key === 'Escape') letGo();
  else if (event.key === 'Enter') (drop(), letGo());
  else if (event.key === 'ArrowRight') step(1, event.shiftKey);
  else if (event.key === 'ArrowLeft') step(-1, event.shiftKey);
  else if (event.key === 'Tab') return letGo();
  else return;
  event.preventDefault();
}

if (weeks && form && tip) {
  weeks.addEventListener('pointerdown', onDown);
  weeks.addEventListener('pointermove', onMove);
  weeks.addEventListener('pointerup', onUp);
  weeks.addEventListener('pointercancel', () => {
    pressed = undefined;
    if (held) letGo();
  });
  weeks.addEventListener('dragstart', (event) => event.preventDefault());
  document.addEventListener('keydown', onKey);
  // asked for while somebody is about to take it, so that prices are there when it is held
  weeks.addEventListener('pointerover', (event) => {
    const link = event.target.closest?.('a[data-meeting]');
    if (link) void pricesOf(link.dataset.meeting).catch(() => undefined);
  });
}
